#include "node/office/verify_command.h"

#include <fmt/format.h>

#include <boost/json/object.hpp>

#include "node/blobs/blob_check.h"
#include "node/cli/call.h"
#include "node/db/health.h"
#include "node/office/office_data.h"
#include "node/office/store_check.h"

namespace fieldnode::office {
namespace {

boost::json::object head_view(engine::ListHead const& head) {
  return {{"epoch", std::to_string(head.list.epoch.value)}, {"seq", head.seq}, {"hash", to_hex(head.hash)}};
}

boost::json::object view_of(CheckedStore const& checked, blobs::CheckedBlobs const& files,
                            OfficeIdentity const& identity) {
  return {{"ok", true},
          {"unit", {{"code", identity.unit_code}, {"name", identity.unit_name}}},
          {"journal", head_view(checked.journal)},
          {"feed", head_view(checked.feed)},
          {"covered", checked.covered},
          {"settled", checked.settled},
          {"assignments", checked.assignments},
          {"receipts", checked.receipts},
          {"attachments", {{"named", files.named}, {"here", files.here}, {"checked", files.checked}}},
          {"digest", to_hex(checked.digest)}};
}

std::string text_of(CheckedStore const& checked, blobs::CheckedBlobs const& files) {
  return fmt::format(
      "journal      {} acts, {} delivered, {} settled\n"
      "feed         {} entries\n"
      "assignments  {}, as a replay makes them\n"
      "receipts     {}, each signed by the city\n"
      "attachments  {} of {} are here, {} files read\n"
      "digest       {}\n"
      "all is as it should be\n",
      checked.journal.seq, checked.covered, checked.settled, checked.feed.seq, checked.assignments, checked.receipts,
      files.here, files.named, files.checked, to_hex(checked.digest));
}

Result<void> run(cli::Call const& call) {
  SystemRandom random;
  auto office = read_office(DataDir{call.text("--dir")}, random);
  if (!office) return office.error();
  auto const suite = crypto::ed25519_suite();
  auto const checked =
      check_store(office->connection, *office->vault, office->identity, *suite, rules::built_in_rule_book());
  if (!checked) return checked.error();
  blobs::BlobFiles const files{*office->vault, random, DataDir{call.text("--dir")}.attachments()};
  auto const depth = call.has("--deep") ? blobs::Depth::kWhole : blobs::Depth::kEnds;
  auto const attachments = blobs::check_blobs(office->connection, files, depth);
  if (!attachments) return attachments.error();
  // Last: what the lists prove is told by its place, and this finds what no list stands behind.
  if (auto const whole = db::require_whole(office->connection); !whole) return whole.error();
  call.answer(view_of(*checked, *attachments, office->identity), text_of(*checked, *attachments));
  return {};
}

}  // namespace

cli::Command verify_command() {
  return {
      .name = "verify",
      .summary = "prove chains, receipts, lists and attachments",
      .options = {cli::data_directory("the node's data directory"),
                  {.name = "--deep", .text = "read every attachment whole, not only its ends"}},
      .run = run,
  };
}

}  // namespace fieldnode::office
