#include "tests/sim/crash/crash_run.h"

#include <fmt/core.h>

#include <optional>
#include <string>
#include <vector>

#include "sync/base/check.h"
#include "tests/sim/crash/database_print.h"

namespace fieldnode::sim {
namespace {

constexpr std::array kModes{LossMode::kKeepAll, LossMode::kLoseAll, LossMode::kTear};

std::string_view name_of(LossMode mode) {
  return mode == LossMode::kKeepAll ? "keep" : mode == LossMode::kLoseAll ? "lose" : "tear";
}

/// One telling of a tale, on a disk of its own.
class Telling {
 public:
  Telling(CrashTale const& tale, Planted planted, std::uint64_t seed) : tale_(tale), random_(seed), disk_(random_) {
    disk_.replace(tale.before);
    disk_.skip_syncs(planted == Planted::kLyingDisk);
    story_ = tale.begin(tale.city, disk_, planted);
  }
  ~Telling() { story_.reset(); }
  Telling(Telling const&) = delete;
  Telling& operator=(Telling const&) = delete;

  [[nodiscard]] SimDisk& disk() { return disk_; }
  [[nodiscard]] CrashStory& story() { return *story_; }
  [[nodiscard]] std::size_t steps() const { return story_->steps(); }
  [[nodiscard]] DatabasePrint print() const {
    auto print = print_of(disk_.image(), tale_.file, tale_.application_id);
    for (auto const& table : tale_.loose) print.tables.erase(table);
    return print;
  }

  /// Goes on until something fails, and says how many steps were told to be done; `why` hears what failed.
  std::size_t run(std::size_t from, std::string& why) { return run(from, story_->steps(), why); }
  std::size_t run(std::size_t from, std::size_t upto, std::string& why) {
    for (auto step = from; step < upto; ++step) {
      if (auto const failed = failure_of(step)) {
        why = fmt::format("step {}: {}", step, *failed);
        return step;
      }
    }
    return upto;
  }

  /// Power is back.
  void come_up(LossMode mode) {
    story_->abandon();
    disk_.never_stop();
    disk_.reboot(mode);
  }

 private:
  std::optional<std::string> failure_of(std::size_t step) {
    try {
      auto const done = story_->perform(step);
      if (done) return std::nullopt;
      return done.error().code + ": " + done.error().sentence;
    } catch (BrokenWorld const& error) {
      return error.what();
    }
  }

  CrashTale const& tale_;
  SeededRandom random_;
  SimDisk disk_;
  std::unique_ptr<CrashStory> story_;
};

/// What a telling without a power cut leaves: the database before the first step and after each.
struct Course {
  std::vector<DatabasePrint> prints;
  std::uint64_t untouched{};  ///< calls before the first step that is stopped
  std::uint64_t calls{};      ///< and from there on
};

/// Told without looking at anything in between, since that asks the disk, too.
void count_calls(CrashTale const& tale, Course& course) {
  Telling telling(tale, Planted::kNone, 1);
  std::string why;
  for (std::size_t step = 0; step < telling.steps(); ++step) {
    if (step == tale.stopped_from) course.untouched = telling.disk().calls();
    auto const done = telling.run(step, step + 1, why) == step + 1;
    check(done, fmt::format("{} cannot be told without a power cut, {}", tale.name, why));
  }
  course.calls = telling.disk().calls() - course.untouched;
}

Course course_of(CrashTale const& tale) {
  Telling telling(tale, Planted::kNone, 1);
  Course course;
  std::string why;
  course.prints.push_back(telling.print());
  for (std::size_t step = 0; step < telling.steps(); ++step) {
    auto const done = telling.run(step, step + 1, why) == step + 1;
    check(done, fmt::format("{} cannot be told without a power cut, {}", tale.name, why));
    course.prints.push_back(telling.print());
    auto const broken = course.prints.back().damage + telling.story().faults();
    check(broken.empty(), fmt::format("{} breaks its own store at step {}: {}", tale.name, step, broken));
  }
  count_calls(tale, course);
  return course;
}

/// What is wrong with the database after a cut, when so many steps had been told to be done.
std::string misplaced(Course const& course, std::size_t told, DatabasePrint const& found) {
  if (!found.damage.empty()) return found.damage;
  auto const& before = course.prints.at(told);
  if (found == before) return {};
  if (told + 1 == course.prints.size()) return "what was told is changed in " + difference(before, found);
  auto const& after = course.prints.at(told + 1);
  if (found == after) return {};
  return fmt::format("after {} steps neither as before (differs in {}) nor as after the next one (differs in {})", told,
                     difference(before, found), difference(after, found));
}

/// What is wrong with the disk after a cut.
std::string wrong_after(Telling& telling, Course const& course, std::size_t told) {
  auto wrong = misplaced(course, told, telling.print());
  return wrong.empty() ? telling.story().lost(told) : wrong;
}

/// Tells the story again to its end, as those do who had no answer.
std::string tell_again(Telling& telling) {
  std::string why;
  auto& story = telling.story();
  if (auto const failed = story.perform(0); !failed) return "does not open again: " + failed.error().sentence;
  if (auto faults = story.faults(); !faults.empty()) return "after opening: " + faults;
  if (telling.run(1, why) < telling.steps()) return "cannot be repeated, " + why;
  if (auto missing = story.unfinished(); !missing.empty()) return missing;
  return story.faults();
}

/// Nothing: the power did not go, since the story was over before.
std::optional<std::string> stop_once(CrashTale const& tale, Course const& course, Planted planted, std::uint64_t stop,
                                     LossMode mode) {
  Telling telling(tale, planted, stop);
  telling.disk().stop_at(stop);
  std::string why;
  auto const told = telling.run(0, why);
  if (!telling.disk().is_off()) return why.empty() ? std::nullopt : std::optional("fails by itself, " + why);
  telling.come_up(mode);
  if (auto wrong = wrong_after(telling, course, told); !wrong.empty()) return wrong;
  try {
    return tell_again(telling);
  } catch (BrokenWorld const& error) {
    return error.what();
  }
}

void note(CrashFindings& findings, std::string const& wrong, std::string const& where) {
  ++findings.stops;
  if (wrong.empty()) return;
  if (findings.wrong++ == 0) findings.first = where + ": " + wrong;
}

}  // namespace

CrashFindings stop_everywhere(CrashTale const& tale, Planted planted) {
  auto const course = course_of(tale);
  CrashFindings findings{.calls = course.calls};
  for (auto const mode : kModes) {
    for (auto stop = course.untouched + 1;; ++stop) {
      auto const wrong = stop_once(tale, course, planted, stop, mode);
      if (!wrong) break;
      note(findings, *wrong, fmt::format("{}, call {}, {}", tale.name, stop, name_of(mode)));
      // A planted fault that was seen once needs no more.
      if (planted != Planted::kNone && findings.wrong != 0) return findings;
    }
  }
  return findings;
}

CrashFindings stop_anywhere(CrashTale const& tale, std::uint64_t seed, std::uint64_t times) {
  auto const course = course_of(tale);
  auto const calls = course.untouched + course.calls;
  CrashFindings findings{.calls = course.calls};
  SeededRandom random(seed);
  for (std::uint64_t i = 0; i < times; ++i) {
    auto const stop = 1 + random.below(calls);
    auto const mode = kModes.at(random.below(kModes.size()));
    auto const again = random.below(calls);
    Telling telling(tale, Planted::kNone, random.bits64());
    std::string wrong;
    std::string why;
    telling.disk().stop_at(stop);
    auto const told = telling.run(0, why);
    telling.come_up(mode);
    wrong = wrong_after(telling, course, told);
    if (wrong.empty() && i % 2 == 0) {
      telling.disk().stop_at(telling.disk().calls() + 1 + again);
      (void)telling.run(0, why);
      telling.come_up(LossMode::kTear);
    }
    try {
      if (wrong.empty()) wrong = tell_again(telling);
    } catch (BrokenWorld const& error) {
      wrong = error.what();
    }
    note(findings, wrong,
         fmt::format("{}, call {}, {}, seed {} number {}, again after {}", tale.name, stop, name_of(mode), seed, i,
                     again));
  }
  return findings;
}

}  // namespace fieldnode::sim
