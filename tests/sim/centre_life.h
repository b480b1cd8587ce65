#pragma once

#include "tests/sim/office_life.h"
#include "tests/sim/operators.h"

namespace fieldnode::sim {

/// The centre from day to day: its operators, and what befalls its machine.
class CentreLife {
 public:
  CentreLife(City& city, std::uint64_t seed);

  void add_unit(UnitId id, std::string const& code) {
    units_.push_back(id);
    operators_.add_unit(id, code);
  }
  void begin();
  void heal();

 private:
  void plan_intake();
  void plan_decision();
  void plan_beat();
  void plan_mishap();
  void mishap();
  void befall(Fault fault);
  void befall_clock(Fault fault);
  void plan_backup();
  void put_back();
  void sign_wrong_times();
  void take_wrong_times_back();
  void fall(Fault fault, Milliseconds off);
  void start();
  void guarded(std::function<void()> const& work);
  [[nodiscard]] Milliseconds between(Random& chance, std::int64_t least_s, std::int64_t most_s);
  [[nodiscard]] bool is_day() const;
  void say(std::string_view what);

  City& city_;
  SeededRandom chance_;
  SeededRandom fault_chance_;
  Operators operators_;
  std::vector<UnitId> units_;
  DiskImage backup_;           ///< empty: there is none yet
  std::uint64_t enrolled_{0};  ///< how many nodes the centre had enrolled when it was made
  bool clock_is_off_{false};
  bool restarts_{false};
  std::optional<central::SignedSpan> wrong_;  ///< times that were signed wrongly and are not taken back
};

}  // namespace fieldnode::sim
