#include "node/office/sync_loop.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "node/office/clock_journal.h"
#include "node/office/rule_follower.h"
#include "sync/base/check.h"

namespace fieldnode::office {
namespace {

/// The centre and this node do not agree on what was said: a person must look before more is said.
bool stops_sending(std::string_view code) {
  static constexpr std::array<std::string_view, 7> kAlarms{
      "journal_fork",       "journal_superseded", "journal_return_broken", "feed_broken",
      "feed_epoch_changed", "report_conflicts",   "report_unproven"};
  return std::ranges::find(kAlarms, code) != kAlarms.end();
}

Refusal state_differs(std::vector<AssignmentId> const& assignments) {
  std::string names;
  for (auto const id : assignments) names += fmt::format("{}{}", names.empty() ? "" : ", ", id.value);
  return refuse("state_differs",
                fmt::format("This node and the centre hold the same entries and make another state of assignment {}. "
                            "Tell the centre's operator; work goes on. Are both programs of the same version?",
                            names));
}

/// The line, not the centre: it may be there again at once.
bool has_broken(std::string_view code) { return code == "connection_lost" || code == "timeout"; }

bool has_moved(engine::ExchangeOutcome const& outcome) {
  return outcome.acts_sent + outcome.entries_received + outcome.entries_handed_back > 0;
}

constexpr unsigned kBarrenMost = 3;
constexpr unsigned kHastyMost = 3;
constexpr Milliseconds kSlice{60'000};  ///< the clock's floor is kept at least so often
constexpr Milliseconds kQuickPoll{1'000};
/// The centre ends a parked poll at once when there is news; one that is silent longer than this is dead.
constexpr Milliseconds kNewsMax{10'000};

}  // namespace

SyncLoop::SyncLoop(World world)
    : world_(std::move(world)),
      acts_{.line = world_.acts, .pace = engine::Pace(world_.random, {})},
      poll_{.line = world_.poll, .pace = engine::Pace(world_.random, {})} {}

void SyncLoop::start() {
  check(!acts_.thread.joinable(), "a loop is started once");
  acts_.thread = std::thread([this] { send_acts(); });
  poll_.thread = std::thread([this] { fetch_feed(); });
}

void SyncLoop::stop() {
  {
    std::lock_guard const lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (auto* lane : {&acts_, &poll_}) {
    lane->line.shut();
    if (lane->thread.joinable()) lane->thread.join();
  }
}

void SyncLoop::nudge() {
  {
    std::lock_guard const lock(mutex_);
    acts_.nudged = true;
    poll_.nudged = true;
  }
  changed_.notify_all();
}

Result<RoundReport> SyncLoop::round(Milliseconds most) {
  std::uint64_t mine = 0;
  {
    std::lock_guard const lock(mutex_);
    mine = rounds_.ask();
    view_.alarm.reset();
  }
  nudge();
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, most, [&] { return rounds_.is_done(mine) || stopping_; });
  if (!rounds_.is_done(mine)) {
    return refuse("timeout", "The exchange with the centre is not done yet; it goes on in the background.");
  }
  return rounds_.result();
}

LinkView SyncLoop::view() const {
  std::lock_guard const lock(mutex_);
  auto view = view_;
  for (auto const* lane : {&acts_, &poll_}) {
    if (lane->retry_at) view.next_in = std::min(view.next_in.value_or(Milliseconds::max()), until(lane->retry_at));
  }
  return view;
}

bool SyncLoop::entries_go() const {
  std::lock_guard const lock(mutex_);
  return acts_.nudged || acts_.carries || poll_.carries;
}

// ---- the threads ----------------------------------------------------------------------------------------------------

void SyncLoop::send_acts() {
  // The feed comes on the other connection: in one answer with the acts' receipt it would wait for a long upload.
  while (wait_for_acts()) work(acts_, {.reply_budget_bytes = 0});
}

void SyncLoop::fetch_feed() {
  follow();
  for (;;) {
    engine::ExchangeOptions options{.reply_budget_bytes = world_.settings.reply_budget_bytes, .carries_acts = false};
    {
      std::lock_guard const lock(mutex_);
      if (stopping_) return;
      // Where something is known to wait, silence is a fault of the line and not to be waited out.
      if (caught_up_ && has_followed_) options.wait = world_.settings.wait;
    }
    work(poll_, options);
  }
}

/// False when the loop is to end.
bool SyncLoop::wait_for_acts() {
  for (;;) {
    bool const waiting = acts_wait();
    std::unique_lock lock(mutex_);
    if (stopping_) return false;
    if (rounds_.wants_acts() || ((waiting || centre_lacks_) && !is_stopped())) return true;
    wait_for_nudge(lock);
  }
}

bool SyncLoop::acts_wait() {
  try {
    return world_.store.undelivered() > 0;
  } catch (std::exception const&) {
    return true;  // the attempt meets the same fault and reports it
  }
}

/// Also sees to it that a poll which does not bring what is there is given up.
void SyncLoop::wait_for_nudge(std::unique_lock<std::mutex>& lock) {
  auto const disturbed = [this] { return stopping_ || acts_.nudged || rounds_.wants_acts(); };
  acts_.carries = false;
  while (!changed_.wait_for(lock, poll_due_ ? until(poll_due_) : kSlice, disturbed)) {
    if (!poll_due_ || until(poll_due_) > Milliseconds(0)) continue;
    poll_due_.reset();
    if (poll_.parked) poll_.line.cancel();
  }
  acts_.nudged = false;
  acts_.carries = true;  // until it is seen that nothing waits
}

void SyncLoop::work(Lane& lane, engine::ExchangeOptions options) {
  auto const before = view();
  auto const begun = begin(lane, options.wait.count() > 0);
  auto const outcome = attempt(lane, options);
  auto const rest = outcome ? took_over(lane, *outcome, begun) : failed(lane, outcome.error(), begun);
  bool const moved = outcome && has_moved(*outcome);
  auto const now = view();
  // Entries on the unit as a whole touch no assignment, and nobody else tells the page of them.
  if (moved || now.online != before.online || now.alarm != before.alarm) report();
  if (&lane == &poll_) {
    follow();
    look_for_acts();
  }
  if (rest > Milliseconds(0)) pause(lane, rest);
}

/// What the program itself has journaled meanwhile (an outage, new rules, clocks) leaves too.
void SyncLoop::look_for_acts() {
  std::lock_guard const lock(mutex_);
  if (acts_.retry_at) return;
  acts_.nudged = true;
  changed_.notify_all();
}

SyncLoop::Begun SyncLoop::begin(Lane& lane, bool parks) {
  std::lock_guard const lock(mutex_);
  lane.nudged = false;
  lane.parked = parks;
  lane.carries = !parks;
  return {world_.clock.since_boot(), rounds_.asked()};
}

/// The fence of a sync tick: a broken world is a failed attempt.
Result<engine::ExchangeOutcome> SyncLoop::attempt(Lane& lane, engine::ExchangeOptions const& options) {
  auto outcome = [&]() -> Result<engine::ExchangeOutcome> {
    try {
      return world_.exchanger.once(lane.line, options);
    } catch (std::exception const& broken) {
      return refuse("broken_world", broken.what());
    }
  }();
  std::lock_guard const lock(mutex_);
  lane.parked = false;
  return outcome;
}

/// Gives the pause before the next attempt.
Milliseconds SyncLoop::took_over(Lane& lane, engine::ExchangeOutcome const& outcome, Begun const& begun) {
  bool const moved = has_moved(outcome);
  bool const is_poll = &lane == &poll_;
  std::lock_guard const lock(mutex_);
  bool const was_parked = is_poll && caught_up_;
  lane.pace.succeeded();
  lane.sent_away = false;
  note_progress(lane, outcome, begun);
  bool const is_done = is_poll ? caught_up_ : outcome.delivered_all;
  lane.barren = moved || is_done ? 0 : lane.barren + 1;
  auto const asked = std::chrono::duration_cast<Milliseconds>(outcome.hold_off);
  bool const answered_at_once = was_parked && !moved && world_.clock.since_boot() - begun.at < kQuickPoll;
  // One now and then is the centre's word on a state that this node has claimed.
  lane.hasty = answered_at_once ? lane.hasty + 1 : 0;
  if (lane.barren >= kBarrenMost || lane.hasty >= kHastyMost) return std::max(asked, kQuickPoll);
  return asked;
}

void SyncLoop::note_progress(Lane const& lane, engine::ExchangeOutcome const& outcome, Begun const& begun) {
  come_online();
  ++view_.exchanges;
  if (outcome.feed_held.epoch != feed_held_.epoch || outcome.feed_held.seq > feed_held_.seq) {
    feed_held_ = outcome.feed_held;
  }
  rounds_.count(outcome);
  bool const has_all = &lane == &acts_ && outcome.delivered_all;
  centre_lacks_ = outcome.centre_lost_acts || (centre_lacks_ && !has_all);
  if (&lane == &poll_) {
    caught_up_ = outcome.feed_whole;
    poll_due_.reset();
    look_at_alarm(outcome);
  } else if (outcome.delivered_all) {
    rounds_.serve(begun.round, outcome.feed_head);
  }
  bool const has_news = outcome.feed_head.epoch == feed_held_.epoch && outcome.feed_head.seq > feed_held_.seq;
  if (&lane == &acts_ && has_news) poll_due_ = world_.clock.since_boot() + kNewsMax;
  rounds_.reach(feed_held_);
  changed_.notify_all();
}

/// A fork is seen by the centre alone; that a poll goes well does not undo it.
void SyncLoop::look_at_alarm(engine::ExchangeOutcome const& outcome) {
  if (view_.alarm && view_.alarm->code == "journal_fork") return;
  acts_.nudged = acts_.nudged || is_stopped();
  view_.alarm.reset();
  if (!outcome.differing.empty()) view_.alarm = state_differs(outcome.differing);
}

bool SyncLoop::is_stopped() const { return view_.alarm && stops_sending(view_.alarm->code); }

/// One connection got through: the other need not wait for its turn, unless it was told to.
void SyncLoop::come_online() {
  if (!view_.online) {
    for (auto* lane : {&acts_, &poll_}) lane->nudged = lane->nudged || (lane->retry_at && !lane->sent_away);
  }
  view_.online = true;
}

Milliseconds SyncLoop::failed(Lane& lane, Refusal const& why, Begun const& begun) {
  if (why.code == "cancelled") {
    std::lock_guard const lock(mutex_);
    caught_up_ = false;
    return Milliseconds(0);
  }
  auto const asked = lane.line.asked_pause();
  std::lock_guard const lock(mutex_);
  auto const rest = has_broken(why.code) ? lane.pace.broke() : lane.pace.failed(asked);
  lane.sent_away = asked > Milliseconds(0);
  if (&lane == &poll_) caught_up_ = false;  // what the centre holds is to be learnt anew
  view_.online = false;
  lane.carries = false;
  if (stops_sending(why.code)) view_.alarm = why;
  // Nothing is undelivered by the receipts held, and still the centre must hear this journal from its opening on.
  centre_lacks_ = centre_lacks_ || why.code == "unknown_epoch";
  // Of a revoked node nothing but the acts has a way left, and how that ends is for them to say.
  bool const is_for_acts = &lane == &poll_ && why.code == "node_revoked";
  if (!is_for_acts && rounds_.fail(begun.round, why)) changed_.notify_all();
  return rest;
}

/// Waits, or until a nudge or the end, and keeps the clock's floor meanwhile.
void SyncLoop::pause(Lane& lane, Milliseconds most) {
  std::unique_lock lock(mutex_);
  lane.retry_at = world_.clock.since_boot() + most;
  auto const disturbed = [&] { return lane.nudged || stopping_; };
  while (!changed_.wait_for(lock, std::min(kSlice, until(lane.retry_at)), disturbed) &&
         until(lane.retry_at) > Milliseconds(0)) {
    if (&lane != &poll_) continue;
    lock.unlock();
    keep_floor();
    lock.lock();
  }
  if (lane.nudged) lane.pace.nudged();
  lane.retry_at.reset();
}

/// Brings the rows in line with rules that came, or with which a stop was not done, as long as nobody waits for an
/// exchange.
void SyncLoop::follow() {
  auto const is_wanted = [this] {
    std::lock_guard const lock(mutex_);
    return stopping_ || rounds_.is_waited_for();
  };
  try {
    for (has_followed_ = false; !has_followed_ && !is_wanted();) {
      auto const all = follow_rules(world_.store, world_.time);
      has_followed_ = !all || *all;  // refused in safe mode; the next exchange goes on
    }
  } catch (std::exception const&) {
    has_followed_ = true;  // the next attempt meets the same fault and reports it
  }
}

void SyncLoop::keep_floor() {
  try {
    // In safe mode nothing is kept any more; the page shows that already.
    static_cast<void>(world_.store.keep_time(world_.time.stamp().state));
    journal_clocks(world_.store, world_.time);
  } catch (std::exception const&) {
    nudge();  // the next attempt meets the same fault and reports it
  }
}

Milliseconds SyncLoop::until(std::optional<Milliseconds> moment) const {
  return std::max(Milliseconds(0), moment.value_or(Milliseconds(0)) - world_.clock.since_boot());
}

void SyncLoop::report() const {
  if (world_.on_change) world_.on_change();
}

}  // namespace fieldnode::office
