#include "sync/engine/reply_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "sync/engine/feed_walk.h"
#include "sync/engine/identity_news.h"
#include "sync/wire/signing.h"

namespace fieldnode::engine {
namespace {

Refusal feed_broken(std::uint64_t seq) {
  return refuse("feed_broken",
                fmt::format("The centre's reply does not continue the feed held here at entry {}: nothing of it was "
                            "taken over. If it happens again, tell the centre's operator.",
                            seq));
}

/// A bundle may have been on its way while the city changed its key as planned; a key in other hands signs nothing new.
bool is_signed_by_city(wire::Receipt const& receipt, wire::CityKeyRing const& keys,
                       crypto::SignatureSuite const& suite) {
  auto const* const signer = keys.find(receipt.key_id);
  return signer != nullptr && !signer->until && wire::verify_receipt(receipt, suite, signer->key).has_value();
}

Result<void> check_receipt(ReplyReader const& reader, JournalSnapshot const& held, wire::ExchangeReply const& reply) {
  auto const& receipt = reply.receipt;
  auto const keys = keys_after(held.city, reader.identity, reply, reader.suite);
  if (!keys) return keys.error();
  auto const& identity = reader.identity;
  bool const ours = receipt.unit == identity.unit && receipt.node == identity.node &&
                    receipt.journal_epoch == held.journal.list.epoch;
  if (!ours || !is_signed_by_city(receipt, *keys, reader.suite)) return reply_not_ours();
  if (reader.journal.hash_at(receipt.journal_seq) != receipt.journal_hash) {
    return refuse("journal_fork",
                  fmt::format("The centre holds other acts of this node than this node does, up to act {}. Another "
                              "copy of this node may be running; nothing more is sent until an operator chooses.",
                              receipt.journal_seq));
  }
  if (held.feed.list.epoch && receipt.feed_epoch != held.feed.list.epoch) {
    return refuse("feed_epoch_changed",
                  "The centre has opened a new feed (it was restored from a backup). This node keeps what it holds; "
                  "the centre's operator must let it report.");
  }
  return {};
}

/// The chain at the place behind which the reply's entries stand; nothing if that place is not held.
std::optional<wire::ChainState> start_of(ReplyReader const& reader, JournalSnapshot const& held,
                                         wire::ExchangeReply const& reply) {
  if (!reply.feed.empty() && reply.first_entry == 0) return std::nullopt;
  auto const seq = reply.feed.empty() ? reply.receipt.answer_seq : reply.first_entry - 1;
  wire::ListName const list{wire::ListKind::kFeed, reader.identity.unit, {}, reply.receipt.feed_epoch};
  auto const at_end = held.feed.list.epoch ? held.feed : wire::ChainState::start(list);
  if (seq == at_end.seq) return at_end;
  if (seq > at_end.seq) return std::nullopt;
  auto const hash = reader.journal.feed_hash_at(seq);
  if (!hash) return std::nullopt;
  return wire::ChainState{list, seq, *hash};
}

}  // namespace

Refusal reply_not_ours() {
  return refuse("reply_not_ours",
                "The answer that came is not the centre's answer to this request (nonce, node or signature differ); "
                "it was thrown away. Something on the line may be answering in the centre's place.");
}

Result<SettledExchange> check_reply(ReplyReader const& reader, JournalSnapshot const& held,
                                    wire::ExchangeReply&& reply) {
  auto const& receipt = reply.receipt;
  if (auto const believed = check_receipt(reader, held, reply); !believed) return believed.error();
  auto const start = start_of(reader, held, reply);
  if (!start) return feed_broken(reply.first_entry);
  FeedWalk walk(reader.journal, *start);
  SettledExchange settled{receipt, start->list, {}, {}, reply.identity};
  for (auto& item : reply.feed) {
    auto arrival = walk.step(std::move(item.entry));
    if (!arrival) return arrival.error();
    if (arrival->seq == held.feed.seq && arrival->hash != held.feed.hash) return feed_broken(arrival->seq);
    if (arrival->seq > held.feed.seq) settled.feed_entries.push_back(std::move(*arrival));
  }
  if (walk.chain().seq != receipt.answer_seq || walk.chain().hash != receipt.answer_hash)
    return feed_broken(receipt.answer_seq);
  return settled;
}

}  // namespace fieldnode::engine
