#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fieldnode::sim {

/// tests/data/lifecycle.tsv as it stands on paper: moves x rows of a situation.
class LifecycleTable {
 public:
  /// Errors: std::runtime_error for a text that is not such a table.
  explicit LifecycleTable(std::string_view tsv);

  struct Answer {
    bool refused{};
    bool takes{};       ///< has its effect, if the guard holds; else it is kept without
    std::string guard;  ///< empty: none
    std::string code;   ///< of a refusal
  };
  /// "A move happens unless a row of the situation refuses it; of several refusals the first from the left is the
  /// answer"; keep outweighs take. Shape: one row of each block, by name.
  [[nodiscard]] Answer answer(std::string_view move, std::span<std::string_view const> situation) const;

 private:
  using Cells = std::vector<std::string>;

  std::vector<std::string> rows_;
  std::map<std::string, Cells, std::less<>> moves_;
};

}  // namespace fieldnode::sim
