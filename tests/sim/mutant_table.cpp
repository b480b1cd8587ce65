#include "tests/sim/mutant_table.h"

#include <algorithm>
#include <stdexcept>

namespace fieldnode::sim {
namespace {

constexpr std::size_t kColumns = 9;
constexpr std::string_view kMark = "PLANTED";

std::vector<std::string> split(std::string_view text, char by) {
  std::vector<std::string> parts;
  for (;;) {
    auto const end = text.find(by);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

Mutant mutant_of(std::vector<std::string> const& cells) {
  Mutant mutant{.name = cells[0], .texts = {}, .breaks = cells[4], .oracle = cells[5], .faults = {}};
  if (cells[6] != "all") mutant.faults = split(cells[6], ' ');
  mutant.days = std::stoi(cells[7]);
  mutant.nodes = std::stoi(cells[8]);
  return mutant;
}

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

void plant(PlantedText const& bug, std::string const& name, std::string& source) {
  auto const found = count_of(source, bug.find);
  if (found != 1) {
    throw std::runtime_error("mutants.tsv: the text of bug " + name + " stands " + std::to_string(found) +
                             " times in " + bug.file + " and must stand there once: " + bug.find);
  }
  auto text = bug.replace;
  auto const asked = "fieldnode::sim::planted(\"" + name + "\")";
  for (auto at = text.find(kMark); at != std::string::npos; at = text.find(kMark, at + asked.size())) {
    text.replace(at, kMark.size(), asked);
  }
  source.replace(source.find(bug.find), bug.find.size(), text);
}

}  // namespace

std::vector<Mutant> read_mutants(std::string_view tsv) {
  std::vector<Mutant> mutants;
  for (auto const& line : split(tsv, '\n')) {
    if (line.empty() || line.front() == '#') continue;
    auto const cells = split(line, '\t');
    if (cells.size() != kColumns) {
      throw std::runtime_error("mutants.tsv: a line has " + std::to_string(cells.size()) + " columns: " + line);
    }
    bool const goes_on = !mutants.empty() && mutants.back().name == cells[0];
    if (!goes_on) mutants.push_back(mutant_of(cells));
    if (cells[1] != "-") mutants.back().texts.push_back({cells[1], cells[2], cells[3]});
  }
  return mutants;
}

std::string plant_bugs(std::vector<Mutant> const& mutants, std::string_view file, std::string source) {
  for (auto const& mutant : mutants) {
    for (auto const& text : mutant.texts) {
      if (text.file == file) plant(text, mutant.name, source);
    }
  }
  return "#include \"tests/sim/planted.h\"\n" + source;
}

}  // namespace fieldnode::sim
