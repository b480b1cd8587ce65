#include "sync/engine/exchange_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sync/wire/signing.h"

namespace fieldnode::engine {
namespace {

/// Walks the feed entries of a reply on from the held position: every leaf is computed from the bytes that came.
class FeedWalk {
 public:
  FeedWalk(Journal& journal, wire::ChainState held) : journal_(journal), chain_(held) {}

  Result<FeedArrival> step(wire::EncodedEntry&& entry) {
    auto skeleton = wire::decode_skeleton(entry.skeleton);
    if (!skeleton) return skeleton.error();
    auto const keys = keys_for(*skeleton, entry);
    if (!keys) return keys.error();
    auto const leaf = wire::leaf_of(entry, chain_.list, chain_.seq + 1, *keys);
    if (!leaf) return leaf.error();
    chain_.advance(*leaf);
    return FeedArrival{chain_.seq, *leaf, chain_.hash, std::move(*skeleton), std::move(entry)};
  }

  [[nodiscard]] wire::ChainState const& chain() const { return chain_; }

 private:
  /// A dispatch or an opening brings its keys itself; what follows in the same reply must find them here, because the
  /// store does not hold them yet.
  Result<std::optional<wire::SaltKeys>> keys_for(rules::Skeleton const& skeleton, wire::EncodedEntry const& entry) {
    auto const known = fresh_.find(skeleton.assignment);
    if (known != fresh_.end()) return std::optional(known->second);
    bool const brings_keys =
        skeleton.kind == rules::EntryKind::kDispatch || skeleton.kind == rules::EntryKind::kFeedOpening;
    if (brings_keys && entry.contact.form == wire::PartForm::kWhole) {
      auto const contact = wire::decode_contact(entry.contact.bytes);
      if (!contact) return contact.error();
      if (contact->keys) {
        fresh_.emplace(skeleton.assignment, *contact->keys);
        return contact->keys;
      }
    }
    return journal_.feed_keys(skeleton.assignment);
  }

  Journal& journal_;
  wire::ChainState chain_;
  std::map<AssignmentId, wire::SaltKeys> fresh_;
};

Refusal feed_broken(std::uint64_t seq) {
  return refuse("feed_broken",
                fmt::format("The centre's reply does not continue the feed held here at entry {}: nothing of it was "
                            "taken over. If it happens again, tell the centre's operator.",
                            seq));
}

}  // namespace

ExchangeClient::ExchangeClient(NodeIdentity const& identity, crypto::SignatureSuite const& suite, Journal& journal,
                               Random& random, Clock const& clock)
    : identity_(identity), suite_(suite), journal_(journal), random_(random), clock_(clock) {}

Result<ExchangeOutcome> ExchangeClient::exchange_once(Transport& transport, ExchangeOptions const& options) {
  auto const held = journal_.snapshot();
  auto const request = build(held, options);
  auto const request_bytes = wire::encode_request(request, options.compression_level);

  RoundTrip round_trip{.asked = clock_.since_boot()};
  Bytes reply_bytes;
  auto const carried = transport.exchange(request_bytes, options.wait, [&](BytesView piece) -> Result<void> {
    reply_bytes.insert(reply_bytes.end(), piece.begin(), piece.end());
    return {};
  });
  round_trip.answered = clock_.since_boot();
  if (!carried) {
    // Whether the centre took the acts in is unknown: learn its position before sending any again.
    if (!request.acts.empty()) position_uncertain_ = true;
    return carried.error();
  }

  auto reply = wire::decode_reply(reply_bytes);
  if (!reply) return reply.error();
  bool const more_entries = reply->more;
  ExchangeOutcome outcome{.acts_sent = request.acts.size(),
                          .entries_received = reply->feed.size(),
                          .request_bytes = request_bytes.size(),
                          .reply_bytes = reply_bytes.size(),
                          .next = std::chrono::seconds(reply->next_seconds),
                          .hold_off = std::chrono::seconds(reply->hold_off_seconds)};
  auto const settled = verify(held, request, std::move(*reply), round_trip);
  if (!settled) return settled.error();
  if (auto const kept = journal_.settle(*settled); !kept) return kept.error();

  position_uncertain_ = false;
  outcome.delivered_all = settled->receipt.journal_seq >= held.journal.seq;
  outcome.more = more_entries || !outcome.delivered_all;
  return outcome;
}

wire::ExchangeRequest ExchangeClient::build(JournalSnapshot const& held, ExchangeOptions const& options) {
  wire::ExchangeRequest request;
  random_.fill(request.nonce);
  request.unit = identity_.unit;
  request.node = identity_.node;
  request.journal_epoch = held.journal.list.epoch;
  request.feed = {held.feed.list.epoch, held.feed.seq};
  request.feed_hash = held.feed.hash;
  request.marked_seq = held.marked_seq;
  request.clock = {clock_.wall(), options.known_time.earliest, options.known_time.latest};
  request.wait_seconds = static_cast<std::uint32_t>(options.wait.count());
  request.byte_budget = static_cast<std::uint32_t>(options.reply_budget_bytes);
  request.status = options.status;

  bool const may_carry_acts = options.wait.count() == 0 && !position_uncertain_;
  std::uint64_t const covered = held.greatest ? held.greatest->journal_seq : 0;
  if (!may_carry_acts || held.journal.seq <= covered) return request;
  request.first_act = covered + 1;
  request.acts = journal_.acts_after(covered, options.act_budget_bytes);
  std::uint64_t const last = covered + request.acts.size();
  auto const hash = journal_.hash_at(last);
  check(hash.has_value(), "the journal gave acts but no hash for the last of them");
  request.head = wire::sign_head(held.journal.list, last, *hash, suite_, identity_.keys.secret_key);
  return request;
}

Result<SettledExchange> ExchangeClient::verify(JournalSnapshot const& held, wire::ExchangeRequest const& request,
                                               wire::ExchangeReply&& reply, RoundTrip const& round_trip) {
  auto const& receipt = reply.receipt;
  bool const ours = receipt.nonce == request.nonce && receipt.unit == identity_.unit &&
                    receipt.node == identity_.node && receipt.journal_epoch == held.journal.list.epoch;
  bool const signed_by_city =
      receipt.key_id == identity_.city_key_id && wire::verify_receipt(receipt, suite_, identity_.city_key).has_value();
  if (!ours || !signed_by_city) {
    return refuse("reply_not_ours",
                  "The answer that came is not the centre's answer to this request (nonce, node or signature differ); "
                  "it was thrown away. Something on the line may be answering in the centre's place.");
  }
  if (journal_.hash_at(receipt.journal_seq) != receipt.journal_hash) {
    return refuse("journal_fork",
                  fmt::format("The centre holds other acts of this node than this node does, up to act {}. Another "
                              "copy of this node may be running; nothing more is sent until an operator chooses.",
                              receipt.journal_seq));
  }
  bool const first_contact = !held.feed.list.epoch;
  if (!first_contact && receipt.feed_epoch != held.feed.list.epoch) {
    return refuse("feed_epoch_changed",
                  "The centre has opened a new feed (it was restored from a backup). This node keeps what it holds; "
                  "the centre's operator must let it report.");
  }

  wire::ListName const list{wire::ListKind::kFeed, identity_.unit, {}, receipt.feed_epoch};
  FeedWalk walk(journal_, first_contact ? wire::ChainState::start(list) : held.feed);
  if (!reply.feed.empty() && reply.first_entry != held.feed.seq + 1) return feed_broken(reply.first_entry);
  SettledExchange settled{receipt, list, {}, round_trip};
  for (auto& item : reply.feed) {
    auto arrival = walk.step(std::move(item.entry));
    if (!arrival) return arrival.error();
    settled.feed_entries.push_back(std::move(*arrival));
  }
  if (walk.chain().seq != receipt.answer_seq || walk.chain().hash != receipt.answer_hash)
    return feed_broken(receipt.answer_seq);
  return settled;
}

}  // namespace fieldnode::engine
