#include "node/office/projection.h"

#include <fmt/format.h>

#include <algorithm>

#include "node/db/transaction.h"
#include "node/lists/readable.h"
#include "node/lists/state_digests.h"
#include "node/office/deliveries.h"
#include "node/office/warning_table.h"

namespace fieldnode::office {
namespace {

View view_of(rules::Stage stage) {
  if (rules::is_end(stage)) return View::kEnded;
  bool const waiting = stage == rules::Stage::kResolved || stage == rules::Stage::kUnconfirmed;
  return waiting ? View::kWaiting : View::kOpen;
}

/// The first duty that runs; else one that is paused.
std::optional<PressingDue> pressing(std::vector<rules::DeadlineClock> const& clocks) {
  rules::DeadlineClock const* first = nullptr;
  for (auto const& clock : clocks) {
    if (clock.kind == rules::ClockKind::kReturn) continue;  // a right that lapses presses nobody
    if (clock.state == rules::ClockState::kRunning && clock.due() &&
        (first == nullptr || first->state == rules::ClockState::kPaused || *clock.due() < *first->due())) {
      first = &clock;
    }
    if (clock.state == rules::ClockState::kPaused && first == nullptr) first = &clock;
  }
  if (first == nullptr) return std::nullopt;
  bool const provisional = first->due() && first->limits.front().due && first->limits.front().due->provisional;
  return PressingDue{first->kind,  first->state, first->started_at,
                     first->due(), provisional,  first->extension_pending || first->awaits_confirmation};
}

Trouble trouble_of(rules::AssignmentState const& state) {
  using rules::Standing;
  auto trouble = Trouble::kNone;
  for (auto const& act : state.acts) {
    if (act.standing == Standing::kConflict || act.standing == Standing::kSetAside) return Trouble::kAwaitsRuling;
    if (act.standing == Standing::kRefused) trouble = Trouble::kRefused;
  }
  return trouble;
}

std::uint64_t last_act_of(rules::AssignmentState const& state, Epoch journal_epoch) {
  std::uint64_t last = 0;
  for (auto const& act : state.acts) {
    if (act.at.epoch == journal_epoch) last = std::max(last, act.at.seq);
  }
  return last;
}

/// The dispatch's words; they may be changed by a later update, whose words then stand in their place.
wire::Body body_of(lists::EntryLists& lists, AssignmentId id) {
  wire::Body words;
  for (auto const& stored : lists.entries_of(wire::ListKind::kFeed, id)) {
    bool const tells =
        stored.skeleton.kind == rules::EntryKind::kDispatch || stored.skeleton.kind == rules::EntryKind::kCaseUpdate;
    if (!tells) continue;
    for (auto& field : lists::body_of(stored).texts) {
      std::erase_if(words.texts, [&](auto const& known) { return known.tag == field.tag; });
      words.texts.push_back(std::move(field));
    }
  }
  return words;
}

std::vector<AssignmentId> ids_in(db::Statement& rows) {
  std::vector<AssignmentId> ids;
  for (db::Row const row : rows) ids.push_back(row.get<AssignmentId>(0));
  return ids;
}

/// An update in place, not INSERT OR REPLACE: that one would delete the row behind the back of the tally's triggers.
constexpr std::string_view kPut =
    "INSERT INTO assignment (id, number, title, place, words, category, kind, urgent, confidential, stage, view,"
    " dispatched_at, due_clock, due_state, due_started_at, due_at, due_provisional, due_held, last_act, trouble, staff)"
    " VALUES (:id, :number, :title, :place, :words, :category, :kind, :urgent, :confidential, :stage, :view,"
    " :dispatched_at, :due_clock, :due_state, :due_started_at, :due_at, :due_provisional, :due_held, :last_act,"
    " :trouble, :staff)"
    " ON CONFLICT (id) DO UPDATE SET number = excluded.number, title = excluded.title, place = excluded.place,"
    " words = excluded.words, category = excluded.category, kind = excluded.kind, urgent = excluded.urgent,"
    " confidential = excluded.confidential, stage = excluded.stage, view = excluded.view,"
    " dispatched_at = excluded.dispatched_at, due_clock = excluded.due_clock, due_state = excluded.due_state,"
    " due_started_at = excluded.due_started_at, due_at = excluded.due_at,"
    " due_provisional = excluded.due_provisional, due_held = excluded.due_held, last_act = excluded.last_act,"
    " trouble = excluded.trouble, staff = excluded.staff";

}  // namespace

std::optional<rules::AssignmentState> dispatched_state(lists::EntryLists& lists, AssignmentId id) {
  auto state = lists.fold(id);
  if (state && state->dispatched_by.seq == 0) state.reset();
  return state;
}

AssignmentRow project(lists::EntryLists& lists, Epoch journal_epoch, rules::AssignmentState const& state,
                      rules::RuleBook const& book, std::optional<UtcTime> delivered_at) {
  auto const words = body_of(lists, state.id);
  AssignmentRow row{.id = state.id,
                    .number = words.text(wire::TextTag::kNumber),
                    .title = words.text(wire::TextTag::kTitle),
                    .place = words.text(wire::TextTag::kPlace),
                    .category = state.dispatch.category,
                    .kind = state.dispatch.kind,
                    .urgent = state.dispatch.urgent,
                    .confidential = state.dispatch.confidential,
                    .stage = state.stage(),
                    .view = view_of(state.stage()),
                    .dispatched_at = state.dispatched_at,
                    .due = {},
                    .last_act = last_act_of(state, journal_epoch),
                    .trouble = trouble_of(state),
                    .staff = state.staff ? state.staff->to : StaffId{},
                    .warnings = {}};
  if (auto const clocks = rules::clocks_of(state, book.policy, book.calendar)) {
    row.due = pressing(*clocks);
    row.warnings = rules::warnings_of(state, *clocks, {book.policy, book.calendar, delivered_at});
  }
  return row;
}

void Projection::put(AssignmentRow const& row) {
  auto const due = row.due.value_or(PressingDue{});
  connection_.prepare(kPut)
      .bind(":id", row.id)
      .bind(":number", row.number)
      .bind(":title", row.title)
      .bind(":place", row.place)
      .bind(":words", folded(fmt::format("{}\n{}\n{}", row.number, row.title, row.place)))
      .bind(":category", static_cast<std::int64_t>(row.category))
      .bind(":kind", static_cast<std::int64_t>(row.kind))
      .bind(":urgent", row.urgent)
      .bind(":confidential", row.confidential)
      .bind(":stage", static_cast<std::int64_t>(row.stage))
      .bind(":view", static_cast<std::int64_t>(row.view))
      .bind(":dispatched_at", row.dispatched_at)
      .bind(":due_clock", static_cast<std::int64_t>(due.clock))
      .bind(":due_state", static_cast<std::int64_t>(due.state))
      .bind(":due_started_at", due.started_at)
      .bind(":due_at", due_column(row))
      .bind(":due_provisional", due.provisional)
      .bind(":due_held", due.held)
      .bind(":last_act", row.last_act)
      .bind(":trouble", static_cast<std::int64_t>(row.trouble))
      .bind(":staff", row.staff)
      .run();
  WarningTable(connection_).put(row);
}

void Projection::remove(AssignmentId id) {
  connection_.prepare("DELETE FROM assignment WHERE id = :id").bind(":id", id).run();
  WarningTable(connection_).remove(id);
}

std::optional<AssignmentRow> Projection::find(AssignmentId id) {
  auto rows = connection_.prepare(fmt::format("SELECT {} FROM assignment WHERE id = :id", kRowColumns));
  auto const row = rows.bind(":id", id).next();
  if (!row) return std::nullopt;
  auto found = row_from(*row);
  found.warnings = WarningTable(connection_).of(id);
  return found;
}

std::vector<AssignmentId> Projection::with_acts_after(std::uint64_t seq) {
  auto rows = connection_.prepare(
      "SELECT id FROM assignment INDEXED BY assignment_by_last_act WHERE last_act > 0 AND last_act > :seq"
      " ORDER BY last_act");
  rows.bind(":seq", seq);
  return ids_in(rows);
}

std::vector<AssignmentId> Projection::ids() {
  auto rows = connection_.prepare("SELECT id FROM assignment ORDER BY id");
  return ids_in(rows);
}

void Projection::begin_journal() { connection_.execute("UPDATE assignment SET last_act = 0 WHERE last_act > 0"); }

bool Projection::is_current() {
  return connection_.prepare("SELECT version FROM projection_state").one<int>() == kProjectionVersion;
}

void Projection::note_current() {
  connection_.prepare("UPDATE projection_state SET version = :version").bind(":version", kProjectionVersion).run();
}

void refresh_projection(db::Connection& connection, lists::EntryLists& lists, Epoch journal_epoch,
                        rules::RuleBook const& book) {
  Projection projection(connection);
  if (projection.is_current()) return;
  db::Transaction transaction(connection);
  for (auto const id : projection.ids()) {
    auto const delivered_at = Deliveries(connection).of(id);
    if (auto const state = dispatched_state(lists, id)) {
      projection.put(project(lists, journal_epoch, *state, book, delivered_at));
    }
  }
  projection.note_current();
  transaction.commit();
}

void fill_state_digests(db::Connection& connection, lists::EntryLists& lists, UnitId unit) {
  db::Transaction transaction(connection);
  lists::StateDigests(connection, lists, unit).fill();
  transaction.commit();
}

}  // namespace fieldnode::office
