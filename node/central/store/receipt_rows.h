#pragma once

#include <optional>
#include <string>
#include <vector>

#include "node/db/connection.h"
#include "sync/base/ids.h"
#include "sync/engine/exchange_server.h"
#include "sync/wire/exchange.h"

namespace fieldnode::central {

/// Tables `receipt` and `mark`: what the centre signed for a unit's nodes, and when it first held their acts. In the
/// caller's transaction.
class ReceiptRows {
 public:
  ReceiptRows(db::Connection& connection, UnitId unit) : connection_(connection), unit_(unit) {}

  /// Keeps the times under the receipt's anchor; the whole receipt when it is the first that covers some act.
  void keep(wire::Receipt const& receipt);
  /// Keeps the times alone.
  void keep_times(wire::Receipt const& receipt);
  /// Nothing where that time was taken back.
  [[nodiscard]] std::optional<UtcTime> sent_at(NodeId node, std::uint64_t anchor);
  /// Receipts are kept unsigned as long as their key can sign them at any time. Before its secret goes, it signs all.
  void sign_all(engine::CityKey const& city);
  /// Those kept whole, in the order of what they cover.
  [[nodiscard]] std::vector<wire::Receipt> covering(NodeId node);

  /// Of those, for each act of `seqs` the first that covers it, each receipt once. Holds no others in memory.
  [[nodiscard]] std::vector<wire::Receipt> first_covering(NodeId node, std::vector<std::uint64_t> seqs);

  void add_mark(Epoch journal, wire::Mark const& mark);
  /// Acts up to this one have a mark.
  [[nodiscard]] std::uint64_t marked_seq(Epoch journal);
  [[nodiscard]] std::vector<wire::Mark> marks_after(Epoch journal, std::uint64_t seq, std::size_t most);

 private:
  void insert(wire::Receipt const& receipt, std::optional<Bytes> const& bytes);

  db::Connection& connection_;
  UnitId unit_;
};

}  // namespace fieldnode::central
