#include "node/office/handover.h"

#include <algorithm>

#include "node/office/revocation.h"

namespace fieldnode::office {
namespace {

/// Of one delivery: a line that breaks costs no more.
constexpr std::size_t kDeliveryMostBytes = 64 * 1024;
constexpr int kLevel = 9;

Refusal nothing_left() {
  return refuse("node_revoked",
                "This node was revoked or replaced: it gets nothing more, and what it did is only set aside. Ask the "
                "centre.");
}

}  // namespace

Handover::Handover(World const& world) : world_(world) {
  auto const lease = world_.readers.lease();
  is_revoked_ = Revocation(*lease).told_at().has_value();
}

Result<bool> Handover::hear(Refusal const& failure) {
  if (failure.code != "node_revoked") return false;
  auto const told_at = world_.time.stamp().evidence.estimate;
  auto const noted = world_.writer.run([&](db::Connection& connection) { Revocation(connection).note(told_at); });
  if (!noted) return noted.error();
  is_revoked_ = true;
  return true;
}

Result<engine::ExchangeOutcome> Handover::once(engine::ExchangeOptions const& options) {
  if (!options.carries_acts) return nothing_left();
  std::lock_guard const lock(mutex_);
  engine::AsideDelivery const delivery{world_.store, world_.identity, world_.suite};
  auto const held = world_.store.snapshot();
  auto const after = first_left(held);
  if (after >= held.journal.seq) return nothing_left();
  auto const request =
      engine::offer_acts(delivery, world_.random, after, std::min(options.act_budget_bytes, kDeliveryMostBytes));
  auto const bytes = wire::encode_request(request, options.compression_level > 0 ? options.compression_level : kLevel);
  Bytes reply;
  auto const carried = world_.transport.exchange(bytes, std::chrono::seconds(0), [&](BytesView piece) -> Result<void> {
    reply.insert(reply.end(), piece.begin(), piece.end());
    return {};
  });
  if (!carried) {
    // The centre was restored from a backup since: it takes all again, and keeps what it lacks.
    if (carried.error().code == "journal_gap") centre_has_ = 0;
    return carried.error();
  }
  auto const receipt = engine::read_aside_receipt(delivery, request, reply);
  if (!receipt) return receipt.error();
  if (auto const kept = keep(*receipt); !kept) return kept.error();
  centre_has_ = receipt->journal_seq;
  return engine::ExchangeOutcome{.acts_sent = request.acts.size(),
                                 .request_bytes = bytes.size(),
                                 .reply_bytes = reply.size(),
                                 .more = receipt->journal_seq < held.journal.seq,
                                 .delivered_all = receipt->journal_seq >= held.journal.seq};
}

/// Behind what the centre has, delivered in service or aside.
std::uint64_t Handover::first_left(engine::JournalSnapshot const& held) {
  if (centre_has_) return *centre_has_;
  auto const delivered = held.greatest ? held.greatest->journal_seq : 0;
  auto const lease = world_.readers.lease();
  return std::max(delivered, Revocation(*lease).handed_over(held.journal.list.epoch));
}

Result<void> Handover::keep(wire::Receipt const& receipt) {
  return world_.writer.run([&](db::Connection& connection) { Revocation(connection).keep(receipt); });
}

}  // namespace fieldnode::office
