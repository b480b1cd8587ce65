#include "node/web/failures.h"

#include <algorithm>
#include <array>

namespace fieldnode::web {
namespace {

constexpr auto kFailures = std::to_array<std::string_view>({
    // this machine
    "broken_world",
    "storage_failed",
    "storage_damaged",
    "migration_failed",
    "writer_busy",
    "writer_stopped",
    "control_failed",
    // the way to the other end
    "unreachable",
    "timeout",
    "connection_lost",
    "tls_failed",
    "wrong_ca",
    "wrong_host",
    "certificate_dates",
    "http_error",
    "redirected",
    "bad_content_type",
    "too_large",
    "cancelled",
    // what the other end says to an exchange
    "busy",
    "centre_cannot_save",
    "malformed_message",
    "newer_protocol",
    "reply_not_ours",
    "feed_broken",
    "feed_epoch_changed",
    "journal_fork",
    "journal_superseded",
    "journal_return_broken",
    "journal_changed",
    "report_awaited",
    "report_unproven",
    "report_conflicts",
    "state_differs",
    "journal_gap",
    "unknown_epoch",
    "unknown_node",
    "node_revoked",
    "node_serves",
    "aside_full",
    "node_refused",
    "not_confirmed",
    "certificate_expired",
    "city_key_broken",
    "no_city_root",
    "no_certificate",
    "no_progress",
    // a stick
    "bundle_interrupted",
    "stick_not_written",
    "stick_unreadable",
    // what `verify` finds
    "chain_broken",
    "projection_differs",
    "receipt_wrong",
    "receipt_differs",
    "evidence_faulty",
});

}  // namespace

bool is_failure(Refusal const& refusal) {
  return std::ranges::find(kFailures, std::string_view(refusal.code)) != kFailures.end();
}

}  // namespace fieldnode::web
