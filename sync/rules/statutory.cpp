#include "sync/rules/statutory.h"

#include <algorithm>
#include <array>

#include "sync/base/check.h"

namespace fieldnode::rules {
namespace {

struct MonthDay {
  unsigned month;
  unsigned day;
};

/// The festivals that the lunar calendar and the sun's course move.
struct MovingFestivals {
  MonthDay lunar_new_year;
  MonthDay tomb_sweeping;
  MonthDay dragon_boat;
  MonthDay mid_autumn;
};

constexpr std::array<MovingFestivals, kLastCalendarYear - kFirstCalendarYear + 1> kMovingFestivals{{
    {{2, 16}, {4, 5}, {6, 18}, {9, 24}},  // 2018
    {{2, 5}, {4, 5}, {6, 7}, {9, 13}},    // 2019
    {{1, 25}, {4, 4}, {6, 25}, {10, 1}},  // 2020
    {{2, 12}, {4, 4}, {6, 14}, {9, 21}},  // 2021
    {{2, 1}, {4, 5}, {6, 3}, {9, 10}},    // 2022
    {{1, 22}, {4, 5}, {6, 22}, {9, 29}},  // 2023
    {{2, 10}, {4, 4}, {6, 10}, {9, 17}},  // 2024
    {{1, 29}, {4, 4}, {5, 31}, {10, 6}},  // 2025
    {{2, 17}, {4, 5}, {6, 19}, {9, 25}},  // 2026
    {{2, 6}, {4, 5}, {6, 9}, {9, 15}},    // 2027
    {{1, 26}, {4, 4}, {5, 28}, {10, 3}},  // 2028
    {{2, 13}, {4, 4}, {6, 16}, {9, 22}},  // 2029
    {{2, 3}, {4, 5}, {6, 5}, {9, 12}},    // 2030
    {{1, 23}, {4, 5}, {6, 24}, {10, 1}},  // 2031
    {{2, 11}, {4, 4}, {6, 12}, {9, 19}},  // 2032
    {{1, 31}, {4, 4}, {6, 1}, {9, 8}},    // 2033
    {{2, 19}, {4, 5}, {6, 20}, {9, 27}},  // 2034
    {{2, 8}, {4, 5}, {6, 10}, {9, 16}},   // 2035
    {{1, 28}, {4, 4}, {5, 30}, {10, 4}},  // 2036
    {{2, 15}, {4, 4}, {6, 18}, {9, 24}},  // 2037
    {{2, 4}, {4, 5}, {6, 7}, {9, 13}},    // 2038
    {{1, 24}, {4, 5}, {5, 27}, {10, 2}},  // 2039
    {{2, 12}, {4, 4}, {6, 14}, {9, 20}},  // 2040
    {{2, 1}, {4, 4}, {6, 3}, {9, 10}},    // 2041
    {{1, 22}, {4, 4}, {6, 22}, {9, 28}},  // 2042
    {{2, 10}, {4, 5}, {6, 11}, {9, 17}},  // 2043
    {{1, 30}, {4, 4}, {5, 31}, {10, 5}},  // 2044
    {{2, 17}, {4, 4}, {6, 19}, {9, 25}},  // 2045
    {{2, 6}, {4, 4}, {6, 8}, {9, 15}},    // 2046
    {{1, 26}, {4, 5}, {5, 29}, {10, 4}},  // 2047
    {{2, 14}, {4, 4}, {6, 15}, {9, 22}},  // 2048
    {{2, 2}, {4, 4}, {6, 4}, {9, 11}},    // 2049
}};

}  // namespace

std::vector<CivilDay> statutory_days_off(int year) {
  check(year >= kFirstCalendarYear && year <= kLastCalendarYear, "statutory days off beyond the lunar table");
  auto const& moving = kMovingFestivals[static_cast<std::size_t>(year - kFirstCalendarYear)];
  auto const on = [year](MonthDay date) { return civil_day(year, date.month, date.day); };
  auto const new_year = on(moving.lunar_new_year);
  using std::chrono::days;
  std::vector<CivilDay> off{on({1, 1}),
                            new_year,
                            new_year + days(1),
                            new_year + days(2),
                            on(moving.tomb_sweeping),
                            on({5, 1}),
                            on(moving.dragon_boat),
                            on(moving.mid_autumn),
                            on({10, 1}),
                            on({10, 2}),
                            on({10, 3})};
  if (year >= 2025) off.insert(off.end(), {new_year - days(1), on({5, 2})});
  std::ranges::sort(off);
  auto const doubled = std::ranges::unique(off);  // Mid-Autumn may fall on National Day, as in 2020
  off.erase(doubled.begin(), doubled.end());
  return off;
}

}  // namespace fieldnode::rules
