#pragma once

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "sync/base/random.h"
#include "sync/base/result.h"
#include "sync/rules/civil.h"
#include "sync/rules/limit.h"

/// What a test trusts instead of the code under test: tests/data read by themselves, and days and moments gone
/// through one by one. Slow and plain on purpose.
namespace fieldnode::rules::oracle {

inline boost::json::value read_json(std::string const& name) {
  std::ifstream file(std::string(FIELDNODE_TEST_DATA) + "/" + name);
  if (!file) throw BrokenWorld("tests/data/" + name + " is missing");
  return boost::json::parse(std::string(std::istreambuf_iterator<char>(file), {}));
}

/// Another seed in every run; `--gtest_random_seed=N` repeats one that a failure printed.
inline std::uint64_t seed_of_run() {
  auto const wanted = GTEST_FLAG_GET(random_seed);
  return wanted != 0 ? static_cast<std::uint64_t>(wanted) : 1 + SystemRandom().below(99'999);
}

inline CivilDay day(std::string_view text) { return parse_day(text).value(); }
inline UtcTime moment(std::string_view text) { return parse_moment(text).value(); }

/// Working days by the table of dates (2018-2026 as ruled, 2027 by statute alone).
class Workdays {
 public:
  Workdays() {
    auto const table = read_json("cn-workdays.json");
    for (auto const& year : table.as_object()) {
      for (auto const& off : year.value().at("off").as_array()) off_.insert(day(off.as_string()));
      for (auto const& work : year.value().at("work").as_array()) work_.insert(day(work.as_string()));
    }
  }

  [[nodiscard]] bool works(CivilDay d) const {
    if (work_.contains(d)) return true;
    return !off_.contains(d) && !is_weekend(d);
  }

 private:
  std::set<CivilDay> off_;
  std::set<CivilDay> work_;
};

struct Span {
  UtcTime from{};
  UtcTime to{};
  [[nodiscard]] bool holds(UtcTime t) const { return from <= t && t < to; }
};

inline bool paused(std::vector<Span> const& pauses, UtcTime t) {
  for (auto const& pause : pauses) {
    if (pause.holds(t)) return true;
  }
  return false;
}

inline bool at_work(Workdays const& days, UtcTime t) {
  if (!days.works(day_of(t))) return false;
  auto const hour = std::chrono::floor<std::chrono::hours>(time_of_day(t)).count();
  return (hour >= 9 && hour < 12) || (hour >= 13 && hour < 17);
}

/// Goes from `start` step by step until so many hours have run. Every time given must be a multiple of `step`.
inline UtcTime after_hours(Workdays const& days, UtcTime start, std::uint32_t hours, bool working,
                           std::vector<Span> const& pauses, Milliseconds step) {
  Milliseconds ran{0};
  auto t = start;
  while (ran < std::chrono::hours(hours)) {
    if (!paused(pauses, t) && (!working || at_work(days, t))) ran += step;
    t += step;
  }
  return t;
}

/// The last day of `count` working days whose close of business lies in no pause.
inline CivilDay last_working_day(Workdays const& days, UtcTime start, std::uint32_t count,
                                 std::vector<Span> const& pauses) {
  auto d = day_of(start);
  for (std::uint32_t counted = 0; counted < count;) {
    d += std::chrono::days(1);
    if (days.works(d) && !paused(pauses, moment_on(d, std::chrono::hours(17)))) ++counted;
  }
  return d;
}

inline CivilDay last_calendar_day(Workdays const& days, UtcTime start, std::uint32_t count) {
  auto d = day_of(start) + std::chrono::days(count);
  while (!days.works(d)) d += std::chrono::days(1);
  return d;
}

}  // namespace fieldnode::rules::oracle
