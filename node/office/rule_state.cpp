#include "node/office/rule_state.h"

namespace fieldnode::office {

RuleNames names_of(rules::RuleBook const& book) { return {book.policy.version, book.calendar.version()}; }

bool RuleState::follows(rules::RuleShelf const& shelf) const {
  return target.empty() && made_by == names_of(*shelf.current());
}

RuleState load_rule_state(db::Connection& connection, rules::RuleShelf const& shelf) {
  auto rows = connection.prepare(
      "SELECT policy, calendar, target_policy, target_calendar, done_upto, earlier, later, overdue FROM rule_state");
  auto const row = rows.next();
  if (!row) throw BrokenWorld("the table rule_state has no row");
  RuleState state{.made_by = {row->get<std::string>(0), row->get<std::string>(1)},
                  .target = {row->get<std::string>(2), row->get<std::string>(3)},
                  .done_upto = row->get<AssignmentId>(4),
                  .moved = {row->get<std::uint32_t>(5), row->get<std::uint32_t>(6), row->get<std::uint32_t>(7)}};
  if (state.made_by.empty()) state.made_by = names_of(*shelf.at({}));
  return state;
}

void save_rule_state(db::Connection& connection, RuleState const& state) {
  connection
      .prepare(
          "UPDATE rule_state SET policy = :policy, calendar = :calendar, target_policy = :target_policy,"
          " target_calendar = :target_calendar, done_upto = :done_upto, earlier = :earlier, later = :later,"
          " overdue = :overdue")
      .bind(":policy", state.made_by.policy)
      .bind(":calendar", state.made_by.calendar)
      .bind(":target_policy", state.target.policy)
      .bind(":target_calendar", state.target.calendar)
      .bind(":done_upto", state.done_upto)
      .bind(":earlier", state.moved.earlier)
      .bind(":later", state.moved.later)
      .bind(":overdue", state.moved.overdue)
      .run();
}

}  // namespace fieldnode::office
