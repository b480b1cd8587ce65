#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sync/wire/chain.h"
#include "sync/wire/entry.h"
#include "sync/wire/identity_blocks.h"
#include "sync/wire/suite_id.h"

/// The messages of one exchange. Source: PROTOCOL, "The exchange".
namespace fieldnode::wire {

using Nonce = std::array<std::uint8_t, 16>;

inline constexpr std::uint32_t kProtocolVersion = 1;

/// A node's signature over its journal up to `seq`. Fixed layout, domain "fieldnode/head/1".
struct SignedHead {
  SuiteId suite{};
  ListName list{};
  std::uint64_t seq{};
  Hash hash{};
  Signature signature{};
  friend bool operator==(SignedHead const&, SignedHead const&) = default;
};

/// When the centre first held the acts up to `seq`.
struct Mark {
  std::uint64_t seq{};
  UtcTime received_at{};
  friend bool operator==(Mark const&, Mark const&) = default;
};

/// The centre's signature over what it holds: proof of delivery, time anchor, commitment. Fixed layout, domain
/// "fieldnode/receipt/1". `received_at`/`sent_at` absent: the centre's clock is unsure, no anchor and no mark.
struct Receipt {
  SuiteId suite{};
  std::uint64_t key_id{};
  Nonce nonce{};
  UnitId unit{};
  NodeId node{};
  Epoch journal_epoch{};
  std::uint64_t journal_seq{};
  Hash journal_hash{};
  Epoch feed_epoch{};
  std::uint64_t feed_head_seq{};
  Hash feed_head_hash{};
  std::uint64_t answer_seq{};  ///< the last feed entry in this answer
  Hash answer_hash{};
  Hash previewed{};  ///< over the ends of earlier feeds' runs and all (seq, leaf) previewed in the answer; zero: none
  std::optional<UtcTime> received_at;
  std::optional<UtcTime> sent_at;
  std::vector<Mark> marks;
  bool aside{};  ///< to a revoked node: delivery is noted, nothing else
  Signature signature{};
  friend bool operator==(Receipt const&, Receipt const&) = default;
};

/// The node's clocks as sent, for the fleet page and the drift bound.
struct ClockSample {
  UtcTime wall{};
  UtcTime earliest{};
  std::optional<UtcTime> latest;
  friend bool operator==(ClockSample const&, ClockSample const&) = default;
};

/// Absolute and versioned: the newest replaces the older.
struct NodeStatus {
  std::uint64_t version{};
  std::string program;
  std::uint64_t undelivered{};
  std::uint64_t disk_free_bytes{};
  friend bool operator==(NodeStatus const&, NodeStatus const&) = default;
};

/// A run of entries of one list that the other end lacks: `entries` stand at seq first and on; the list counts up to
/// `end`.
struct ListRun {
  ListName list{};
  std::uint64_t end{};
  std::uint64_t first{};
  std::vector<EncodedEntry> entries;
  friend bool operator==(ListRun const&, ListRun const&) = default;
};

/// What the sender's replay comes to at a place where both lists stood at rest. `after`: the search for the assignment
/// that differs goes on behind this one; `differing`: what the search has found.
struct StateClaim {
  Position feed{};
  Position journal{};
  Hash digest{};
  AssignmentId after{};
  std::vector<AssignmentId> differing;
  friend bool operator==(StateClaim const&, StateClaim const&) = default;
};

/// None: what the unit's entries on no assignment come to.
struct AssignmentDigest {
  AssignmentId assignment{};
  Hash digest{};
  friend bool operator==(AssignmentDigest const&, AssignmentDigest const&) = default;
};

/// The answer to a claim about the same place. `assignments`: the centre's, by rising id, for the search.
struct StateVerdict {
  bool equal{};
  std::vector<AssignmentDigest> assignments;
  bool more{};
  friend bool operator==(StateVerdict const&, StateVerdict const&) = default;
};

/// Feed entries that the centre has lost, and the centre's own receipts that prove them.
struct HandedBack {
  ListRun feed;
  std::vector<Receipt> receipts;
  friend bool operator==(HandedBack const&, HandedBack const&) = default;
};

/// The centre was restored: it holds the feed only up to here, and asks for what stood behind.
struct ReportWanted {
  ChainState feed;
  friend bool operator==(ReportWanted const&, ReportWanted const&) = default;
};

/// The unit's journals before the live one, in the order in which they were registered. `complete`: nothing is left;
/// then `heads` are their nodes' own signatures over them, as far as there are any.
struct EarlierJournals {
  std::vector<ListRun> runs;
  bool complete{};
  std::vector<SignedHead> heads;
  friend bool operator==(EarlierJournals const&, EarlierJournals const&) = default;
};

/// `acts` stand at seq first_act .. first_act + acts.size() - 1 of the journal epoch; `head` signs the last of them
/// (or, with no acts, may be absent). `held_receipt`: journal seq and feed head covered by the greatest receipt held.
struct ExchangeRequest {
  std::uint32_t protocol{kProtocolVersion};
  Nonce nonce{};
  UnitId unit{};
  NodeId node{};
  Epoch journal_epoch{};
  Position feed{};  ///< last gapless feed entry held
  Hash feed_hash{};
  std::uint64_t marked_seq{};  ///< journal seq up to which marks are held
  std::optional<SignedHead> head;
  std::uint64_t first_act{};
  std::vector<EncodedEntry> acts;
  ClockSample clock{};
  std::uint32_t wait_seconds{};
  std::uint32_t byte_budget{};
  NodeStatus status{};
  std::optional<Receipt> greatest;  ///< sent whole when the centre answered below it (the centre was rolled back)
  std::optional<StateClaim> state;
  std::optional<HandedBack> handed_back;
  std::optional<std::vector<ChainState>> journals_held;  ///< before the live one; absent: nothing is asked
  std::optional<IdentityClaim> identity;
  std::uint64_t link_bytes_per_second{};      ///< how fast replies come, as the node has seen it; 0: it does not know
  std::vector<std::uint64_t> previewed_seqs;  ///< feed entries held ahead of the gapless feed, rising
  friend bool operator==(ExchangeRequest const&, ExchangeRequest const&) = default;
};

/// An entry of the feed, or the one-byte marker for one that was previewed.
struct FeedItem {
  bool held{};
  EncodedEntry entry;
  friend bool operator==(FeedItem const&, FeedItem const&) = default;
};

struct Preview {
  std::uint64_t seq{};
  EncodedEntry entry;
  friend bool operator==(Preview const&, Preview const&) = default;
};

/// `have`: the journal seq that need not be sent again (held, perhaps not yet judged; >= receipt.journal_seq).
struct ExchangeReply {
  std::uint32_t protocol{kProtocolVersion};
  Receipt receipt{};
  std::uint64_t have{};
  std::uint64_t first_entry{};
  std::vector<FeedItem> feed;
  std::vector<Preview> previews;
  bool more{};
  std::uint32_t next_seconds{};
  std::uint32_t hold_off_seconds{};  ///< back pressure: not before
  std::optional<EarlierJournals> earlier_journals;
  std::optional<StateVerdict> state;
  std::optional<ReportWanted> report_wanted;
  std::vector<ListRun> earlier_feeds;  ///< what stands before the live feed, in order
  std::optional<IdentityNews> identity;
  friend bool operator==(ExchangeReply const&, ExchangeReply const&) = default;
};

/// Whole messages: magic, protocol, then the packed fields, as one zstd stream where that is shorter.
/// Units: `level` is zstd's, 1 to 19. Shape: at most kMessageMaxBytes unpacked and kMessageMaxEntries in each list;
/// the caller bounds what it puts in (`byte_budget` of a peer is only a wish).
inline constexpr std::size_t kMessageMaxBytes = 8 * 1024 * 1024;
inline constexpr std::size_t kMessageMaxEntries = 64 * 1024;
[[nodiscard]] Bytes encode_request(ExchangeRequest const& request, int level);
[[nodiscard]] Bytes encode_reply(ExchangeReply const& reply, int level);
/// Errors: `malformed_message` with what and where, `newer_protocol`, `message_too_large`.
[[nodiscard]] Result<ExchangeRequest> decode_request(BytesView bytes);
[[nodiscard]] Result<ExchangeReply> decode_reply(BytesView bytes);

/// The bytes that a signature covers: domain tag, then every field but the signature in fixed order.
[[nodiscard]] Bytes signed_bytes(SignedHead const& head);
[[nodiscard]] Bytes signed_bytes(Receipt const& receipt);

/// A receipt for the store. pack/unpack are inverse.
[[nodiscard]] Bytes pack_receipt(Receipt const& receipt);
[[nodiscard]] Result<Receipt> unpack_receipt(BytesView bytes);
/// The 64 bits by which an act's time evidence names a receipt.
[[nodiscard]] std::uint64_t anchor_id(Receipt const& receipt);

}  // namespace fieldnode::wire
