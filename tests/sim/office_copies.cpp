/// Backups of an office's disk that are put back, and copies of it that run beside it.
#include <fmt/format.h>

#include <algorithm>

#include "tests/sim/office_life.h"

namespace fieldnode::sim {

using namespace std::chrono_literals;

OfficeLife::OfficeLife(OfficeLife const& original, std::uint64_t seed)
    : city_(original.city_),
      seed_(seed),
      chance_(stream_of(seed, 11)),
      fault_chance_(stream_of(seed, 12)),
      link_chance_(stream_of(seed, 13)),
      machine_(original.machine_, seed),
      link_({city_.timeline, city_.centre, city_.faults, link_chance_, city_.trace}, machine_.identity().node),
      house_(fmt::format("{}.{}", original.house_, original.copies_.size() + 1)),
      clerks_(chance_, city_.faults, house_),
      pace_(chance_, {}),
      is_copy_(true) {}

// ---- a backup is put back -------------------------------------------------------------------------------------------

void OfficeLife::plan_backup() {
  city_.timeline.after(std::chrono::hours(12 + fault_chance_.below(36)), [this] {
    if (city_.faults.stopped()) return;
    bool const is_well = machine_.runs() && !machine_.disk().is_off() && !machine_.writer().failure();
    if (is_well) backup_ = Backup{machine_.disk().image(), city_.oracle.acts_on(machine_)};
    plan_backup();
  });
}

/// The disk is lost, and whoever pressed something on a page of it looks at what is there before they go on.
void OfficeLife::put_back() {
  if (!backup_) return;
  city_.faults.note(Fault::kNodeRestored);
  machine_.cut_power();
  ++program_number_;
  busy_ = true;
  doubtful_.clear();
  pressed_.clear();
  city_.timeline.after(between(3600, 24 * 3600), [this] { come_back_old(); });
}

void OfficeLife::come_back_old() {
  if (!busy_ || machine_.runs() || city_.faults.stopped()) return;  // somebody has found the disk good
  if (!city_.centre.runs()) return city_.timeline.after(1h, [this] { come_back_old(); });
  machine_.put_in(backup_->disk, wall_after(Fault::kPowerCut));
  city_.oracle.put_back(machine_, backup_->acts, city_.centre);
  note_disk();
  say("is restored from a backup");
  begins_anew_ = true;
  busy_ = false;
  start_program();
}

bool OfficeLife::begin_journal() {
  bool begun = false;
  bool const whole = guarded([&] { begun = machine_.begin_journal().has_value(); });
  if (whole && begun) return true;
  if (machine_.runs()) machine_.kill();
  return false;
}

// ---- a copy runs ----------------------------------------------------------------------------------------------------

bool OfficeLife::has_copy() const {
  return std::ranges::any_of(copies_, [](auto const& copy) { return !copy->is_over_; });
}

void OfficeLife::run_copy() {
  if (has_copy()) return;
  city_.faults.note(Fault::kNodeCopied);
  auto copy = std::make_unique<OfficeLife>(*this, stream_of(seed_, 40 + copies_.size()));
  city_.oracle.copied(machine_, copy->machine_);
  // A machine that starts needs some seconds, which its boot clock counts.
  city_.timeline.after(between(60, 3600),
                       [it = copy.get(), image = machine_.disk().image()] { it->begin_as_copy(image); });
  city_.timeline.after(between(6 * 3600, 48 * 3600), [this, it = copy.get()] { end_copy(*it); });
  copies_.push_back(std::move(copy));
}

void OfficeLife::begin_as_copy(DiskImage const& image) {
  if (is_over_) return;
  machine_.put_in(image, city_.timeline.truth());
  start_program();
}

/// Somebody finds the copy. Either what was done there is wanted, then it is chosen until all of it has come over, or
/// it is switched off and what was done there alone is lost.
void OfficeLife::end_copy(OfficeLife& copy) {
  if (copy.is_over_ || city_.faults.stopped()) return;
  auto const again = [this, it = &copy](Milliseconds in) { city_.timeline.after(in, [this, it] { end_copy(*it); }); };
  if (!copy.machine_.runs() || !city_.centre.runs()) return again(1h);
  if (!copy.is_wanted_) {
    if (fault_chance_.below(2) == 0) return switch_off(copy);
    copy.is_wanted_ = true;
    copy.choose();
    return again(6h);
  }
  copy.all_delivered() ? switch_off(copy) : again(2h);
}

void OfficeLife::switch_off(OfficeLife& copy) {
  copy.say("the copy is switched off");
  city_.oracle.look_at_seals(machine_, copy.machine_);
  copy.is_over_ = true;
  copy.busy_ = true;
  ++copy.program_number_;
  copy.machine_.cut_power();
  city_.oracle.gone(copy.machine_, city_.centre);
}

void OfficeLife::hear_of_copy() {
  if (is_copy_ && !is_wanted_) return;
  if (city_.faults.stopped()) return choose();
  if (choice_planned_ == program_number_) return;
  choice_planned_ = program_number_;
  plan(between(1800, 7200), &OfficeLife::choose);
}

void OfficeLife::choose() {
  choice_planned_ = 0;
  if (!guarded([&] { (void)machine_.begin_journal(); })) return;
  city_.oracle.chosen(machine_);
  say("is chosen");
  plan_exchange(between(1, 10));
}

bool OfficeLife::copies_drained() {
  for (auto const& copy : copies_) {
    if (copy->is_over_) continue;
    if (!copy->drained()) return false;
    switch_off(*copy);
  }
  return true;
}

}  // namespace fieldnode::sim
