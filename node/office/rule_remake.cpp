#include "node/office/rule_remake.h"

#include "node/office/deliveries.h"
#include "node/office/projection.h"
#include "node/office/rule_state.h"

namespace fieldnode::office {
namespace {

rules::RulesApplied entry_of(RuleState const& done) {
  return {.policy_before = done.made_by.policy,
          .policy_after = done.target.policy,
          .calendar_before = done.made_by.calendar,
          .calendar_after = done.target.calendar,
          .earlier = done.moved.earlier,
          .later = done.moved.later,
          .overdue = done.moved.overdue};
}

}  // namespace

RemakeStep RuleRemake::step(TimeInterval now, std::size_t most) {
  auto state = load_rule_state(connection_, shelf_);
  if (state.follows(shelf_)) return {};
  if (state.target.empty()) state.target = names_of(*shelf_.current());
  auto const before = rules::recalled(shelf_, state.made_by.policy, state.made_by.calendar);
  auto const after = rules::recalled(shelf_, state.target.policy, state.target.calendar);
  auto const ids = open_after(state.done_upto, most);
  RemakeStep done{.more = true, .applied = {}, .moved = {}};
  for (auto const id : ids) {
    auto const moved = remake(id, {before, after, now});
    if (moved) state.moved.add(*moved);
    if (moved) done.moved.push_back(id);
    state.done_upto = id;
  }
  if (ids.size() < most) {
    done.applied = entry_of(state);
    state = {.made_by = state.target, .target = {}, .done_upto = {}, .moved = {}};
    done.more = !state.follows(shelf_);
  }
  save_rule_state(connection_, state);
  return done;
}

std::optional<rules::MovedDue> RuleRemake::remake(AssignmentId id, rules::RuleChange const& change) {
  auto const delivered_at = Deliveries(connection_).of(id);
  auto const state = dispatched_state(lists_, id);
  if (!state) return std::nullopt;
  auto const row = project(lists_, journal_epoch_, *state, *shelf_.current(), delivered_at);
  Projection projection(connection_);
  if (projection.find(id) != row) projection.put(row);  // most notices move few
  return rules::effect_on(*state, change, delivered_at);
}

std::vector<AssignmentId> RuleRemake::open_after(AssignmentId id, std::size_t most) {
  auto rows = connection_.prepare(
      "SELECT id FROM assignment INDEXED BY assignment_not_ended WHERE view <> 3 AND id > :after ORDER BY id"
      " LIMIT :most");
  rows.bind(":after", id).bind(":most", static_cast<std::int64_t>(most));
  std::vector<AssignmentId> ids;
  for (db::Row const row : rows) ids.push_back(row.get<AssignmentId>(0));
  return ids;
}

}  // namespace fieldnode::office
