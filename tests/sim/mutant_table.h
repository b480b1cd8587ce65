#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fieldnode::sim {

/// One line of mutants.tsv: where a bug is planted, or (no file) that it lives in the simulator's own ports.
struct PlantedText {
  std::string file;
  std::string find;     ///< stands there exactly once
  std::string replace;  ///< what stands there instead; PLANTED asks whether the bug is in
};

/// A bug, and the scenario in which it must be found.
struct Mutant {
  std::string name;
  std::vector<PlantedText> texts;
  std::string breaks;               ///< in words
  std::string oracle;               ///< the invariants of which one must catch it, as "I1 I3"
  std::vector<std::string> faults;  ///< that are on; empty: all
  int days{};
  int nodes{};
};

/// Errors: std::runtime_error for a table that is not as its head says.
[[nodiscard]] std::vector<Mutant> read_mutants(std::string_view tsv);

/// `source` with every bug of the table that lives in `file`.
/// Errors: std::runtime_error when a text is not found exactly once: the production source has changed.
[[nodiscard]] std::string plant_bugs(std::vector<Mutant> const& mutants, std::string_view file, std::string source);

}  // namespace fieldnode::sim
