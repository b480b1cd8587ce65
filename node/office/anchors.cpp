#include "node/office/anchors.h"

namespace fieldnode::office {
namespace {

/// An act is stamped a moment before it is written; an hour is far more than that moment can last.
constexpr Milliseconds kMayBeNamed = std::chrono::hours(1);

}  // namespace

void Anchors::keep(wire::Receipt const& receipt, engine::TimeState const* time) {
  if (!receipt.sent_at) return;
  connection_
      .prepare("DELETE FROM anchor WHERE named = 0 AND sent_at < :before AND id <> :anchor AND id <> :floor_anchor")
      .bind(":before", *receipt.sent_at - kMayBeNamed)
      .bind(":anchor", time != nullptr && time->anchor ? time->anchor->id : 0)
      .bind(":floor_anchor", time != nullptr ? time->floor_anchor : 0)
      .run();
  connection_
      .prepare(
          "INSERT INTO anchor (id, sent_at, named, bytes) VALUES (:id, :sent_at, 0, :bytes) ON CONFLICT DO NOTHING")
      .bind(":id", wire::anchor_id(receipt))
      .bind(":sent_at", *receipt.sent_at)
      .bind(":bytes", wire::pack_receipt(receipt))
      .run();
}

void Anchors::name(std::uint64_t anchor) {
  connection_.prepare("UPDATE anchor SET named = 1 WHERE id = :id AND named = 0").bind(":id", anchor).run();
}

std::optional<UtcTime> Anchors::sent_at(std::uint64_t anchor) {
  return connection_.prepare("SELECT sent_at FROM anchor WHERE id = :id").bind(":id", anchor).maybe<UtcTime>();
}

std::optional<wire::Receipt> Anchors::receipt(std::uint64_t anchor) {
  auto const bytes = connection_.prepare("SELECT bytes FROM anchor WHERE id = :id").bind(":id", anchor).maybe<Bytes>();
  if (!bytes) return std::nullopt;
  auto receipt = wire::unpack_receipt(*bytes);
  if (!receipt) throw BrokenWorld("an anchor's receipt does not unpack: " + receipt.error().sentence);
  return *std::move(receipt);
}

}  // namespace fieldnode::office
