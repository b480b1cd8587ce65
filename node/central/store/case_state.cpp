#include "node/central/store/case_state.h"

#include <fmt/format.h>

#include "node/central/store/assignment_rows.h"

namespace fieldnode::central {
namespace {

/// Columns 0 to 4 of a row: id, state, closed_at_source, merged_into, the code of the refusal that stands.
constexpr std::string_view kFacts =
    "SELECT city_case.id, state, closed_at_source, merged_into, case_refusal.code FROM city_case"
    " LEFT JOIN case_refusal ON case_refusal.id = city_case.refusal AND case_refusal.standing = 2";

CaseFacts facts_from(db::Row const& row) {
  CaseFacts facts{.is_history = row.get<bool>(2), .is_merged = !row.is_null(3), .refused = {}};
  if (!row.is_null(4)) facts.refused = static_cast<rules::ReturnReason>(row.get<std::uint8_t>(4));
  return facts;
}

CaseState state_from(db::Row const& row) { return static_cast<CaseState>(row.get<std::uint8_t>(1)); }

}  // namespace

CaseState state_of(std::vector<AssignmentRow> const& assignments, CaseFacts const& facts) {
  for (auto const& row : assignments) {
    if (!rules::is_end(row.stage)) return CaseState::kDispatched;
  }
  if (facts.is_merged) return CaseState::kMerged;
  if (facts.refused) return *facts.refused == rules::ReturnReason::kN8 ? CaseState::kIncomplete : CaseState::kRefused;
  if (assignments.empty()) return facts.is_history ? CaseState::kClosed : CaseState::kNew;
  return assignments.back().stage == rules::Stage::kClosed ? CaseState::kClosed : CaseState::kNew;
}

void refresh_state(db::Connection& connection, CaseId id) {
  std::optional<CaseFacts> facts;
  auto before = CaseState::kNew;
  {
    auto select = connection.prepare(fmt::format("{} WHERE city_case.id = :id", kFacts));
    auto const row = select.bind(":id", id).next();
    if (!row) return;
    facts = facts_from(*row);
    before = state_from(*row);
  }
  auto const state = state_of(AssignmentRows(connection).of_case(id), *facts);
  if (state == before) return;
  connection.prepare("UPDATE city_case SET state = :state WHERE id = :id")
      .bind(":state", static_cast<std::uint8_t>(state))
      .bind(":id", id)
      .run();
}

std::optional<CaseId> find_wrong_state(db::Connection& connection) {
  AssignmentRows assignments(connection);
  auto select = connection.prepare(fmt::format("{} ORDER BY city_case.id", kFacts));
  for (db::Row const row : select) {
    auto const id = row.get<CaseId>(0);
    if (state_of(assignments.of_case(id), facts_from(row)) != state_from(row)) return id;
  }
  return std::nullopt;
}

}  // namespace fieldnode::central
