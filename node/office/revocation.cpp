#include "node/office/revocation.h"

namespace fieldnode::office {
namespace {

wire::Receipt require_receipt(BytesView bytes) {
  auto receipt = wire::unpack_receipt(bytes);
  if (!receipt) throw BrokenWorld("a receipt held does not unpack: " + receipt.error().sentence);
  return *std::move(receipt);
}

}  // namespace

std::optional<UtcTime> Revocation::told_at() {
  return connection_.prepare("SELECT told_at FROM revocation WHERE id = 1").maybe<UtcTime>();
}

void Revocation::note(UtcTime told_at) {
  connection_.prepare("INSERT INTO revocation (id, told_at) VALUES (1, :at) ON CONFLICT DO NOTHING")
      .bind(":at", told_at)
      .run();
}

void Revocation::keep(wire::Receipt const& receipt) {
  connection_
      .prepare(
          "INSERT INTO aside_receipt (journal_epoch, journal_seq, bytes) VALUES (:epoch, :seq, :bytes)"
          " ON CONFLICT DO NOTHING")
      .bind(":epoch", receipt.journal_epoch)
      .bind(":seq", receipt.journal_seq)
      .bind(":bytes", wire::pack_receipt(receipt))
      .run();
}

std::uint64_t Revocation::handed_over(Epoch journal) {
  return connection_.prepare("SELECT max(journal_seq) FROM aside_receipt WHERE journal_epoch = :epoch")
      .bind(":epoch", journal)
      .one<std::optional<std::uint64_t>>()
      .value_or(0);
}

std::optional<wire::Receipt> Revocation::receipt_over(Position act) {
  auto const bytes = connection_
                         .prepare(
                             "SELECT bytes FROM aside_receipt WHERE journal_epoch = :epoch AND journal_seq >= :seq"
                             " ORDER BY journal_seq LIMIT 1")
                         .bind(":epoch", act.epoch)
                         .bind(":seq", act.seq)
                         .maybe<Bytes>();
  if (!bytes) return std::nullopt;
  return require_receipt(*bytes);
}

std::vector<wire::Receipt> Revocation::receipts() {
  std::vector<wire::Receipt> receipts;
  auto rows = connection_.prepare("SELECT bytes FROM aside_receipt");
  for (db::Row const row : rows) receipts.push_back(require_receipt(row.get<BytesView>(0)));
  return receipts;
}

}  // namespace fieldnode::office
