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

constexpr unsigned kBarrenMost = 3;
constexpr Milliseconds kSlice{60'000};  ///< the clock's floor is kept at least so often
constexpr Milliseconds kQuickPoll{1'000};

}  // namespace

SyncLoop::SyncLoop(World world) : world_(std::move(world)), pace_(world_.random, {}) {}

void SyncLoop::start() {
  check(!thread_.joinable(), "a loop is started once");
  thread_ = std::thread([this] { run(); });
}

void SyncLoop::stop() {
  {
    std::lock_guard const lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  world_.acts.shut();
  world_.poll.shut();
  if (thread_.joinable()) thread_.join();
}

void SyncLoop::nudge() {
  bool parked = false;
  {
    std::lock_guard const lock(mutex_);
    nudged_ = true;
    parked = parked_;
  }
  changed_.notify_all();
  if (parked) world_.poll.cancel();
}

Result<RoundReport> SyncLoop::round(Milliseconds most) {
  std::uint64_t mine = 0;
  {
    std::lock_guard const lock(mutex_);
    mine = ++rounds_asked_;
    if (rounds_done_ + 1 == mine) round_ = {};
    view_.alarm.reset();
  }
  nudge();
  std::unique_lock lock(mutex_);
  bool const done = changed_.wait_for(lock, most, [&] { return rounds_done_ >= mine || stopping_; });
  if (!done || rounds_done_ < mine) {
    return refuse("timeout", "The exchange with the centre is not done yet; it goes on in the background.");
  }
  if (round_failure_) return *round_failure_;
  return round_;
}

LinkView SyncLoop::view() const {
  std::lock_guard const lock(mutex_);
  auto view = view_;
  if (retry_at_) view.next_in = until_pause_ends();
  return view;
}

bool SyncLoop::entries_go() const {
  std::lock_guard const lock(mutex_);
  return nudged_ || carries_;
}

// ---- the thread -----------------------------------------------------------------------------------------------------

void SyncLoop::run() {
  follow();
  while (auto const task = next_task()) {
    auto const began = world_.clock.since_boot();
    auto outcome = attempt(*task);
    auto const before = view();
    auto const rest =
        outcome ? took_over(*task, *outcome, world_.clock.since_boot() - began) : failed(*task, outcome.error());
    bool const moved = outcome && (outcome->acts_sent > 0 || outcome->entries_received > 0);
    auto const now = view();
    // Entries on the unit as a whole touch no assignment, and nobody else tells the page of them.
    if (moved || now.online != before.online || now.alarm != before.alarm) report();
    follow();
    if (rest > Milliseconds(0)) pause(rest);
  }
}

/// Brings the rows in line with rules that came, or with which a stop was not done, as long as nobody wants an
/// exchange.
void SyncLoop::follow() {
  try {
    while (!is_wanted()) {
      auto const all = follow_rules(world_.store, world_.time);
      if (!all || *all) return;  // refused in safe mode; the next exchange goes on
    }
  } catch (std::exception const&) {
    // The next attempt meets the same fault and reports it.
  }
}

bool SyncLoop::is_wanted() const {
  std::lock_guard const lock(mutex_);
  return stopping_ || nudged_;
}

/// What to do now; nothing when the loop is to end.
std::optional<SyncLoop::Task> SyncLoop::next_task() {
  bool waits = false;
  try {
    waits = world_.store.undelivered() > 0;
  } catch (std::exception const&) {
    waits = true;  // the attempt meets the same fault and reports it
  }
  std::lock_guard const lock(mutex_);
  if (stopping_) return std::nullopt;
  nudged_ = false;
  bool const asked = rounds_asked_ > rounds_done_;
  bool const sends = asked || ((waits || more_) && !(view_.alarm && stops_sending(view_.alarm->code)));
  parked_ = !sends;
  carries_ = sends;
  return Task{parked_, rounds_asked_};
}

/// The fence of a sync tick: a broken world is a failed attempt.
Result<engine::ExchangeOutcome> SyncLoop::attempt(Task const& task) {
  engine::ExchangeOptions options{.reply_budget_bytes = world_.settings.reply_budget_bytes};
  if (task.parks) options.wait = world_.settings.wait;
  auto outcome = [&]() -> Result<engine::ExchangeOutcome> {
    try {
      return world_.exchanger.once(task.parks ? world_.poll : world_.acts, options);
    } catch (std::exception const& broken) {
      return refuse("broken_world", broken.what());
    }
  }();
  std::lock_guard const lock(mutex_);
  parked_ = false;
  return outcome;
}

/// Gives the pause before the next attempt.
Milliseconds SyncLoop::took_over(Task const& task, engine::ExchangeOutcome const& outcome, Milliseconds took) {
  bool const moved = outcome.acts_sent + outcome.entries_received + outcome.entries_handed_back > 0;
  more_ = outcome.more;
  barren_ = moved || task.parks || !more_ ? 0 : barren_ + 1;
  pace_.succeeded();
  std::lock_guard const lock(mutex_);
  view_.online = true;
  carries_ = carries_ || more_;
  ++view_.exchanges;
  // A fork is seen by the centre alone; that a poll goes well does not undo it.
  if (view_.alarm && view_.alarm->code != "journal_fork") view_.alarm.reset();
  if (!outcome.differing.empty() && !view_.alarm) view_.alarm = state_differs(outcome.differing);
  if (rounds_asked_ > rounds_done_) {
    ++round_.exchanges;
    round_.acts_sent += outcome.acts_sent;
    round_.entries_received += outcome.entries_received;
  }
  if (!more_ && !task.parks && task.asked > rounds_done_) {
    rounds_done_ = task.asked;
    round_failure_.reset();
    changed_.notify_all();
  }
  auto const asked = std::chrono::duration_cast<Milliseconds>(outcome.hold_off);
  bool const answered_at_once = task.parks && !moved && took < kQuickPoll;
  if (barren_ >= kBarrenMost || answered_at_once) return std::max(asked, kQuickPoll);
  return asked;
}

Milliseconds SyncLoop::failed(Task const& task, Refusal const& why) {
  if (why.code == "cancelled") return Milliseconds(0);
  auto const& used = task.parks ? world_.poll : world_.acts;
  more_ = true;  // what the centre holds is to be learnt anew
  auto const rest = pace_.failed(used.asked_pause());
  std::lock_guard const lock(mutex_);
  view_.online = false;
  carries_ = false;
  if (stops_sending(why.code)) view_.alarm = why;
  if (task.asked > rounds_done_) {
    rounds_done_ = task.asked;
    round_failure_ = why;
    changed_.notify_all();
  }
  return rest;
}

/// Waits, or until a nudge or the end, and keeps the clock's floor meanwhile.
void SyncLoop::pause(Milliseconds most) {
  std::unique_lock lock(mutex_);
  retry_at_ = world_.clock.since_boot() + most;
  auto const disturbed = [&] { return nudged_ || stopping_; };
  while (!changed_.wait_for(lock, std::min(kSlice, until_pause_ends()), disturbed) &&
         until_pause_ends() > Milliseconds(0)) {
    lock.unlock();
    keep_floor();
    lock.lock();
  }
  if (nudged_) pace_.nudged();
  retry_at_.reset();
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

Milliseconds SyncLoop::until_pause_ends() const {
  if (!retry_at_) return Milliseconds(0);
  return std::max(Milliseconds(0), *retry_at_ - world_.clock.since_boot());
}

void SyncLoop::report() const {
  if (world_.on_change) world_.on_change();
}

}  // namespace fieldnode::office
