#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sync/base/result.h"
#include "sync/engine/clock_watch.h"
#include "sync/wire/chain.h"
#include "sync/wire/exchange.h"

namespace fieldnode::engine {

/// The end of a list: its last entry and the chain there.
using ListHead = wire::ChainState;

/// Which keys of the city a node believes, and whether it has the city's word on its own. `keys` empty: the one of its
/// enrolment alone.
struct CityBelief {
  wire::CityKeyRing keys;
  bool has_word{true};
};

/// What the exchange must know of a node's store, from one reading.
struct JournalSnapshot {
  ListHead journal;
  ListHead feed;                          ///< gapless; epoch 0 before the first contact
  std::optional<wire::Receipt> greatest;  ///< the greatest receipt held for this journal and feed epoch
  std::uint64_t marked_seq{};             ///< acts up to this one have a proof time; the rest may come with any receipt
  CityBelief city{};
  std::vector<std::uint64_t> previewed;  ///< feed entries held ahead of `feed`, rising
};

/// A feed entry that a reply brought and that continued the chain.
struct FeedArrival {
  std::uint64_t seq{};
  Hash leaf{};
  Hash hash{};
  rules::Skeleton skeleton;
  wire::EncodedEntry entry;
};

/// A feed entry that a reply brought ahead of the gapless feed; its place in the chain is proven when the feed has
/// come to it.
struct PreviewArrival {
  std::uint64_t seq{};
  Hash leaf{};
  rules::Skeleton skeleton;
  wire::EncodedEntry entry;
};

/// A run of a list that is not live any more, verified. `end`: as far as it counts.
struct ReturnedRun {
  wire::ListName list{};
  std::uint64_t end{};
  std::vector<FeedArrival> entries;
};

/// All journals of the unit before the live one, in their order, and what a further journal would need of chance.
struct ReturnedJournals {
  std::vector<ReturnedRun> runs;
  Epoch next_epoch{};
  wire::SaltKeys next_keys{};
};

/// The verified content of one reply.
struct SettledExchange {
  wire::Receipt receipt;
  wire::ListName feed{};
  std::vector<FeedArrival> feed_entries;  ///< without bytes where the entry is held by preview
  std::vector<PreviewArrival> previews;
  /// What the receipt's times are bound to; nothing where it came in a file: then nobody knows how long it was on the
  /// way, and only the floor may rise.
  std::optional<RoundTrip> round_trip;
  std::optional<wire::IdentityNews> identity{};  ///< new keys, the city's word on this node, a certificate
  std::vector<ReturnedRun> earlier_feeds{};      ///< before `feed`, in order
  std::optional<ReturnedJournals> journals{};
};

class NodeEpochs;
class StateBook;

/// The node's store as the exchange sees it. Implementations: the office's SQLite store.
class Journal {
 public:
  virtual ~Journal() = default;

  [[nodiscard]] virtual NodeEpochs& epochs() = 0;
  [[nodiscard]] virtual StateBook& states() = 0;

  [[nodiscard]] virtual JournalSnapshot snapshot() = 0;
  /// Acts after `seq`, oldest first, at least one if there is any, then as many as fit `budget_bytes`.
  [[nodiscard]] virtual std::vector<wire::EncodedEntry> acts_after(std::uint64_t seq, std::size_t budget_bytes) = 0;
  /// The chain's hash after act `seq` of the live journal epoch; nothing if it is not there.
  [[nodiscard]] virtual std::optional<Hash> hash_at(std::uint64_t seq) = 0;
  /// A feed entry that is held, ahead of the gapless feed too, without its bytes and its place in the chain.
  [[nodiscard]] virtual std::optional<FeedArrival> feed_entry(Position at) = 0;
  /// The salt keys of an assignment; none: the unit-wide keys of the feed's first entry.
  [[nodiscard]] virtual std::optional<wire::SaltKeys> feed_keys(AssignmentId assignment) = 0;
  /// Takes a verified reply over in one transaction. Idempotent: entries that are already held and receipts that are
  /// not greater change nothing. Errors: `feed_gap` if the first entry does not follow the held position.
  [[nodiscard]] virtual Result<void> settle(SettledExchange const& settled) = 0;
};

}  // namespace fieldnode::engine
