#include "sync/engine/bundle_exchange.h"

#include <fmt/format.h>

#include "sync/base/check.h"
#include "sync/wire/signing.h"

namespace fieldnode::engine {
namespace {

wire::ExchangeRequest empty_request(ReplyReader const& node, JournalSnapshot const& held, BundleFacts const& facts) {
  wire::ExchangeRequest request;
  request.nonce = facts.nonce;
  request.unit = node.identity.unit;
  request.node = node.identity.node;
  request.journal_epoch = held.journal.list.epoch;
  request.feed = {held.feed.list.epoch, held.feed.seq};
  request.feed_hash = held.feed.hash;
  request.marked_seq = held.marked_seq;
  request.clock = facts.clock;
  request.byte_budget = facts.reply_budget_bytes;
  request.status = facts.status;
  return request;
}

Refusal gap(std::uint64_t first, std::uint64_t held) {
  return refuse("bundle_gap",
                fmt::format("The bundle begins at entry {} of the feed, which is held here up to entry {}: take the "
                            "bundle before it in first, or have the centre make one of the whole feed.",
                            first, held));
}

Refusal other_epoch() {
  return refuse("bundle_other_epoch",
                "The bundle speaks of a journal that this node does not write any more (it was restored or enrolled "
                "anew). Nothing of it was taken in; have a new one made.");
}

}  // namespace

BundleBlock bundle_block(ReplyReader const& node, BundleFacts const& facts, std::uint64_t after, std::uint64_t last) {
  auto const held = node.journal.snapshot();
  auto request = empty_request(node, held, facts);
  if (after >= last) return {wire::encode_request(request, facts.compression_level), after};
  request.first_act = after + 1;
  request.acts = node.journal.acts_after(after, facts.act_budget_bytes);
  if (request.acts.size() > last - after) request.acts.resize(last - after);
  auto const upto = after + request.acts.size();
  auto const hash = node.journal.hash_at(upto);
  check(hash.has_value(), "the journal gave acts but no hash for the last of them");
  request.head = wire::sign_head(held.journal.list, upto, *hash, node.suite, node.identity.keys.secret_key);
  return {wire::encode_request(request, facts.compression_level), upto};
}

Result<SettledExchange> take_bundle_reply(ReplyReader const& node, BytesView message) {
  auto reply = wire::decode_reply(message);
  if (!reply) return reply.error();
  auto const held = node.journal.snapshot();
  if (reply->receipt.journal_epoch != held.journal.list.epoch) return other_epoch();
  bool const same_feed = !held.feed.list.epoch || reply->receipt.feed_epoch == held.feed.list.epoch;
  auto const first = reply->feed.empty() ? reply->receipt.answer_seq + 1 : reply->first_entry;
  if (same_feed && first > held.feed.seq + 1) return gap(first, held.feed.seq);
  auto settled = check_reply(node, held, *std::move(reply));
  if (!settled) return settled.error();
  if (auto const kept = node.journal.settle(*settled); !kept) return kept.error();
  return settled;
}

}  // namespace fieldnode::engine
