#include "node/central/store/rule_previewer.h"

#include <algorithm>

#include "node/central/store/unit_rows.h"

namespace fieldnode::central {
namespace {

constexpr std::size_t kNamedMost = 50;

/// Where it is due first, by the old rules or by the new ones.
UtcTime first_due(MovedAssignment const& moved) {
  auto const& due = moved.due;
  if (!due.before) return *due.after;
  return due.after ? std::min(*due.before, *due.after) : *due.before;
}

bool is_empty(rules::EffectCounts const& counts) { return counts == rules::EffectCounts{}; }

}  // namespace

RulePreview RulePreviewer::preview(rules::RuleEdition const& edition, UtcTime now) {
  std::map<rules::Book, rules::RuleBook> after;  // a city of many units has few books
  for (auto const& unit : UnitRows(connection_).all()) {
    auto const before = rules_.on(connection_, vault_, unit.id)->current();
    auto const [revised, is_new] = after.try_emplace(before, *before);
    if (is_new) revised->second = rules::revised(*before, edition);
    look_at(unit, {*before, revised->second, exactly(now)});
  }
  name_the_most_pressing();
  return std::move(preview_);
}

void RulePreviewer::look_at(UnitRecord const& unit, rules::RuleChange const& change) {
  lists::EntryLists lists(connection_, vault_, unit.id);
  UnitEffect effect{.unit = unit, .counts = {}};
  // 5 is the first stage that is an end.
  auto open = connection_.prepare("SELECT id FROM assignment WHERE unit = :unit AND stage < 5 ORDER BY id");
  for (db::Row const row : open.bind(":unit", unit.id)) {
    auto const id = row.get<AssignmentId>(0);
    ++preview_.open;
    auto const state = lists.fold(id);
    if (!state) continue;
    if (auto const moved = rules::effect_on(*state, change)) note(effect, id, *moved);
  }
  if (!is_empty(effect.counts)) preview_.units.push_back(std::move(effect));
}

void RulePreviewer::note(UnitEffect& effect, AssignmentId id, rules::MovedDue const& moved) {
  effect.counts.add(moved);
  preview_.counts.add(moved);
  preview_.moved.push_back({.id = id, .unit = effect.unit.id, .case_number = {}, .title = {}, .due = moved});
}

void RulePreviewer::name_the_most_pressing() {
  auto& moved = preview_.moved;
  auto const named = std::min(moved.size(), kNamedMost);
  std::ranges::partial_sort(moved, moved.begin() + static_cast<std::ptrdiff_t>(named), {}, first_due);
  moved.resize(named);
  for (auto& one : moved) {
    auto of_case = connection_.prepare(
        "SELECT city_case.number, city_case.title FROM assignment JOIN city_case ON city_case.id = assignment.case_id"
        " WHERE assignment.id = :id");
    auto const row = of_case.bind(":id", one.id).next();
    if (!row) throw BrokenWorld("an open assignment is of a case that is not there");
    one.case_number = row->get<std::string>(0);
    one.title = row->get<std::string>(1);
  }
}

}  // namespace fieldnode::central
