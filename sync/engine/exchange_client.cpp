#include "sync/engine/exchange_client.h"

#include <algorithm>

#include "sync/engine/identity_news.h"
#include "sync/engine/reply_check.h"
#include "sync/wire/signing.h"

namespace fieldnode::engine {

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
  if (!settled) {
    position_uncertain_ = true;
    return settled.error();
  }
  if (auto const kept = journal_.settle(*settled); !kept) return kept.error();

  position_uncertain_ = false;
  if (settled->identity) outcome.certificate = settled->identity->certificate;
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
  request.identity = identity_claim(held.city, identity_, position_uncertain_, options.renewal, suite_);

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
  if (reply.receipt.nonce != request.nonce) return reply_not_ours();
  auto settled = check_reply({.journal = journal_, .identity = identity_, .suite = suite_}, held, std::move(reply));
  if (settled) settled->round_trip = round_trip;
  return settled;
}

}  // namespace fieldnode::engine
