#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace fieldnode::sim {

/// What fieldnode-sim was asked for.
struct SimOptions {
  std::uint64_t first_seed{1};
  std::uint64_t last_seed{20};
  std::optional<int> days;
  std::optional<int> nodes;
  std::string mutant;  ///< empty: none
  bool all_mutants{};
  bool all_faults_hit{};  ///< a run in which some fault never struck is a failure
  bool twice{};           ///< each seed is run again, and must have the same history
  bool trace{};
  bool json{};
  bool help{};
};

struct BadUsage {
  std::string why;
};

[[nodiscard]] std::string_view usage();
/// Throws BadUsage.
[[nodiscard]] SimOptions read_command_line(std::span<char const* const> arguments);

}  // namespace fieldnode::sim
