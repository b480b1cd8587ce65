#include "node/central/store/signed_head_rows.h"

#include <algorithm>

namespace fieldnode::central {

void SignedHeadRows::keep(wire::SignedHead const& head) {
  connection_
      .prepare(
          "INSERT INTO signed_head (unit, journal_epoch, seq, suite, signature)"
          " VALUES (:unit, :epoch, :seq, :suite, :signature)"
          " ON CONFLICT DO UPDATE SET seq = excluded.seq, suite = excluded.suite, signature = excluded.signature")
      .bind(":unit", head.list.unit)
      .bind(":epoch", head.list.epoch)
      .bind(":seq", head.seq)
      .bind(":suite", static_cast<std::uint8_t>(head.suite))
      .bind(":signature", BytesView(head.signature))
      .run();
}

std::optional<wire::SignedHead> SignedHeadRows::find(wire::ListName const& journal) {
  auto select = connection_.prepare(
      "SELECT signed_head.seq, suite, signature, entry.hash FROM signed_head"
      " JOIN list ON list.unit = signed_head.unit AND list.kind = 1 AND list.epoch = signed_head.journal_epoch"
      " JOIN entry ON entry.list = list.id AND entry.seq = signed_head.seq"
      " WHERE signed_head.unit = :unit AND signed_head.journal_epoch = :epoch");
  auto const row = select.bind(":unit", journal.unit).bind(":epoch", journal.epoch).next();
  if (!row) return std::nullopt;
  wire::SignedHead head{static_cast<wire::SuiteId>(row->get<std::uint8_t>(1)),
                        journal,
                        row->get<std::uint64_t>(0),
                        row->get<Hash>(3),
                        {}};
  auto const signature = row->get<BytesView>(2);
  if (signature.size() != head.signature.size()) throw BrokenWorld("a node's kept signature has another length");
  std::copy(signature.begin(), signature.end(), head.signature.begin());
  return head;
}

}  // namespace fieldnode::central
