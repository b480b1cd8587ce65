#include "sync/engine/aside_client.h"

#include "sync/base/check.h"
#include "sync/engine/identity_news.h"
#include "sync/engine/reply_check.h"
#include "sync/wire/signing.h"

namespace fieldnode::engine {
namespace {

/// As for any receipt, a key that was given up as stolen signs nothing new.
bool is_signed_by_city(AsideDelivery const& delivery, CityBelief const& belief, wire::ExchangeReply const& reply) {
  auto const keys = keys_after(belief, delivery.identity, reply, delivery.suite);
  if (!keys) return false;
  auto const* const signer = keys->find(reply.receipt.key_id);
  return signer != nullptr && !signer->until &&
         wire::verify_receipt(reply.receipt, delivery.suite, signer->key).has_value();
}

}  // namespace

wire::ExchangeRequest offer_acts(AsideDelivery const& delivery, Random& random, std::uint64_t after,
                                 std::size_t budget_bytes) {
  auto const held = delivery.journal.snapshot();
  check(after < held.journal.seq, "a delivery has acts");
  wire::ExchangeRequest request;
  random.fill(request.nonce);
  request.unit = delivery.identity.unit;
  request.node = delivery.identity.node;
  request.journal_epoch = held.journal.list.epoch;
  request.first_act = after + 1;
  request.acts = delivery.journal.acts_after(after, budget_bytes);
  auto const last = after + request.acts.size();
  auto const hash = delivery.journal.hash_at(last);
  check(hash.has_value(), "the journal gave acts but no hash for the last of them");
  request.head = wire::sign_head(held.journal.list, last, *hash, delivery.suite, delivery.identity.keys.secret_key);
  return request;
}

Result<wire::Receipt> read_aside_receipt(AsideDelivery const& delivery, wire::ExchangeRequest const& request,
                                         BytesView bytes) {
  auto const reply = wire::decode_reply(bytes);
  if (!reply) return reply.error();
  auto const& receipt = reply->receipt;
  bool const ours = receipt.aside && receipt.nonce == request.nonce && receipt.unit == request.unit &&
                    receipt.node == request.node && receipt.journal_epoch == request.journal_epoch;
  if (!ours || !is_signed_by_city(delivery, delivery.journal.snapshot().city, *reply)) return reply_not_ours();
  if (delivery.journal.hash_at(receipt.journal_seq) != receipt.journal_hash) {
    return refuse("journal_fork",
                  "The centre keeps other acts of this node than this node has. Another copy of it may have delivered "
                  "first; ask the centre.");
  }
  return receipt;
}

}  // namespace fieldnode::engine
