#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "tests/sim/fault.h"

namespace fieldnode::sim {

/// One run: which seed, how long, how many offices, and what may go wrong.
struct RunOrder {
  std::uint64_t seed{1};
  int days{10};
  int nodes{3};
  FaultSet faults{every_fault()};  ///< from which the seed draws
  bool all_on{false};              ///< no drawing: every one of them is on
  bool aloud{false};               ///< every line of the trace is printed
};

/// What came of it. Shape: no `failure` means that every invariant held.
struct RunReport {
  std::uint64_t seed{};
  std::optional<std::string> failure;
  bool died{};  ///< an exception ended it: no oracle has found anything
  std::uint64_t trace{};
  std::uint64_t acts{};
  std::uint64_t entries{};
  std::uint64_t exchanges{};
  FaultCounts faults{};
};

/// A city of one centre and `nodes` offices lives through `days`; then the faults stop and everything must come
/// together. The same order gives the same report.
[[nodiscard]] RunReport simulate(RunOrder const& order);

}  // namespace fieldnode::sim
