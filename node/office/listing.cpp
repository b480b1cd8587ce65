#include "node/office/listing.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace fieldnode::office {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::uint64_t kFoundMost = 1'000;

struct Cursor {
  std::int64_t due{std::numeric_limits<std::int64_t>::min()};
  std::int64_t id{0};
};

std::optional<Cursor> read_cursor(std::string_view text) {
  Cursor cursor;
  auto const* const end = text.data() + text.size();
  auto const first = std::from_chars(text.data(), end, cursor.due);
  if (first.ec != std::errc{} || first.ptr == end || *first.ptr != ':') return std::nullopt;
  auto const second = std::from_chars(first.ptr + 1, end, cursor.id);
  if (second.ec != std::errc{} || second.ptr != end) return std::nullopt;
  return cursor;
}

std::string cursor_after(AssignmentRow const& row) {
  return fmt::format("{}:{}", due_column(row), static_cast<std::int64_t>(row.id.value));
}

std::string_view index_for(Clearance clearance, bool has_words) {
  if (has_words) return "assignment_by_words";
  return clearance == Clearance::kConfidential ? "assignment_by_due" : "assignment_shown_by_due";
}

/// The rows of one view. The numbers stand in the text and the index is named, because a partial index is chosen only
/// where the statement itself, not a bound value, says that it fits.
std::string rows_of(std::string_view columns, View view, Clearance clearance, bool has_words) {
  return fmt::format("SELECT {} FROM assignment INDEXED BY {} WHERE view = {}{}{} AND (due_at, id) > (:due, :id)",
                     columns, index_for(clearance, has_words), static_cast<int>(view),
                     clearance == Clearance::kConfidential ? "" : " AND confidential = 0",
                     has_words ? " AND instr(words, :words) > 0" : "");
}

/// "All" merges the three views, each along its own index, rather than sort them.
std::string statement_of(std::string_view columns, View view, Clearance clearance, bool has_words) {
  if (view != View::kAll) return rows_of(columns, view, clearance, has_words);
  std::string statement;
  for (auto const one : {View::kOpen, View::kWaiting, View::kEnded}) {
    if (!statement.empty()) statement += " UNION ALL ";
    statement += rows_of(columns, one, clearance, has_words);
  }
  return statement;
}

void bind_query(db::Statement& rows, ListQuery const& query, Cursor const& from, std::size_t limit) {
  rows.bind(":due", from.due).bind(":id", from.id).bind(":limit", static_cast<std::int64_t>(limit));
  if (!query.words.empty()) rows.bind(":words", folded(query.words));
}

int greatest_seen(Clearance clearance) { return clearance == Clearance::kConfidential ? 1 : 0; }

}  // namespace

std::string page_statement(View view, Clearance clearance, bool has_words) {
  return statement_of(kRowColumns, view, clearance, has_words) + " ORDER BY due_at, id LIMIT :limit";
}

Result<Listing::Page> Listing::page(ListQuery const& query) {
  auto const from = query.after.empty() ? Cursor{} : read_cursor(query.after);
  if (!from) return refuse("bad_field", "Parameter 'after' is no place in this list; leave it out to begin anew.");
  auto rows = connection_.prepare(page_statement(query.view, query.clearance, !query.words.empty()));
  bind_query(rows, query, *from, query.limit + 1);
  Page page;
  for (db::Row const row : rows) {
    if (page.rows.size() == query.limit) {
      page.next = cursor_after(page.rows.back());
      break;
    }
    page.rows.push_back(row_from(row));
  }
  return page;
}

Total Listing::total(ListQuery const& query, Page const& shown) {
  if (query.words.empty()) return {count(query.view, query.clearance), false};
  if (query.after.empty() && shown.next.empty()) return {shown.rows.size(), false};
  return count_found(query);
}

Total Listing::count_found(ListQuery const& query) {
  auto rows = connection_.prepare(
      fmt::format("SELECT count(*) FROM ({} LIMIT :limit)", statement_of("1", query.view, query.clearance, true)));
  bind_query(rows, query, {}, kFoundMost + 1);
  auto const found = rows.one<std::uint64_t>();
  return {std::min(found, kFoundMost), found > kFoundMost};
}

std::uint64_t Listing::count(View view, Clearance clearance) {
  auto rows = connection_.prepare(
      "SELECT coalesce(sum(assignments), 0) FROM assignment_tally"
      " WHERE view BETWEEN :first AND :last AND confidential <= :greatest");
  bool const all = view == View::kAll;
  return rows.bind(":first", static_cast<std::int64_t>(all ? View::kOpen : view))
      .bind(":last", static_cast<std::int64_t>(all ? View::kEnded : view))
      .bind(":greatest", greatest_seen(clearance))
      .one<std::uint64_t>();
}

/// Whole days from the tally, the day that `moment` stands in from the index.
std::uint64_t Listing::count_due_before(UtcTime moment, Clearance clearance) {
  auto const day = ms_of(moment) / kDayMs;
  auto whole = connection_.prepare(
      "SELECT coalesce(sum(assignments), 0) FROM assignment_tally"
      " WHERE view = 1 AND due_held = 0 AND confidential <= :greatest AND due_day < :day");
  auto const before = whole.bind(":greatest", greatest_seen(clearance)).bind(":day", day).one<std::uint64_t>();
  auto part = connection_.prepare(fmt::format(
      "SELECT count(*) FROM assignment INDEXED BY {} WHERE view = 1{} AND due_at >= :from AND due_at < :moment"
      " AND due_held = 0",
      index_for(clearance, false), clearance == Clearance::kConfidential ? "" : " AND confidential = 0"));
  return before + part.bind(":from", day * kDayMs).bind(":moment", moment).one<std::uint64_t>();
}

std::uint64_t Listing::count_trouble(Trouble trouble, Clearance clearance) {
  auto rows = connection_.prepare(
      "SELECT count(*) FROM assignment INDEXED BY assignment_in_trouble"
      " WHERE trouble > 0 AND trouble = :trouble AND confidential <= :greatest");
  return rows.bind(":trouble", static_cast<std::int64_t>(trouble))
      .bind(":greatest", greatest_seen(clearance))
      .one<std::uint64_t>();
}

bool Listing::counts_are_right() {
  auto rows = connection_.prepare(
      "WITH counted AS (SELECT view, due_held, confidential, due_at / 86400000 AS due_day, count(*) AS assignments"
      " FROM assignment GROUP BY 1, 2, 3, 4)"
      " SELECT (SELECT count(*) FROM (SELECT * FROM counted EXCEPT SELECT * FROM assignment_tally))"
      " + (SELECT count(*) FROM (SELECT * FROM assignment_tally EXCEPT SELECT * FROM counted))");
  return rows.one<std::int64_t>() == 0;
}

}  // namespace fieldnode::office
