#include "node/office/warning_table.h"

#include <algorithm>

namespace fieldnode::office {
namespace {

/// Stands in `escalated_at` where supervisors are not told.
constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

struct Held {
  rules::Warning warning;
  StaffId staff{};
  bool confidential{};
  friend bool operator==(Held const&, Held const&) = default;
};

Held held_from(db::Row const& row) {
  Held held{.staff = row.get<StaffId>(1), .confidential = row.get<bool>(2)};
  held.warning = {.clock = static_cast<rules::ClockKind>(row.get<std::int64_t>(0)),
                  .due = row.get<UtcTime>(3),
                  .raised_at = row.get<UtcTime>(4),
                  .held = row.get<bool>(6),
                  .late_on_arrival = row.get<bool>(7)};
  if (row.get<std::int64_t>(5) != kNever) held.warning.escalated_at = row.get<UtcTime>(5);
  return held;
}

std::vector<Held> held_of(db::Connection& connection, AssignmentId id) {
  auto rows = connection.prepare(
      "SELECT clock, staff, confidential, due_at, raised_at, escalated_at, held, late_on_arrival FROM warning"
      " WHERE assignment = :assignment ORDER BY clock");
  rows.bind(":assignment", id);
  std::vector<Held> all;
  for (db::Row const row : rows) all.push_back(held_from(row));
  return all;
}

/// The right sides are of the row as it was: what is told anew is what differs from it.
constexpr std::string_view kPut =
    "INSERT INTO warning (assignment, clock, staff, confidential, due_at, raised_at, escalated_at, held,"
    " late_on_arrival)"
    " VALUES (:assignment, :clock, :staff, :confidential, :due_at, :raised_at, :escalated_at, :held, :late_on_arrival)"
    " ON CONFLICT (assignment, clock) DO UPDATE SET"
    " raised_in = CASE WHEN due_at = excluded.due_at AND staff = excluded.staff AND held <= excluded.held"
    " THEN raised_in ELSE 0 END,"
    " escalated_in = CASE WHEN due_at = excluded.due_at THEN escalated_in ELSE 0 END,"
    " staff = excluded.staff, confidential = excluded.confidential, due_at = excluded.due_at,"
    " raised_at = excluded.raised_at, escalated_at = excluded.escalated_at, held = excluded.held,"
    " late_on_arrival = excluded.late_on_arrival";

void put_one(db::Connection& connection, AssignmentId id, Held const& held) {
  auto const& warning = held.warning;
  connection.prepare(kPut)
      .bind(":assignment", id)
      .bind(":clock", static_cast<std::int64_t>(warning.clock))
      .bind(":staff", held.staff)
      .bind(":confidential", held.confidential)
      .bind(":due_at", warning.due)
      .bind(":raised_at", warning.raised_at)
      .bind(":escalated_at", warning.escalated_at ? ms_of(*warning.escalated_at) : kNever)
      .bind(":held", warning.held)
      .bind(":late_on_arrival", warning.late_on_arrival)
      .run();
}

void drop_one(db::Connection& connection, AssignmentId id, rules::ClockKind clock) {
  connection.prepare("DELETE FROM warning WHERE assignment = :assignment AND clock = :clock")
      .bind(":assignment", id)
      .bind(":clock", static_cast<std::int64_t>(clock))
      .run();
}

constexpr std::string_view kRaise =
    "UPDATE warning SET raised_in = :telling WHERE (assignment, clock) IN (SELECT assignment, clock FROM warning"
    " WHERE raised_in = 0 AND raised_at <= :at LIMIT :most)";
constexpr std::string_view kEscalate =
    "UPDATE warning SET escalated_in = :telling WHERE (assignment, clock) IN (SELECT assignment, clock FROM warning"
    " WHERE escalated_in = 0 AND escalated_at <= :at LIMIT :most)";

std::uint64_t tell_one(db::Connection& connection, std::string_view statement, std::uint64_t telling, UtcTime at,
                       std::uint64_t most) {
  auto told = connection.prepare(statement);
  return static_cast<std::uint64_t>(told.bind(":telling", telling).bind(":at", at).bind(":most", most).run());
}

/// A limit passes when the second of its due is over (D9).
constexpr Milliseconds kDueSecond{1000};

}  // namespace

void WarningTable::put(AssignmentRow const& row) {
  std::vector<Held> wanted;
  for (auto const& warning : row.warnings) wanted.push_back({warning, row.staff, row.confidential});
  auto const present = held_of(connection_, row.id);
  for (auto const& one : present) {
    auto const kept = [&](Held const& other) { return other.warning.clock == one.warning.clock; };
    if (std::ranges::none_of(wanted, kept)) drop_one(connection_, row.id, one.warning.clock);
  }
  for (auto const& one : wanted) {
    if (std::ranges::find(present, one) == present.end()) put_one(connection_, row.id, one);
  }
}

void WarningTable::remove(AssignmentId id) {
  connection_.prepare("DELETE FROM warning WHERE assignment = :assignment").bind(":assignment", id).run();
}

std::vector<rules::Warning> WarningTable::of(AssignmentId id) {
  std::vector<rules::Warning> warnings;
  for (auto& one : held_of(connection_, id)) warnings.push_back(one.warning);
  return warnings;
}

bool WarningTable::has_untold(UtcTime at) {
  auto rows = connection_.prepare(
      "SELECT EXISTS (SELECT 1 FROM warning WHERE raised_in = 0 AND raised_at <= :at)"
      " OR EXISTS (SELECT 1 FROM warning WHERE escalated_in = 0 AND escalated_at <= :at)");
  return rows.bind(":at", at).one<bool>();
}

std::uint64_t WarningTable::begin_telling() {
  connection_.execute("UPDATE telling SET number = number + 1");
  return last_telling();
}

bool WarningTable::tell(std::uint64_t telling, UtcTime at, std::uint64_t most) {
  auto const raised = tell_one(connection_, kRaise, telling, at, most);
  auto const escalated = tell_one(connection_, kEscalate, telling, at, most);
  return raised == most || escalated == most;
}

std::uint64_t WarningTable::last_telling() {
  return connection_.prepare("SELECT number FROM telling").one<std::uint64_t>();
}

std::optional<UtcTime> WarningTable::next_change(UtcTime at) {
  auto rows = connection_.prepare(
      "SELECT min(at) FROM ("
      "SELECT * FROM (SELECT raised_at AS at FROM warning WHERE raised_in = 0 AND raised_at > :at"
      " ORDER BY raised_at LIMIT 1)"
      " UNION ALL SELECT * FROM (SELECT escalated_at FROM warning WHERE escalated_in = 0 AND escalated_at > :at"
      " AND escalated_at < :never ORDER BY escalated_at LIMIT 1)"
      " UNION ALL SELECT min(due_at) + :second FROM warning WHERE clock = 1 AND late_on_arrival = 0 AND due_at > :at - "
      ":second"
      " UNION ALL SELECT min(due_at) + :second FROM warning WHERE clock = 2 AND late_on_arrival = 0 AND due_at > :at - "
      ":second"
      " UNION ALL SELECT min(due_at) + :second FROM warning WHERE clock = 4 AND late_on_arrival = 0 AND due_at > :at - "
      ":second)");
  rows.bind(":at", at).bind(":never", kNever).bind(":second", kDueSecond);
  return rows.one<std::optional<UtcTime>>();
}

std::uint64_t WarningTable::heard_by(StaffId staff) {
  auto rows = connection_.prepare("SELECT number FROM heard WHERE staff = :staff");
  return rows.bind(":staff", staff).maybe<std::uint64_t>().value_or(0);
}

bool WarningTable::note_heard(StaffId staff, std::uint64_t number) {
  return connection_
             .prepare(
                 "INSERT INTO heard (staff, number) VALUES (:staff, :number)"
                 " ON CONFLICT (staff) DO UPDATE SET number = excluded.number WHERE number < excluded.number")
             .bind(":staff", staff)
             .bind(":number", number)
             .run() > 0;
}

}  // namespace fieldnode::office
