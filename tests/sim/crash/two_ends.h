#pragma once

#include "tests/sim/crash/centre_program.h"
#include "tests/sim/crash/crash_story.h"
#include "tests/sim/crash/office_program.h"

namespace fieldnode::sim {

/// A story of both ends, one of which is on the disk that fails; the other's has power all the time.
class TwoEndsStory : public CrashStory {
 public:
  TwoEndsStory(CrashCity const& city, SimDisk& disk, Planted planted)
      : city_(city), disk_(disk), steady_(steady_chance_), planted_(planted) {}

 protected:
  void run_office(SimDisk& disk);
  void run_centre(SimDisk& disk);
  /// A program that was told to stop.
  [[nodiscard]] Result<void> stop_office();
  [[nodiscard]] Result<void> stop_centre();
  /// Both ends hold the same, and the centre holds every act. Empty: so it is.
  [[nodiscard]] std::string difference_of_ends();
  /// Of those that run.
  [[nodiscard]] std::string faults_of_both();

  CrashCity const& city_;
  SimDisk& disk_;
  SeededRandom steady_chance_{3};
  SimDisk steady_;
  Planted planted_;
  SeededRandom office_chance_{1};
  SeededRandom centre_chance_{2};
  test::TestClock clock_{clock_after_cut()};
  std::unique_ptr<OfficeProgram> office_;
  std::unique_ptr<CentreProgram> centre_;
};

}  // namespace fieldnode::sim
