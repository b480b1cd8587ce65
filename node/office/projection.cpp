#include "node/office/projection.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

namespace fieldnode::office {
namespace {

constexpr std::int64_t kNoDue = std::numeric_limits<std::int64_t>::max();
constexpr std::string_view kColumns =
    "id, number, title, place, category, kind, urgent, stage, view, dispatched_at, due_clock, due_state,"
    " due_started_at, due_at, due_provisional, due_held, last_act, trouble, staff";

template <class Word>
Word word_at(db::Row const& row, int column) {
  return static_cast<Word>(row.get<std::int64_t>(column));
}

AssignmentRow row_from(db::Row const& row) {
  AssignmentRow result{.id = AssignmentId{row.get<std::uint64_t>(0)},
                       .number = row.get<std::string>(1),
                       .title = row.get<std::string>(2),
                       .place = row.get<std::string>(3),
                       .category = word_at<rules::Category>(row, 4),
                       .kind = word_at<rules::CaseKind>(row, 5),
                       .urgent = row.get<std::int64_t>(6) != 0,
                       .stage = word_at<rules::Stage>(row, 7),
                       .view = word_at<View>(row, 8),
                       .dispatched_at = utc_from_ms(row.get<std::int64_t>(9)),
                       .due = {},
                       .last_act = row.get<std::uint64_t>(16),
                       .trouble = word_at<Trouble>(row, 17),
                       .staff = StaffId{row.get<std::uint64_t>(18)}};
  if (row.get<std::int64_t>(11) == 0) return result;
  PressingDue due{.clock = word_at<rules::ClockKind>(row, 10),
                  .state = word_at<rules::ClockState>(row, 11),
                  .started_at = utc_from_ms(row.get<std::int64_t>(12)),
                  .due = {},
                  .provisional = row.get<bool>(14),
                  .held = row.get<bool>(15)};
  if (auto const at = row.get<std::int64_t>(13); at != kNoDue) due.due = utc_from_ms(at);
  result.due = due;
  return result;
}

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
    auto const form = stored.entry.body.form;
    if (!tells || form == wire::PartForm::kEmpty || form == wire::PartForm::kErased) continue;
    auto body = wire::decode_body(stored.entry.body.bytes);
    if (!body) throw BrokenWorld("a stored body does not decode: " + body.error().sentence);
    for (auto& field : body->texts) {
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

std::optional<std::pair<std::int64_t, std::int64_t>> read_cursor(std::string_view text) {
  std::int64_t due = 0;
  std::int64_t id = 0;
  auto const* const end = text.data() + text.size();
  auto const first = std::from_chars(text.data(), end, due);
  if (first.ec != std::errc{} || first.ptr == end || *first.ptr != ':') return std::nullopt;
  auto const second = std::from_chars(first.ptr + 1, end, id);
  if (second.ec != std::errc{} || second.ptr != end) return std::nullopt;
  return std::pair(due, id);
}

}  // namespace

std::optional<AssignmentRow> project(lists::EntryLists& lists, Epoch journal_epoch, AssignmentId id,
                                     rules::RuleBook const& book) {
  auto const state = lists.fold(id);
  if (!state || state->dispatched_by.seq == 0) return std::nullopt;
  auto const words = body_of(lists, id);
  AssignmentRow row{.id = id,
                    .number = words.text(wire::TextTag::kNumber),
                    .title = words.text(wire::TextTag::kTitle),
                    .place = words.text(wire::TextTag::kPlace),
                    .category = state->dispatch.category,
                    .kind = state->dispatch.kind,
                    .urgent = state->dispatch.urgent,
                    .stage = state->stage(),
                    .view = view_of(state->stage()),
                    .dispatched_at = state->dispatched_at,
                    .due = {},
                    .last_act = last_act_of(*state, journal_epoch),
                    .trouble = trouble_of(*state),
                    .staff = state->staff ? state->staff->to : StaffId{}};
  if (auto const clocks = rules::clocks_of(*state, book.policy, book.calendar)) row.due = pressing(*clocks);
  return row;
}

void Projection::put(AssignmentRow const& row) {
  auto const due = row.due.value_or(PressingDue{});
  connection_
      .prepare(
          "INSERT OR REPLACE INTO assignment (id, number, title, place, category, kind, urgent, stage, view,"
          " dispatched_at, due_clock, due_state, due_started_at, due_at, due_provisional, due_held, last_act, trouble, "
          "staff)"
          " VALUES (:id, :number, :title, :place, :category, :kind, :urgent, :stage, :view, :dispatched_at, :due_clock,"
          " :due_state, :due_started_at, :due_at, :due_provisional, :due_held, :last_act, :trouble, :staff)")
      .bind(":id", row.id)
      .bind(":number", row.number)
      .bind(":title", row.title)
      .bind(":place", row.place)
      .bind(":category", static_cast<std::int64_t>(row.category))
      .bind(":kind", static_cast<std::int64_t>(row.kind))
      .bind(":urgent", row.urgent)
      .bind(":stage", static_cast<std::int64_t>(row.stage))
      .bind(":view", static_cast<std::int64_t>(row.view))
      .bind(":dispatched_at", row.dispatched_at)
      .bind(":due_clock", static_cast<std::int64_t>(due.clock))
      .bind(":due_state", static_cast<std::int64_t>(due.state))
      .bind(":due_started_at", due.started_at)
      .bind(":due_at", due.due ? ms_of(*due.due) : kNoDue)
      .bind(":due_provisional", due.provisional)
      .bind(":due_held", due.held)
      .bind(":last_act", row.last_act)
      .bind(":trouble", static_cast<std::int64_t>(row.trouble))
      .bind(":staff", row.staff)
      .run();
}

std::optional<AssignmentRow> Projection::find(AssignmentId id) {
  auto rows = connection_.prepare(fmt::format("SELECT {} FROM assignment WHERE id = :id", kColumns));
  auto const row = rows.bind(":id", id).next();
  if (!row) return std::nullopt;
  return row_from(*row);
}

Result<Projection::Page> Projection::page(View view, std::size_t limit, std::string_view after) {
  std::pair<std::int64_t, std::int64_t> from{std::numeric_limits<std::int64_t>::min(), 0};
  if (!after.empty()) {
    auto const cursor = read_cursor(after);
    if (!cursor) return refuse("bad_field", "Parameter 'after' is no place in this list; leave it out to begin anew.");
    from = *cursor;
  }
  // One index serves each view; "all" walks the views one after another through the same query.
  auto rows = connection_.prepare(
      fmt::format("SELECT {} FROM assignment WHERE {} AND (due_at, id) > (:due, :id) ORDER BY due_at, id LIMIT :limit",
                  kColumns, view == View::kAll ? "view > :view" : "view = :view"));
  rows.bind(":view", static_cast<std::int64_t>(view))
      .bind(":due", from.first)
      .bind(":id", from.second)
      .bind(":limit", static_cast<std::int64_t>(limit) + 1);
  Page page;
  for (db::Row const row : rows) {
    if (page.rows.size() == limit) {
      auto const& last = page.rows.back();
      auto const due = last.due && last.due->due ? ms_of(*last.due->due) : kNoDue;
      page.next = fmt::format("{}:{}", due, static_cast<std::int64_t>(last.id.value));
      break;
    }
    page.rows.push_back(row_from(row));
  }
  return page;
}

std::uint64_t Projection::count(View view) {
  auto rows = connection_.prepare(view == View::kAll ? "SELECT count(*) FROM assignment WHERE view > :view"
                                                     : "SELECT count(*) FROM assignment WHERE view = :view");
  return static_cast<std::uint64_t>(rows.bind(":view", static_cast<std::int64_t>(view)).one<std::int64_t>());
}

std::uint64_t Projection::count_due_before(UtcTime moment) {
  auto rows =
      connection_.prepare("SELECT count(*) FROM assignment WHERE view = :view AND due_at < :moment AND due_held = 0");
  rows.bind(":view", static_cast<std::int64_t>(View::kOpen)).bind(":moment", moment);
  return static_cast<std::uint64_t>(rows.one<std::int64_t>());
}

std::uint64_t Projection::count_trouble(Trouble trouble) {
  auto rows = connection_.prepare("SELECT count(*) FROM assignment WHERE trouble = :trouble");
  return static_cast<std::uint64_t>(rows.bind(":trouble", static_cast<std::int64_t>(trouble)).one<std::int64_t>());
}

std::vector<AssignmentId> Projection::with_acts_after(std::uint64_t seq) {
  auto rows = connection_.prepare("SELECT id FROM assignment WHERE last_act > :seq ORDER BY last_act");
  rows.bind(":seq", seq);
  return ids_in(rows);
}

std::vector<AssignmentId> Projection::ids() {
  auto rows = connection_.prepare("SELECT id FROM assignment ORDER BY id");
  return ids_in(rows);
}

}  // namespace fieldnode::office
