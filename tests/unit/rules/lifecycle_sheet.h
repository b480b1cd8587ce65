#pragma once

#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

/// tests/data/lifecycle.tsv as written: cell texts by move and row, rows in block order.
namespace fieldnode::rules {

struct LifecycleSheet {
  std::vector<std::string> blocks;  ///< the block of each row
  std::vector<std::string> rows;
  std::vector<std::string> moves;
  std::map<std::string, std::map<std::string, std::string>> cells;
};

[[nodiscard]] inline std::vector<std::string> split_tabs(std::string const& line) {
  std::vector<std::string> fields;
  std::istringstream stream(line);
  for (std::string field; std::getline(stream, field, '\t');) fields.push_back(field);
  return fields;
}

/// Lines of a table in tests/data without comments.
[[nodiscard]] inline std::vector<std::vector<std::string>> read_table(std::string const& name) {
  std::ifstream file(FIELDNODE_TEST_DATA "/" + name);
  if (!file) throw std::runtime_error("cannot open tests/data/" + name);
  std::vector<std::vector<std::string>> lines;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line.front() != '#') lines.push_back(split_tabs(line));
  }
  return lines;
}

[[nodiscard]] inline LifecycleSheet read_lifecycle_sheet() {
  auto const lines = read_table("lifecycle.tsv");
  LifecycleSheet sheet;
  sheet.blocks.assign(lines.at(0).begin() + 1, lines.at(0).end());
  sheet.rows.assign(lines.at(1).begin() + 1, lines.at(1).end());
  for (std::size_t i = 2; i < lines.size(); ++i) {
    sheet.moves.push_back(lines[i].at(0));
    for (std::size_t j = 0; j < sheet.rows.size(); ++j) {
      sheet.cells[lines[i][0]][sheet.rows[j]] = lines[i].at(j + 1);
    }
  }
  return sheet;
}

/// The sheet's answer for a situation: the first refusal from the left, else keep, else take.
[[nodiscard]] inline std::string sheet_verdict(LifecycleSheet const& sheet, std::string const& move,
                                               std::vector<std::string> const& situation) {
  std::string verdict = "-";
  for (auto const& row : situation) {
    auto const& cell = sheet.cells.at(move).at(row);
    if (cell.starts_with("no:")) return cell;
    if (cell == "keep" || verdict == "-") verdict = cell == "-" ? verdict : cell;
  }
  return verdict;
}

}  // namespace fieldnode::rules
