#include "node/central/store/assignment_rows.h"

#include <fmt/format.h>

namespace fieldnode::central {
namespace {

constexpr std::string_view kColumns =
    "id, unit, case_id, cycle, lead, stage, dispatched_at, return_rounds, ruled, awaits";

AssignmentRow row_from(db::Row const& row) {
  return {.id = row.get<AssignmentId>(0),
          .unit = row.get<UnitId>(1),
          .case_id = row.get<CaseId>(2),
          .cycle = row.get<std::uint32_t>(3),
          .lead = row.get<bool>(4),
          .stage = static_cast<rules::Stage>(row.get<std::uint8_t>(5)),
          .dispatched_at = row.get<UtcTime>(6),
          .return_rounds = row.get<std::uint32_t>(7),
          .ruled = row.get<bool>(8),
          .awaits = row.get<bool>(9)};
}

std::vector<AssignmentRow> rows_of(db::Statement& select) {
  std::vector<AssignmentRow> rows;
  for (db::Row const row : select) rows.push_back(row_from(row));
  return rows;
}

bool awaits_the_centre(rules::AssignmentState const& state) {
  if (!state.open_conflicts().empty()) return true;
  if (rules::is_end(state.stage())) return false;
  return state.pending_extension || state.pending_special || state.pending_return ||
         state.stage() == rules::Stage::kUnconfirmed;
}

}  // namespace

AssignmentRow project(UnitId unit, rules::AssignmentState const& state) {
  return {.id = state.id,
          .unit = unit,
          .case_id = state.dispatch.case_id,
          .cycle = state.dispatch.cycle,
          .lead = state.dispatch.lead,
          .stage = state.stage(),
          .dispatched_at = state.dispatched_at,
          .return_rounds = state.return_rounds,
          .ruled = state.ruled,
          .awaits = awaits_the_centre(state)};
}

void AssignmentRows::put(AssignmentRow const& row) {
  connection_
      .prepare(
          "INSERT INTO assignment (id, unit, case_id, cycle, lead, stage, dispatched_at, return_rounds, ruled, awaits)"
          " VALUES (:id, :unit, :case_id, :cycle, :lead, :stage, :dispatched_at, :return_rounds, :ruled, :awaits)"
          " ON CONFLICT (id) DO UPDATE SET unit = excluded.unit, case_id = excluded.case_id, cycle = excluded.cycle,"
          " lead = excluded.lead, stage = excluded.stage, dispatched_at = excluded.dispatched_at,"
          " return_rounds = excluded.return_rounds, ruled = excluded.ruled, awaits = excluded.awaits")
      .bind(":id", row.id)
      .bind(":unit", row.unit)
      .bind(":case_id", row.case_id)
      .bind(":cycle", row.cycle)
      .bind(":lead", row.lead)
      .bind(":stage", static_cast<std::uint8_t>(row.stage))
      .bind(":dispatched_at", row.dispatched_at)
      .bind(":return_rounds", row.return_rounds)
      .bind(":ruled", row.ruled)
      .bind(":awaits", row.awaits)
      .run();
}

std::optional<AssignmentRow> AssignmentRows::find(AssignmentId id) {
  auto select = connection_.prepare(fmt::format("SELECT {} FROM assignment WHERE id = :id", kColumns));
  auto const row = select.bind(":id", id).next();
  if (!row) return std::nullopt;
  return row_from(*row);
}

std::vector<AssignmentRow> AssignmentRows::of_case(CaseId id) {
  auto select = connection_.prepare(fmt::format("SELECT {} FROM assignment WHERE case_id = :id ORDER BY id", kColumns));
  return rows_of(select.bind(":id", id));
}

std::vector<AssignmentRow> AssignmentRows::of_unit(UnitId id, AssignmentId after, std::size_t limit) {
  auto select = connection_.prepare(
      fmt::format("SELECT {} FROM assignment WHERE unit = :id AND id > :after ORDER BY id LIMIT :limit", kColumns));
  select.bind(":id", id).bind(":after", after).bind(":limit", static_cast<std::int64_t>(limit));
  return rows_of(select);
}

std::optional<AssignmentRow> AssignmentRows::last_of_case(CaseId id) {
  auto select = connection_.prepare(
      fmt::format("SELECT {} FROM assignment WHERE case_id = :id ORDER BY id DESC LIMIT 1", kColumns));
  auto const row = select.bind(":id", id).next();
  if (!row) return std::nullopt;
  return row_from(*row);
}

std::vector<AssignmentRow> AssignmentRows::awaiting(AssignmentId after, std::size_t limit) {
  auto select = connection_.prepare(
      fmt::format("SELECT {} FROM assignment WHERE awaits = 1 AND id > :after ORDER BY id LIMIT :limit", kColumns));
  select.bind(":after", after).bind(":limit", static_cast<std::int64_t>(limit));
  return rows_of(select);
}

// 5 stands in these texts as it does in the index, which is used only for the same words.
static_assert(static_cast<int>(rules::Stage::kClosed) == 5);

UnitFigures AssignmentRows::figures_of(UnitId id) {
  auto const count = [&](std::string_view more) {
    return connection_.prepare(fmt::format("SELECT count(*) FROM assignment WHERE unit = :unit{}", more))
        .bind(":unit", id)
        .one<std::uint64_t>();
  };
  return {.assignments = count(""), .open = count(" AND stage < 5"), .awaiting = count(" AND awaits = 1")};
}

UnitFigures AssignmentRows::figures() {
  auto const count = [&](std::string_view condition) {
    return connection_.prepare(fmt::format("SELECT count(*) FROM assignment{}", condition)).one<std::uint64_t>();
  };
  return {.assignments = count(""), .open = count(" WHERE stage < 5"), .awaiting = count(" WHERE awaits = 1")};
}

}  // namespace fieldnode::central
