#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "node/db/connection.h"
#include "sync/engine/journal.h"
#include "sync/wire/exchange.h"

namespace fieldnode::office {

/// How far an act has come. Shape: in the order of its way, but for the last.
enum class Delivery : std::uint8_t {
  kSaved = 1,      ///< on this machine's disk
  kDelivered = 2,  ///< held and judged by the centre; its word has not come yet
  kSettled = 3,    ///< the feed is held up to where the centre's word would stand: none came, or it is held
  kAside = 4       ///< of a revoked node: kept by the centre, without effect
};

/// Which receipt first covered an act.
struct Coverage {
  Delivery delivery{Delivery::kSaved};
  std::string receipt_number;  ///< empty while saved only
};

/// The receipts of one journal epoch, in the caller's transaction.
class Receipts {
 public:
  Receipts(db::Connection& connection, Epoch journal_epoch) : connection_(connection), journal_epoch_(journal_epoch) {}

  [[nodiscard]] std::optional<wire::Receipt> greatest();
  [[nodiscard]] std::vector<wire::Receipt> all();
  /// Keeps a verified receipt and its marks. One that brings the first mark of acts stands in place of those that
  /// covered them without a time: it proves more. One that is not greater than the greatest held and brings no mark is
  /// kept only where no other signs the feed so far: of each feed there is one that proves all that is held of it, for
  /// a centre that loses it.
  void keep(wire::Receipt const& receipt);
  /// `feed_held`: the gapless feed as held now.
  [[nodiscard]] Coverage coverage(std::uint64_t act_seq, Position feed_held);
  /// The receipt that first covered the act, and the first that says when the act came, if that is another one.
  [[nodiscard]] std::vector<wire::Receipt> proving(std::uint64_t act_seq);
  /// Acts up to this seq have a mark.
  [[nodiscard]] std::uint64_t marked_seq();
  /// Acts up to this seq are covered by a receipt.
  [[nodiscard]] std::uint64_t covered_seq();
  /// Acts up to this seq are settled.
  [[nodiscard]] std::uint64_t settled_seq(Position feed_held);

 private:
  void keep_as_proof(wire::Receipt const& receipt);
  void drop_proofs_within(wire::Receipt const& receipt);
  void drop(std::uint64_t number);
  void add(wire::Receipt const& receipt, bool covers);
  void add_mark(wire::Mark const& mark);
  /// Of acts after `marked`: those that say no time.
  void drop_timeless(std::uint64_t marked);

  db::Connection& connection_;
  Epoch journal_epoch_;
};

/// Those held of all journals, the oldest first.
[[nodiscard]] std::vector<wire::Receipt> all_receipts(db::Connection& connection);

}  // namespace fieldnode::office
