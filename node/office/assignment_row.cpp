#include "node/office/assignment_row.h"

#include <algorithm>

namespace fieldnode::office {
namespace {

template <class Word>
Word word_at(db::Row const& row, int column) {
  return static_cast<Word>(row.get<std::int64_t>(column));
}

std::optional<PressingDue> due_from(db::Row const& row) {
  if (row.get<std::int64_t>(12) == 0) return std::nullopt;
  PressingDue due{.clock = word_at<rules::ClockKind>(row, 11),
                  .state = word_at<rules::ClockState>(row, 12),
                  .started_at = utc_from_ms(row.get<std::int64_t>(13)),
                  .due = {},
                  .provisional = row.get<bool>(15),
                  .held = row.get<bool>(16)};
  if (auto const at = row.get<std::int64_t>(14); at != kNoDue) due.due = utc_from_ms(at);
  return due;
}

}  // namespace

std::int64_t due_column(AssignmentRow const& row) { return row.due && row.due->due ? ms_of(*row.due->due) : kNoDue; }

AssignmentRow row_from(db::Row const& row) {
  return {.id = AssignmentId{row.get<std::uint64_t>(0)},
          .number = row.get<std::string>(1),
          .title = row.get<std::string>(2),
          .place = row.get<std::string>(3),
          .category = word_at<rules::Category>(row, 4),
          .kind = word_at<rules::CaseKind>(row, 5),
          .urgent = row.get<bool>(6),
          .confidential = row.get<bool>(7),
          .stage = word_at<rules::Stage>(row, 8),
          .view = word_at<View>(row, 9),
          .dispatched_at = utc_from_ms(row.get<std::int64_t>(10)),
          .due = due_from(row),
          .last_act = row.get<std::uint64_t>(17),
          .trouble = word_at<Trouble>(row, 18),
          .staff = StaffId{row.get<std::uint64_t>(19)},
          .warnings = {}};
}

std::string folded(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return result;
}

}  // namespace fieldnode::office
