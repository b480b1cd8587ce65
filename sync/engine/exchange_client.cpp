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

/// The newest answer is behind what the centre signed before the request left: it was rolled back, and does not know
/// it. A feed in a new epoch says that it does.
bool went_back(wire::Receipt const& answer, wire::Receipt const& greatest) {
  if (answer.feed_epoch != greatest.feed_epoch) return false;
  return answer.journal_seq < greatest.journal_seq || answer.feed_head_seq < greatest.feed_head_seq;
}

std::size_t size_of(wire::EncodedEntry const& entry) {
  return entry.skeleton.size() + entry.body.bytes.size() + entry.contact.bytes.size();
}

/// All that the act was made on has come with the gapless feed.
bool has_proven_ground(wire::EncodedEntry const& act, ListHead const& feed) {
  auto const skeleton = wire::decode_skeleton(act.skeleton);
  check(skeleton.has_value(), "the journal gave an act that cannot be read");
  auto const& basis = skeleton->basis;
  return skeleton->previewed == 0 || (basis.epoch == feed.list.epoch && skeleton->previewed <= feed.seq);
}

/// Those before the first that was made on what is ahead of the feed: where the centre has lost that, it has no keys of
/// the act either, and would refuse the request.
std::vector<wire::EncodedEntry> on_proven_ground(std::vector<wire::EncodedEntry> acts, ListHead const& feed) {
  auto const first = std::ranges::find_if_not(acts, [&](auto const& act) { return has_proven_ground(act, feed); });
  acts.erase(first, acts.end());
  return acts;
}

/// Cut where `run_bytes` are reached.
std::vector<std::vector<wire::EncodedEntry>> runs_of(std::vector<wire::EncodedEntry> acts, std::size_t run_bytes) {
  std::vector<std::vector<wire::EncodedEntry>> runs;
  std::size_t room = 0;
  for (auto& act : acts) {
    auto const size = size_of(act);
    if (room == 0) runs.emplace_back();
    room = room == 0 ? run_bytes : room;
    room -= std::min(room, size);
    runs.back().push_back(std::move(act));
  }
  return runs;
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

/// A reply on its way in: each part is verified against what is held by then, and settled.
class ExchangeClient::Taking {
 public:
  Taking(ExchangeClient& client, JournalSnapshot held, Saying const& saying, LinkUse use)
      : client_(client), held_(std::move(held)), saying_(saying), asked_(read_clocks(client.clock_)), use_(use) {
    use_.asked = asked_.since_boot;
    outcome_.feed_held = {held_.feed.list.epoch, held_.feed.seq};
  }

  Result<void> take(BytesView piece) {
    use_.last_piece = client_.clock_.since_boot();
    if (use_.reply_bytes == 0) {
      use_.first_piece = use_.last_piece;
      use_.first_piece_bytes = piece.size();
    }
    use_.reply_bytes += piece.size();
    return take_over(reader_.take(piece));
  }

  Result<ExchangeOutcome> finish() {
    if (auto const taken = take_over(reader_.finish()); !taken) return taken.error();
    client_.meter_.observe(use_);
    outcome_.request_bytes = use_.request_bytes;
    outcome_.reply_bytes = use_.reply_bytes;
    outcome_.acts_sent = saying_.acts;
    auto const& back = saying_.request.handed_back;
    outcome_.entries_handed_back = back ? back->feed.entries.size() : 0;
    return outcome_;
  }

  /// The reply came, and was not to be believed.
  [[nodiscard]] bool is_disbelieved() const { return is_disbelieved_; }
  /// A part of it was taken over: it tells what became of the request.
  [[nodiscard]] bool has_learnt() const { return has_learnt_; }

 private:
  Result<void> take_over(Result<std::vector<wire::ExchangeReply>> replies) {
    if (!replies) return replies.error();
    for (auto& reply : *replies) {
      if (auto const taken = take_over(std::move(reply)); !taken) return taken.error();
    }
    return {};
  }

  Result<void> take_over(wire::ExchangeReply&& reply) {
    bool const more = reply.more;
    auto const said =
        wire::ExchangeReply{.receipt = reply.receipt, .state = reply.state, .report_wanted = reply.report_wanted};
    outcome_.entries_received += reply.feed.size() + reply.previews.size();
    outcome_.next = std::chrono::seconds(reply.next_seconds);
    outcome_.hold_off = std::chrono::seconds(reply.hold_off_seconds);
    auto settled = client_.verify(held_, saying_.request, std::move(reply), {asked_, use_.last_piece});
    is_disbelieved_ = !settled;
    if (!settled) return settled.error();
    client_.learn(saying_, held_, said);
    if (auto const kept = client_.journal_.settle(*settled); !kept) return kept.error();
    has_learnt_ = true;
    go_on_behind(*settled, more, said);
    return {};
  }

  void go_on_behind(SettledExchange const& settled, bool more, wire::ExchangeReply const& said) {
    auto const& receipt = settled.receipt;
    if (settled.identity) {
      outcome_.certificate = settled.identity->certificate;
      held_.city = client_.journal_.snapshot().city;  // the parts that follow may be signed by the key that came here
    }
    if (!settled.feed_entries.empty()) {
      held_.feed = {settled.feed, receipt.answer_seq, receipt.answer_hash};
      outcome_.feed_held = {receipt.feed_epoch, receipt.answer_seq};
    }
    outcome_.feed_head = {receipt.feed_epoch, receipt.feed_head_seq};
    // What was put in place may have been appended again, and is to be sent.
    outcome_.delivered_all = receipt.journal_seq >= held_.journal.seq && !settled.journals;
    bool const must_show = said.report_wanted || (held_.greatest && went_back(receipt, *held_.greatest));
    outcome_.centre_lost_acts = held_.greatest && receipt.journal_seq < held_.greatest->journal_seq;
    bool const searches = client_.searches(outcome_.differing);
    outcome_.feed_whole = !more && !must_show && !searches && !client_.waits_for_journals();
    outcome_.more = !outcome_.feed_whole || !outcome_.delivered_all;
  }

  ExchangeClient& client_;
  JournalSnapshot held_;  ///< as it was when the request left, and what the reply has added
  Saying const& saying_;
  ClockReading asked_;
  LinkUse use_;
  wire::ReplyReader reader_;
  ExchangeOutcome outcome_;
  bool is_disbelieved_{false};
  bool has_learnt_{false};
};

Result<ExchangeOutcome> ExchangeClient::exchange_once(Transport& transport, ExchangeOptions const& options) {
  auto held = journal_.snapshot();
  auto const feeds_back = speak_of_known_feed(held);
  auto const plan = meter_.plan();
  auto saying = build(held, options, plan);
  saying.feeds_back = feeds_back;
  auto const level = options.compression_level > 0 ? options.compression_level : plan.compression_level;
  auto const bytes = wire::encode_request(saying.request, saying.runs, level);

  Taking taking(*this, std::move(held), saying, {.request_bytes = bytes.size(), .waited = options.wait.count() > 0});
  auto const carried =
      transport.exchange(bytes, options.wait, [&taking](BytesView piece) { return taking.take(piece); });
  auto outcome = carried ? taking.finish() : Result<ExchangeOutcome>(carried.error());

  std::lock_guard const lock(mutex_);
  if (gatherer_ == saying.number) gatherer_.reset();
  if (claimer_ == saying.number) claimer_.reset();
  if (outcome || taking.has_learnt()) learnt_ = std::max(learnt_, saying.breaks);
  // Whether the centre took the acts in is unknown: learn its position before sending any again.
  if (!outcome && ((saying.acts > 0 && !taking.has_learnt()) || taking.is_disbelieved())) ++breaks_;
  if (!outcome) note_refusal(saying, outcome.error().code);
  if (outcome && outcome->feed_held.epoch == outcome->feed_head.epoch) feeds_back_ = 0;
  return outcome;
}

/// Where the centre does not know the live feed, both ends go on from an earlier one; what stands behind that and is
/// lost at the centre stays here, aside. Gives how far back that one stands.
std::size_t ExchangeClient::speak_of_known_feed(JournalSnapshot& held) {
  std::lock_guard const lock(mutex_);
  if (feeds_back_ == 0) return 0;
  auto const feeds = journal_.epochs().feeds();
  feeds_back_ %= std::max<std::size_t>(feeds.size(), 1);
  if (feeds_back_ == 0) return 0;
  held.feed = feeds[feeds.size() - 1 - feeds_back_];
  held.previewed.clear();
  return feeds_back_;
}

void ExchangeClient::note_refusal(Saying const& saying, std::string_view code) {
  // The centre was restored to before this journal began: it must hear of it from its opening on, and no word of an
  // earlier restore may keep the opening back.
  if (code == "unknown_epoch") centre_ = {.told_by = std::max(saying.number, centre_.told_by), .acts = 0};
  if (code != "feed_epoch_changed") {
    feeds_back_ = 0;  // who knows whether it is the same centre that answers next
  } else if (feeds_back_ == saying.feeds_back) {
    ++feeds_back_;
  }
}

ExchangeClient::Saying ExchangeClient::build(JournalSnapshot const& held, ExchangeOptions const& options,
                                             LinkPlan const& plan) {
  std::lock_guard const lock(mutex_);
  Saying saying{.number = ++begun_, .breaks = breaks_};
  auto& request = saying.request;
  random_.fill(request.nonce);
  request.unit = identity_.unit;
  request.node = identity_.node;
  request.journal_epoch = held.journal.list.epoch;
  request.feed = {held.feed.list.epoch, held.feed.seq};
  request.feed_hash = held.feed.hash;
  request.marked_seq = held.marked_seq;
  request.clock = {clock_.wall(), options.known_time.earliest, options.known_time.latest};
  request.wait_seconds = static_cast<std::uint32_t>(options.wait.count());
  request.byte_budget = static_cast<std::uint32_t>(std::min(options.reply_budget_bytes, plan.reply_bytes));
  auto const told = options.link_bytes_per_second;
  request.link_bytes_per_second = told > 0 ? told : plan.bytes_per_second_down;
  request.previewed_seqs = held.previewed;
  request.status = options.status;
  request.identity = identity_claim(held.city, identity_, learnt_ < breaks_, options.renewal, suite_);
  if (say_what_heals(saying, held, options) && options.carries_acts && options.wait.count() == 0) {
    add_acts(saying, held, std::min(options.act_budget_bytes, plan.acts_bytes),
             options.run_bytes > 0 ? options.run_bytes : plan.run_bytes);
  }
  return saying;
}

/// What two ends that do not hold the same must say first; an exchange without a reply budget leaves it to the other
/// one. False: the centre takes no acts in before it has been heard.
bool ExchangeClient::say_what_heals(Saying& saying, JournalSnapshot const& held, ExchangeOptions const& options) {
  auto& request = saying.request;
  bool const fetches = options.reply_budget_bytes > 0;
  if (centre_.went_back) request.greatest = held.greatest;
  if (centre_.report_wanted) {
    auto const& lost = centre_.report_wanted->feed;
    if (fetches) request.handed_back = journal_.epochs().handed_back({lost.list.epoch, lost.seq}, kReportBudgetBytes);
    return false;
  }
  if (fetches && !gatherer_) {
    request.journals_held = gathering_.asks();
    if (request.journals_held) gatherer_ = saying.number;
  }
  if (fetches && !claimer_ && !centre_.went_back) {
    request.state = states_.claim(held, journal_.states());
    if (request.state) claimer_ = saying.number;
  }
  return true;
}

/// Whether a search for what differs between both ends goes on; what the last one found.
bool ExchangeClient::searches(std::vector<AssignmentId>& differing) {
  std::lock_guard const lock(mutex_);
  differing = states_.differing();
  return states_.goes_on();
}

/// Until the journals before it are here, a journal that goes on from them is no more than its opening.
bool ExchangeClient::waits_for_journals() {
  return journal_.epochs().continues() && journal_.epochs().journals_asked().has_value();
}

/// Each run ends in a signature over its last act, so that it can be judged while the next one is on its way.
void ExchangeClient::add_acts(Saying& saying, JournalSnapshot const& held, std::size_t budget_bytes,
                              std::size_t run_bytes) {
  std::uint64_t covered = held.greatest ? held.greatest->journal_seq : 0;
  covered = std::min(covered, centre_.acts.value_or(covered));
  // The centre knows nothing of a journal that goes on from another before it has seen its opening.
  bool const opens = covered == 0 && journal_.epochs().continues();
  if ((learnt_ < breaks_ && !opens) || held.journal.seq <= covered) return;
  bool const only_opening = waits_for_journals();
  if (only_opening && covered > 0) return;
  auto acts = journal_.acts_after(covered, only_opening ? 0 : budget_bytes);
  // Only the opening of the next feed will say how much of this one the centre still has.
  if (centre_.feed.value_or(held.feed.list.epoch) != held.feed.list.epoch) {
    acts = on_proven_ground(std::move(acts), held.feed);
    if (acts.empty()) return;
  }
  saying.acts = acts.size();
  saying.request.first_act = covered + 1;
  std::uint64_t last = covered;
  for (auto& run : runs_of(std::move(acts), run_bytes)) {
    last += run.size();
    auto const hash = journal_.hash_at(last);
    check(hash.has_value(), "the journal gave acts but no hash for the last of them");
    auto const head = wire::sign_head(held.journal.list, last, *hash, suite_, identity_.keys.secret_key);
    if (!saying.request.head) {
      saying.request.head = head;
      saying.request.acts = std::move(run);
    } else {
      saying.runs.push_back({head.signature, std::move(run)});
    }
  }
}

/// `held` is what was held when the request left: what another exchange has brought since, this answer need not cover.
void ExchangeClient::learn(Saying const& saying, JournalSnapshot const& held, wire::ExchangeReply const& reply) {
  std::lock_guard const lock(mutex_);
  if (claimer_ == saying.number) {
    claimer_.reset();  // a reply of several parts says the same in each
    states_.hear(*saying.request.state, reply.state, journal_.states());
  }
  if (saying.number < centre_.told_by) return;
  bool const lost_acts = held.greatest && reply.receipt.journal_seq < held.greatest->journal_seq;
  centre_ = {.told_by = saying.number,
             .feed = reply.receipt.feed_epoch,
             .acts = lost_acts ? std::optional(reply.receipt.journal_seq) : std::nullopt,
             .went_back = !reply.report_wanted && held.greatest && went_back(reply.receipt, *held.greatest),
             .report_wanted = reply.report_wanted};
}

Result<SettledExchange> ExchangeClient::verify(JournalSnapshot const& held, wire::ExchangeRequest const& request,
                                               wire::ExchangeReply&& reply, RoundTrip const& round_trip) {
  if (reply.receipt.nonce != request.nonce) return reply_not_ours();
  auto earlier = std::exchange(reply.earlier_journals, std::nullopt);
  auto settled = check_reply({.journal = journal_, .identity = identity_, .suite = suite_}, held, std::move(reply));
  if (!settled) return settled;
  settled->round_trip = round_trip;
  if (!earlier || !request.journals_held) return settled;
  std::lock_guard const lock(mutex_);
  auto journals = gathering_.take(*std::move(earlier));
  if (!journals) return journals.error();
  if (*journals) settled->journals = {**std::move(journals), draw_epoch(random_), draw_keys(random_)};
  return settled;
}

}  // namespace fieldnode::engine
