#include "tests/sim/oracle/lifecycle_table.h"

#include <algorithm>
#include <stdexcept>

namespace fieldnode::sim {
namespace {

std::vector<std::string> split(std::string_view text, char by) {
  std::vector<std::string> parts;
  for (;;) {
    auto const end = text.find(by);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

LifecycleTable::LifecycleTable(std::string_view tsv) {
  for (auto const& line : split(tsv, '\n')) {
    if (line.empty() || line.front() == '#' || line.starts_with("block\t")) continue;
    auto cells = split(line, '\t');
    auto name = cells.front();
    cells.erase(cells.begin());
    if (name == "move") {
      rows_ = std::move(cells);
    } else if (cells.size() == rows_.size()) {
      moves_.emplace(std::move(name), std::move(cells));
    } else {
      throw std::runtime_error("the lifecycle table has a line of another length: " + name);
    }
  }
  if (rows_.empty() || moves_.empty()) throw std::runtime_error("the lifecycle table is empty");
}

LifecycleTable::Answer LifecycleTable::answer(std::string_view move,
                                              std::span<std::string_view const> situation) const {
  auto const line = moves_.find(move);
  if (line == moves_.end()) throw std::runtime_error("the lifecycle table has no move " + std::string(move));
  Answer answer;
  bool kept = false;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    auto const& cell = line->second[i];
    if (cell == "-" || std::ranges::find(situation, rows_[i]) == situation.end()) continue;
    if (cell.starts_with("no:")) return {.refused = true, .takes = false, .guard = {}, .code = cell.substr(3)};
    if (cell == "keep") kept = true;
    if (cell.starts_with("take:")) answer.guard = cell.substr(5);
  }
  answer.takes = !kept;
  if (kept) answer.guard.clear();
  return answer;
}

}  // namespace fieldnode::sim
