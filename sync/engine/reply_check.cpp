#include "sync/engine/reply_check.h"

#include <fmt/format.h>

#include "sync/engine/feed_reading.h"
#include "sync/engine/identity_news.h"
#include "sync/wire/signing.h"

namespace fieldnode::engine {
namespace {

/// A bundle may have been on its way while the city changed its key as planned; a key in other hands signs nothing new.
bool is_signed_by_city(wire::Receipt const& receipt, wire::CityKeyRing const& keys,
                       crypto::SignatureSuite const& suite) {
  auto const* const signer = keys.find(receipt.key_id);
  return signer != nullptr && !signer->until && wire::verify_receipt(receipt, suite, signer->key).has_value();
}

/// Two exchanges were under way, and the other one brought the journals before this one.
Refusal journal_changed() {
  return refuse("journal_changed",
                "This node has gone on in a new journal while the answer was on its way; nothing is lost, the next "
                "exchange speaks of the new one.");
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
    if (reader.journal.snapshot().journal.list.epoch != held.journal.list.epoch) return journal_changed();
    return refuse("journal_fork",
                  fmt::format("The centre holds other acts of this node than this node does, up to act {}. Another "
                              "copy of this node may be running; nothing more is sent until an operator chooses.",
                              receipt.journal_seq));
  }
  return {};
}

}  // namespace

Refusal reply_not_ours() {
  return refuse("reply_not_ours",
                "The answer that came is not the centre's answer to this request (nonce, node or signature differ); "
                "it was thrown away. Something on the line may be answering in the centre's place.");
}

Result<SettledExchange> check_reply(ReplyReader const& reader, JournalSnapshot const& held,
                                    wire::ExchangeReply&& reply) {
  if (auto const believed = check_receipt(reader, held, reply); !believed) return believed.error();
  wire::ListName const feed{wire::ListKind::kFeed, reader.identity.unit, {}, reply.receipt.feed_epoch};
  SettledExchange settled{.receipt = reply.receipt, .feed = feed, .identity = reply.identity};
  if (auto const read = read_feed(reader.journal, held.feed, std::move(reply), settled); !read) return read.error();
  return settled;
}

}  // namespace fieldnode::engine
