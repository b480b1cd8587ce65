#pragma once

#include <string_view>

namespace fieldnode::sim {

/// Is the bug of that name in this program now? Asked by the mutated copies of the production sources (mutants.tsv),
/// which have no other way to know.
[[nodiscard]] bool planted(std::string_view bug);

/// Plants a bug for as long as it lives. One at a time.
class Planting {
 public:
  /// Empty: none.
  explicit Planting(std::string_view bug);
  Planting(Planting const&) = delete;
  Planting& operator=(Planting const&) = delete;
  ~Planting();
};

}  // namespace fieldnode::sim
