#pragma once

#include <array>
#include <deque>
#include <map>
#include <memory>

#include "sync/engine/pace.h"
#include "tests/sim/clerk.h"
#include "tests/sim/oracle/oracle.h"
#include "tests/sim/sim_link.h"

namespace fieldnode::sim {

/// What every life in the city sees.
struct City {
  Timeline& timeline;
  Faults& faults;
  Oracle& oracle;
  Trace& trace;
  SimCentre& centre;
  OfficeGround ground;
  int days{};
};

/// An office from day to day: its staff at their work, its sync loop, and what befalls its machine and its line.
class OfficeLife {
 public:
  OfficeLife(City& city, office::OfficeIdentity identity, crypto::KeyPair const& keys, std::uint64_t seed);

  /// The first day begins.
  void begin();
  /// The unit's feed has grown: a parked poll ends.
  void wake();
  /// The faults have stopped: somebody sets everything right.
  void heal();
  /// Tries to bring everything over. True once nothing is left on either side.
  [[nodiscard]] bool drained();

  [[nodiscard]] SimOffice& machine() { return machine_; }
  [[nodiscard]] SimLink& link() { return link_; }
  /// Its program runs and nothing keeps it from answering.
  [[nodiscard]] bool up() const { return machine_.runs() && !busy_; }

 private:
  // the sync loop
  void plan_exchange(Milliseconds in);
  void exchange();
  /// What happens at the office while a reply is on its way.
  void overtake();
  [[nodiscard]] Result<engine::ExchangeOutcome> attempt(engine::ExchangeOptions options);
  void keep_floor();

  // the staff
  void plan_work();
  void work();
  void do_something();
  void press(WantedAct const& act);
  void take_saved(WantedAct const& act, office::RecordedAct const& recorded, UtcTime truth);
  void press_variants(WantedAct const& act);
  void doubt(WantedAct const& act, UtcTime truth);
  void retry_doubtful();

  // what befalls them
  void plan_mishap();
  void mishap();
  void befall(Fault fault);
  void befall_clock(Fault fault);
  void befall_disk(Fault fault);
  void befall_power(Fault fault);
  void lose_power(Fault fault, Milliseconds off);
  [[nodiscard]] UtcTime wall_after(Fault fault);
  [[nodiscard]] LossMode draw_loss();
  void cut_line(Milliseconds off);
  void power_up();
  void suspend(Milliseconds by);
  void stand_still(Milliseconds by);
  /// The machine goes on that stood still since its clocks showed `stood`.
  void go_on_from(engine::ClockReading const& stood, UtcTime since);
  /// It stands still or sleeps while an exchange is under way.
  void stop_meanwhile(Fault fault);
  [[nodiscard]] Milliseconds draw_sleep_error();
  void start_program();
  void restart();
  /// The machine is awake again: its program goes on where it stood.
  void start_again();
  /// Runs what may meet a failing disk. False when it did.
  bool guarded(std::function<void()> const& work);
  void note_disk();

  /// An event of the program that runs now; what was planned for an earlier one does not happen.
  void plan(Milliseconds in, void (OfficeLife::*event)());
  [[nodiscard]] Milliseconds between(std::int64_t least_s, std::int64_t most_s);
  [[nodiscard]] bool is_day() const;
  void say(std::string_view what);

  City& city_;
  SeededRandom chance_;
  SeededRandom fault_chance_;
  SeededRandom link_chance_;
  SimOffice machine_;
  SimLink link_;
  Clerks clerks_;
  engine::Pace pace_;
  std::uint64_t program_number_{0};
  std::uint64_t exchange_number_{0};  ///< only the exchange planned last happens
  bool busy_{false};                  ///< the machine sleeps, is off, or stands still
  bool in_exchange_{false};
  std::deque<WantedAct> doubtful_;                       ///< acts of which nobody knows whether they were saved
  std::map<std::string, std::vector<UtcTime>> pressed_;  ///< when those were pressed
  Fault cut_by_{Fault::kPowerCut};
  std::optional<Fault> at_next_press_;  ///< a fault of the disk that waits for somebody to work
  std::array<std::uint64_t, static_cast<std::size_t>(DiskFault::kCount)> disk_seen_{};
};

}  // namespace fieldnode::sim
