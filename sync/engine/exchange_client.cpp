#include "sync/engine/exchange_client.h"

#include <algorithm>

#include "sync/engine/identity_news.h"
#include "sync/engine/node_epochs.h"
#include "sync/engine/reply_check.h"
#include "sync/engine/state_book.h"
#include "sync/wire/signing.h"

namespace fieldnode::engine {
namespace {

/// What a node hands back in one request.
constexpr std::size_t kReportBudgetBytes = 512 * 1024;

Epoch draw_epoch(Random& random) {
  auto bits = random.bits64();
  while (bits == 0) bits = random.bits64();  // 0 would mean "no epoch"
  return Epoch{bits};
}

wire::SaltKeys draw_keys(Random& random) {
  wire::SaltKeys keys;
  random.fill(keys.body);
  random.fill(keys.contact);
  return keys;
}

/// The newest answer is behind what the centre signed before: it was rolled back, and does not know it. A feed in a new
/// epoch says that it does.
bool went_back(wire::Receipt const& answer, wire::Receipt const& greatest) {
  if (answer.feed_epoch != greatest.feed_epoch) return false;
  return answer.journal_seq < greatest.journal_seq || answer.feed_head_seq < greatest.feed_head_seq;
}

}  // namespace

ExchangeClient::ExchangeClient(NodeIdentity const& identity, crypto::SignatureSuite const& suite, Journal& journal,
                               Random& random, Clock const& clock)
    : identity_(identity),
      suite_(suite),
      journal_(journal),
      random_(random),
      clock_(clock),
      gathering_(identity, suite, journal) {}

Result<ExchangeOutcome> ExchangeClient::exchange_once(Transport& transport, ExchangeOptions const& options) {
  auto const held = journal_.snapshot();
  auto const request = build(held, options);
  auto const request_bytes = wire::encode_request(request, options.compression_level);

  RoundTrip round_trip{.asked = read_clocks(clock_)};
  Bytes reply_bytes;
  auto const carried = transport.exchange(request_bytes, options.wait, [&](BytesView piece) -> Result<void> {
    reply_bytes.insert(reply_bytes.end(), piece.begin(), piece.end());
    return {};
  });
  round_trip.answered = clock_.since_boot();
  if (!carried) {
    // Whether the centre took the acts in is unknown: learn its position before sending any again.
    if (!request.acts.empty()) position_uncertain_ = true;
    // The centre was restored to before this journal began: it must hear of it from its opening on.
    if (carried.error().code == "unknown_epoch") centre_has_ = 0;
    return carried.error();
  }

  auto reply = wire::decode_reply(reply_bytes);
  if (!reply) return reply.error();
  bool const more_entries = reply->more;
  auto const said =
      wire::ExchangeReply{.receipt = reply->receipt, .state = reply->state, .report_wanted = reply->report_wanted};
  ExchangeOutcome outcome{.acts_sent = request.acts.size(),
                          .entries_received = reply->feed.size(),
                          .entries_handed_back = request.handed_back ? request.handed_back->feed.entries.size() : 0,
                          .request_bytes = request_bytes.size(),
                          .reply_bytes = reply_bytes.size(),
                          .next = std::chrono::seconds(reply->next_seconds),
                          .hold_off = std::chrono::seconds(reply->hold_off_seconds)};
  auto const settled = verify(held, request, std::move(*reply), round_trip);
  if (!settled) {
    position_uncertain_ = true;
    return settled.error();
  }
  learn(held, said);
  if (request.state) states_.hear(*request.state, said.state, journal_.states());
  if (auto const kept = journal_.settle(*settled); !kept) return kept.error();

  position_uncertain_ = false;
  if (settled->identity) outcome.certificate = settled->identity->certificate;
  outcome.delivered_all = settled->receipt.journal_seq >= held.journal.seq;
  // What was put in place may have been appended again, and is to be sent.
  if (settled->journals) outcome.delivered_all = false;
  bool const waits_for_journals = request.journals_held && journal_.epochs().continues();
  outcome.differing = states_.differing();
  outcome.more = states_.goes_on() || more_entries || !outcome.delivered_all || centre_went_back_ || waits_for_journals;
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

  if (centre_went_back_) request.greatest = held.greatest;
  if (report_wanted_) {
    auto const& lost = report_wanted_->feed;
    request.handed_back = journal_.epochs().handed_back({lost.list.epoch, lost.seq}, kReportBudgetBytes);
    return request;
  }
  request.journals_held = gathering_.asks();
  if (!centre_went_back_) request.state = states_.claim(held, journal_.states());
  if (options.wait.count() == 0) add_acts(request, held, options);
  return request;
}

void ExchangeClient::add_acts(wire::ExchangeRequest& request, JournalSnapshot const& held,
                              ExchangeOptions const& options) {
  std::uint64_t covered = held.greatest ? held.greatest->journal_seq : 0;
  covered = std::min(covered, centre_has_.value_or(covered));
  // The centre knows nothing of a journal that goes on from another before it has seen its opening.
  bool const opens = covered == 0 && journal_.epochs().continues();
  if ((position_uncertain_ && !opens) || held.journal.seq <= covered) return;
  bool const only_opening = request.journals_held && journal_.epochs().continues();
  if (only_opening && covered > 0) return;
  request.first_act = covered + 1;
  request.acts = journal_.acts_after(covered, only_opening ? 0 : options.act_budget_bytes);
  std::uint64_t const last = covered + request.acts.size();
  auto const hash = journal_.hash_at(last);
  check(hash.has_value(), "the journal gave acts but no hash for the last of them");
  request.head = wire::sign_head(held.journal.list, last, *hash, suite_, identity_.keys.secret_key);
}

void ExchangeClient::learn(JournalSnapshot const& held, wire::ExchangeReply const& reply) {
  bool const lost_acts = held.greatest && reply.receipt.journal_seq < held.greatest->journal_seq;
  centre_has_ = lost_acts ? std::optional(reply.receipt.journal_seq) : std::nullopt;
  report_wanted_ = reply.report_wanted;
  centre_went_back_ = !report_wanted_ && held.greatest && went_back(reply.receipt, *held.greatest);
}

Result<SettledExchange> ExchangeClient::verify(JournalSnapshot const& held, wire::ExchangeRequest const& request,
                                               wire::ExchangeReply&& reply, RoundTrip const& round_trip) {
  if (reply.receipt.nonce != request.nonce) return reply_not_ours();
  auto earlier = std::exchange(reply.earlier_journals, std::nullopt);
  auto settled = check_reply({.journal = journal_, .identity = identity_, .suite = suite_}, held, std::move(reply));
  if (!settled) return settled;
  settled->round_trip = round_trip;
  if (!earlier) return settled;
  auto journals = gathering_.take(*std::move(earlier));
  if (!journals) return journals.error();
  if (*journals) settled->journals = {**std::move(journals), draw_epoch(random_), draw_keys(random_)};
  return settled;
}

}  // namespace fieldnode::engine
