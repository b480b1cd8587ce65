#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sync/rules/rule_book.h"
#include "tests/sim/sim_centre.h"

namespace fieldnode::sim {

/// What one seed did, and what was wrong. Shape: no `failures` means that all checks held.
struct RunReport {
  std::uint64_t acts{};
  std::uint64_t entries{};
  std::uint64_t faults{};
  std::uint64_t exchanges{};
  std::uint64_t bytes{};
  std::uint64_t crashes{};
  std::uint64_t refused{};  ///< by the centre
  std::uint64_t conflicts{};
  std::uint64_t positions{};  ///< common positions at which both digests were compared
  std::vector<std::string> failures;
};

inline constexpr std::uint64_t kActsLeast = 50;
inline constexpr std::uint64_t kEntriesLeast = 30;
inline constexpr std::uint64_t kFaultsLeast = 10;

/// A centre and an office live through work, faults and crashes until at least kActsLeast acts, kEntriesLeast feed
/// entries and kFaultsLeast faults have happened; then the faults stop and both must converge.
[[nodiscard]] RunReport run_exchange(std::uint64_t seed, rules::RuleBook const& book, Planted planted);

}  // namespace fieldnode::sim
