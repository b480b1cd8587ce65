#pragma once

#include <vector>

#include "sync/rules/civil.h"

namespace fieldnode::rules {

/// The years for which the lunar festivals are tabled.
inline constexpr int kFirstCalendarYear = 2018;
inline constexpr int kLastCalendarYear = 2049;

/// The days off by law in `year`, before any notice has moved days around them, in order.
/// From 2025 on with New Year's Eve of the lunar year and 2 May (State Council decree 795 of 2024-11-10).
/// Shape: `year` in [kFirstCalendarYear, kLastCalendarYear].
/// Source: Measures on Festivals and Memorial Days; lunar dates from two independent computations that agree.
[[nodiscard]] std::vector<CivilDay> statutory_days_off(int year);

}  // namespace fieldnode::rules
