/// What befalls an office's machine and its line.
#include <fmt/format.h>

#include "node/office/journal_state.h"
#include "node/office/node_time.h"
#include "tests/sim/office_life.h"

namespace fieldnode::sim {
namespace {

using namespace std::chrono_literals;

constexpr std::array kMishaps{Fault::kLinkDown,         Fault::kLongOffline,   Fault::kWallForward,
                              Fault::kWallBack,         Fault::kWallYears,     Fault::kDeadRtc1970,
                              Fault::kDeadRtcBuildDate, Fault::kJumpWhileOff,  Fault::kPowerOffGap,
                              Fault::kSuspend,          Fault::kMachinePaused, Fault::kProcessKilled,
                              Fault::kPowerCut,         Fault::kPowerFlickers, Fault::kCrashAtDiskCall,
                              Fault::kDiskFull,         Fault::kSyncFails,     Fault::kReadFails,
                              Fault::kNodeRestored,     Fault::kNodeCopied,    Fault::kNodeReplaced};

/// How a fault of the disk is called here, where it is one that is counted.
std::optional<Fault> fault_of(DiskFault fault) {
  switch (fault) {
    case DiskFault::kWriteLost:
      return Fault::kWritesLost;
    case DiskFault::kWriteTorn:
      return Fault::kWritesTorn;
    case DiskFault::kWriteReordered:
      return Fault::kWritesReordered;
    case DiskFault::kFull:
      return Fault::kDiskFull;
    case DiskFault::kFreed:
      return Fault::kDiskFreed;
    case DiskFault::kSyncFailed:
      return Fault::kSyncFails;
    case DiskFault::kReadFailed:
      return Fault::kReadFails;
    default:
      return std::nullopt;
  }
}

}  // namespace

void OfficeLife::plan_mishap() {
  auto const hours = 2 + fault_chance_.below(20);
  city_.timeline.after(std::chrono::hours(hours), [this] {
    if (city_.faults.stopped()) return;
    mishap();
    plan_mishap();
  });
}

void OfficeLife::mishap() {
  if (is_given_up_ || !machine_.runs() || busy_ || in_exchange_ || machine_.writer().failure()) return;
  auto const fault = city_.faults.draw(kMishaps, fault_chance_);
  if (!fault) return;
  say(name_of(*fault));
  befall(*fault);
}

void OfficeLife::befall(Fault fault) {
  switch (fault) {
    case Fault::kLinkDown:
      city_.faults.note(fault);
      return cut_line(between(300, 6 * 3600));
    case Fault::kLongOffline:
      city_.faults.note(fault);
      return cut_line(between(24 * 3600, 72 * 3600));
    case Fault::kWallForward:
    case Fault::kWallBack:
    case Fault::kWallYears:
    case Fault::kSuspend:
    case Fault::kMachinePaused:
      return befall_clock(fault);
    case Fault::kCrashAtDiskCall:
    case Fault::kDiskFull:
    case Fault::kSyncFails:
    case Fault::kReadFails:
      if (fault_chance_.below(2) == 0) return befall_disk(fault);
      at_next_press_ = fault;
      return;
    case Fault::kNodeRestored:
      return put_back();
    case Fault::kNodeCopied:
      return run_copy();
    case Fault::kNodeReplaced:
      return give_up();
    case Fault::kPowerFlickers:
      return flicker();
    default:
      return befall_power(fault);
  }
}

/// The program looks at its clocks once a minute: two of these never fall between two looks.
void OfficeLife::befall_clock(Fault fault) {
  if (!guarded([&] { (void)machine_.store().keep_time(machine_.time().stamp().state); })) return;
  city_.faults.note(fault);
  auto& clock = machine_.clock();
  switch (fault) {
    case Fault::kWallForward:
      clock.step_wall(between(1, 48 * 3600));
      break;
    case Fault::kWallBack:
      clock.step_wall(-between(1, 48 * 3600));
      break;
    case Fault::kWallYears:
      clock.step_wall((fault_chance_.below(2) == 0 ? 1 : -1) * between(365 * 86'400, 3650LL * 86'400));
      break;
    case Fault::kSuspend:
      // A long sleep hides what the real-time clock miscounts behind the drift bound.
      return suspend(fault_chance_.below(2) == 0 ? between(60, 300) : between(60, 10 * 3600));
    default:
      return stand_still(between(3, 7200));
  }
  guarded([&] { (void)machine_.store().keep_time(machine_.time().stamp().state); });
}

void OfficeLife::suspend(Milliseconds by) {
  busy_ = true;
  machine_.clock().fall_asleep();
  city_.timeline.after(by, [this] {
    if (!busy_ || is_over_) return;  // somebody has woken it
    machine_.clock().wake(draw_sleep_error());
    busy_ = false;
    start_again();
  });
}

Milliseconds OfficeLife::draw_sleep_error() {
  return Milliseconds(static_cast<std::int64_t>(fault_chance_.below(2001)) - 1000);
}

void OfficeLife::stand_still(Milliseconds by) {
  busy_ = true;
  machine_.clock().stand_still();
  auto const stood = engine::read_clocks(machine_.clock());
  city_.timeline.after(by, [this, stood, since = city_.timeline.truth()] {
    if (!busy_ || is_over_) return;
    go_on_from(stood, since);
    busy_ = false;
    start_again();
  });
}

void OfficeLife::go_on_from(engine::ClockReading const& stood, UtcTime since) {
  auto& clock = machine_.clock();
  auto const drawn = fault_chance_.below(3);
  if (drawn == 0) clock.go_on();
  if (drawn == 1) clock.go_on_set_right({});
  if (drawn == 2) clock.go_on_set_right(Milliseconds(static_cast<std::int64_t>(fault_chance_.below(1000))));
  // Set right from an error as long as the pause it shows no step: nothing on the machine can know of the pause then.
  auto const step = clock.wall() - stood.wall;
  if (std::chrono::abs(step) < 2s) city_.oracle.hide_pause(machine_, city_.timeline.truth() - since);
}

void OfficeLife::stop_meanwhile(Fault fault) {
  auto& clock = machine_.clock();
  auto const since = city_.timeline.truth();
  auto const by = between(3, 900);
  if (fault == Fault::kSleptInExchange) {
    clock.fall_asleep();
    city_.timeline.pass(by);
    return clock.wake(draw_sleep_error());
  }
  clock.stand_still();
  auto const stood = engine::read_clocks(clock);
  city_.timeline.pass(by);
  go_on_from(stood, since);
}

void OfficeLife::befall_disk(Fault fault) {
  auto& disk = machine_.disk();
  switch (fault) {
    case Fault::kCrashAtDiskCall:
      city_.faults.note(fault);
      cut_by_ = fault;
      return disk.stop_at(disk.calls() + 1 + fault_chance_.below(400));
    case Fault::kDiskFull:
      return disk.fill(fault_chance_.below(2) * fault_chance_.below(64 * 1024));
    case Fault::kSyncFails:
      return disk.fail_next(DiskCall::kSync);
    default:
      return disk.fail_next(DiskCall::kRead);
  }
}

void OfficeLife::befall_power(Fault fault) {
  city_.faults.note(fault);
  if (fault == Fault::kProcessKilled) {
    machine_.kill();
    ++program_number_;
    return plan(between(1, 60), &OfficeLife::start_program);
  }
  auto const longest = std::max<std::int64_t>(86'400, city_.days * 86'400 / 4);
  lose_power(fault, fault == Fault::kPowerOffGap ? between(60, longest) : between(60, 4 * 3600));
}

void OfficeLife::lose_power(Fault fault, Milliseconds off) {
  say(fmt::format("no power for {} s", off / 1s));
  cut_by_ = fault;
  machine_.cut_power();
  ++program_number_;
  busy_ = true;
  city_.timeline.after(off, [this] {
    if (busy_ && !is_over_ && !machine_.runs()) power_up();
  });
}

/// Power comes back for less than a minute, long enough to reach the centre once; the second time it takes the line
/// along.
void OfficeLife::flicker() {
  city_.faults.note(Fault::kPowerFlickers);
  auto const off = between(60, 600);
  lose_power(Fault::kPowerFlickers, off);
  city_.timeline.after(off + between(15, 50), [this] {
    if (!machine_.runs() || busy_ || city_.faults.stopped()) return;
    lose_power(Fault::kPowerCut, between(60, 4 * 3600));
    cut_line(between(24 * 3600, 72 * 3600));
  });
}

void OfficeLife::power_up() {
  note_disk();
  machine_.reboot(draw_loss(), wall_after(cut_by_));
  note_disk();
  cut_by_ = Fault::kPowerCut;
  busy_ = false;
  start_program();
}

LossMode OfficeLife::draw_loss() { return static_cast<LossMode>(fault_chance_.below(3)); }

UtcTime OfficeLife::wall_after(Fault fault) {
  auto const truth = city_.timeline.truth();
  switch (fault) {
    case Fault::kDeadRtc1970:
      return utc_from_ms(0);
    case Fault::kDeadRtcBuildDate:
      return office::build_date();
    case Fault::kJumpWhileOff:
      return truth + (fault_chance_.below(2) == 0 ? 1 : -1) * between(60, 400 * 86'400);
    default:
      return truth + between(-5, 5);
  }
}

void OfficeLife::cut_line(Milliseconds off) {
  link_.cut();
  city_.timeline.after(off, [this] {
    link_.mend();
    say("the line is back");
  });
}

void OfficeLife::note_disk() {
  for (std::size_t i = 0; i < disk_seen_.size(); ++i) {
    auto const kind = static_cast<DiskFault>(i);
    auto const seen = machine_.disk().faults(kind);
    if (auto const fault = fault_of(kind); fault && seen > disk_seen_[i]) city_.faults.note(*fault);
    disk_seen_[i] = seen;
  }
}

// ---- when the faults have stopped -----------------------------------------------------------------------------------

void OfficeLife::heal() {
  if (is_given_up_) enrol_successor();
  if (successor_) return successor_->heal();
  link_.mend();
  at_next_press_.reset();
  for (auto const& copy : copies_) {
    if (copy->is_over_) continue;
    copy->is_wanted_ = true;
    copy->heal();
    if (copy->machine_.runs()) copy->choose();
  }
  auto& disk = machine_.disk();
  disk.never_stop();
  disk.mend();
  disk.make_room();
  if (busy_ && machine_.runs()) {
    machine_.clock().go_on();
    busy_ = false;
  }
  if (disk.is_off()) {
    cut_by_ = Fault::kPowerCut;
    return power_up();
  }
  busy_ = false;
  if (machine_.runs() && machine_.writer().failure()) machine_.kill();
  ++program_number_;
  start_program();
}

bool OfficeLife::drained() {
  if (successor_) return successor_->drained();
  if (is_given_up_) return false;
  if (!copies_drained()) return false;
  if (!machine_.runs()) {
    start_program();
    return false;
  }
  retry_doubtful();
  for (int i = 0; i < 50; ++i) {
    exchange();
    if (!machine_.runs()) return false;
    auto const feed = machine_.store().snapshot().feed;
    auto const head = city_.centre.store().feed_head(machine_.identity().unit);
    bool const all_here = head && *head == Position{feed.list.epoch, feed.seq};
    if (all_here && doubtful_.empty() && all_delivered()) return true;
  }
  return false;
}

bool OfficeLife::all_delivered() {
  auto const held = machine_.store().snapshot();
  // Until the journals before the live one are here, that one is no more than its opening.
  return held.greatest && held.greatest->journal_seq == held.journal.seq &&
         office::JournalState(machine_.connection()).journals_known();
}

}  // namespace fieldnode::sim
