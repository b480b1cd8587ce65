#include "node/office/warning_digest.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>

#include "node/office/warning_table.h"

namespace fieldnode::office {
namespace {

using rules::ClockKind;
using rules::WarningState;

constexpr std::uint64_t kCountMost = 1'000;
constexpr std::uint64_t kFirstMost = 3;
constexpr UtcTime kAnyTime = utc_from_ms(std::numeric_limits<std::int64_t>::max());

/// In the order in which they press.
constexpr std::array kStates{WarningState::kOverdue, WarningState::kPerhapsOverdue, WarningState::kLateOnArrival,
                             WarningState::kDueSoon};
constexpr std::array kDuties{ClockKind::kAcknowledge, ClockKind::kContact, ClockKind::kResolve};

Total bounded(std::uint64_t found) { return {std::min(found, kCountMost), found > kCountMost}; }

bool is_supervisor(WarningReader const& reader) { return reader.role == rules::StaffRole::kSupervisor; }
bool acts(WarningReader const& reader) { return is_supervisor(reader) || reader.role == rules::StaffRole::kClerk; }

/// What a person has, and what nobody has and they could take: all but what is confidential for clerks, that for
/// supervisors, who alone see it. Each names both columns by value, as the indexes begin with them.
std::vector<std::string> holders(WarningReader const& reader) {
  if (!acts(reader)) return {};
  if (is_supervisor(reader)) {
    return {"staff = 0 AND confidential = 1", "staff = :me AND confidential = 0", "staff = :me AND confidential = 1"};
  }
  return {"staff = 0 AND confidential = 0", "staff = :me AND confidential = 0"};
}

/// A supervisor's own are told as everybody's are, and not once more when they go up.
constexpr std::string_view kOfOthers = "staff <> :me AND NOT (staff = 0 AND confidential = 1)";

WarningLine line_from(db::Row const& row) {
  return {.assignment = row.get<AssignmentId>(0),
          .number = row.get<std::string>(1),
          .title = row.get<std::string>(2),
          .due = row.get<UtcTime>(3),
          .held = row.get<bool>(4),
          .delivered_at = row.get<std::optional<UtcTime>>(5),
          .staff = row.get<StaffId>(6)};
}

}  // namespace

void WarningsOfOne::keep_numbers() {
  for (auto& group : own) group.first.clear();
  if (!escalated) return;
  for (auto& group : *escalated) group.first.clear();
}

/// Whose limits, and along which index they are found.
struct WarningDigests::Audience {
  std::string_view index;
  std::string_view told_at;          ///< the column that says when this audience is told
  std::vector<std::string> holders;  ///< each a condition; empty: nobody's

  /// The limits of one clock in one range, holder by holder: each walks the index, so that together they need no sort.
  [[nodiscard]] std::string rows(std::string_view columns) const {
    std::vector<std::string> parts;
    for (auto const& holder : holders) {
      parts.push_back(
          fmt::format("SELECT {} FROM warning INDEXED BY {} WHERE {} AND clock = :clock AND due_at >= :from"
                      " AND due_at < :to AND late_on_arrival = :late AND held <= :held AND {} <= :told_by",
                      columns, index, holder, told_at));
    }
    return fmt::format("{}", fmt::join(parts, " UNION ALL "));
  }
  [[nodiscard]] bool names_me() const {
    return std::ranges::any_of(holders, [](auto const& holder) { return holder.find(":me") != holder.npos; });
  }
};

/// The limits that stand in one state.
struct WarningDigests::Range {
  UtcTime from{};
  UtcTime to{};
  bool late{};
  bool with_held{};
  UtcTime told_by{};

  void bind(db::Statement& rows, ClockKind clock) const {
    rows.bind(":clock", static_cast<std::int64_t>(clock))
        .bind(":from", from)
        .bind(":to", to)
        .bind(":late", late)
        .bind(":held", with_held)
        .bind(":told_by", told_by);
  }
};

WarningDigests::WarningDigests(db::Connection& connection, rules::TimeEvidence const& now, rules::Policy const& policy,
                               rules::Calendar const& calendar)
    : connection_(connection),
      at_(std::chrono::floor<std::chrono::seconds>(rules::warning_time(now))),
      earliest_(std::chrono::floor<std::chrono::seconds>(now.interval.earliest)),
      horizon_(rules::warning_horizon(rules::warning_time(now), policy, calendar)) {}

WarningsOfOne WarningDigests::of(WarningReader const& reader) {
  WarningsOfOne warnings{.own = digest(own_of(reader), reader.staff),
                         .escalated = {},
                         .news = news(reader),
                         .telling = WarningTable(connection_).last_telling()};
  if (is_supervisor(reader)) warnings.escalated = digest(supervisors(), reader.staff);
  return warnings;
}

WarningDigests::Audience WarningDigests::own_of(WarningReader const& reader) {
  return {"warning_by_holder", "raised_at", holders(reader)};
}

WarningDigests::Audience WarningDigests::supervisors() {
  return {"warning_by_due", "escalated_at", {std::string(kOfOthers)}};
}

/// As `rules::state_of` tells the states apart.
WarningDigests::Range WarningDigests::range_of(WarningState state) const {
  switch (state) {
    case WarningState::kOverdue:
      return {.to = earliest_, .told_by = kAnyTime};
    case WarningState::kPerhapsOverdue:
      return {.from = earliest_, .to = at_, .told_by = kAnyTime};
    case WarningState::kLateOnArrival:
      return {.to = at_, .late = true, .told_by = kAnyTime};
    case WarningState::kDueSoon:
    case WarningState::kQuiet:
      break;
  }
  return {.from = at_, .to = horizon_ + Milliseconds(1), .with_held = true, .told_by = at_};
}

WarningDigest WarningDigests::digest(Audience const& audience, StaffId me) {
  WarningDigest groups;
  if (audience.holders.empty()) return groups;
  for (auto const state : kStates) {
    auto const range = range_of(state);
    for (auto const clock : kDuties) {
      auto const total = count(audience, range, clock, me);
      if (total.count > 0) groups.push_back({state, clock, total, first(audience, range, clock, me)});
    }
  }
  return groups;
}

Total WarningDigests::count(Audience const& audience, Range const& range, ClockKind clock, StaffId me) {
  auto rows = connection_.prepare(fmt::format("SELECT count(*) FROM ({} LIMIT :most)", audience.rows("1")));
  range.bind(rows, clock);
  if (audience.names_me()) rows.bind(":me", me);
  return bounded(rows.bind(":most", kCountMost + 1).one<std::uint64_t>());
}

std::vector<WarningLine> WarningDigests::first(Audience const& audience, Range const& range, ClockKind clock,
                                               StaffId me) {
  auto rows = connection_.prepare(
      fmt::format("SELECT some.assignment, number, title, some.due_at, some.held, delivery.sent_at, some.staff FROM"
                  " ({} ORDER BY due_at LIMIT :most) AS some JOIN assignment ON assignment.id = some.assignment"
                  " LEFT JOIN delivery ON delivery.assignment = some.assignment",
                  audience.rows("assignment, due_at, held, staff")));
  range.bind(rows, clock);
  if (audience.names_me()) rows.bind(":me", me);
  rows.bind(":most", kFirstMost);
  std::vector<WarningLine> lines;
  for (db::Row const row : rows) lines.push_back(line_from(row));
  std::ranges::stable_sort(lines, {}, &WarningLine::due);
  return lines;
}

Total WarningDigests::news(WarningReader const& reader) {
  if (!acts(reader)) return {};
  std::vector<std::string> parts;
  for (auto const& holder : holders(reader)) {
    parts.push_back("SELECT 1 FROM warning INDEXED BY warning_raised WHERE raised_in > 0 AND raised_in > :heard AND " +
                    holder);
  }
  if (is_supervisor(reader)) {
    parts.push_back(fmt::format(
        "SELECT 1 FROM warning INDEXED BY warning_escalated WHERE escalated_in > 0 AND escalated_in > :heard AND {}",
        kOfOthers));
  }
  auto rows =
      connection_.prepare(fmt::format("SELECT count(*) FROM ({} LIMIT :most)", fmt::join(parts, " UNION ALL ")));
  rows.bind(":heard", WarningTable(connection_).heard_by(reader.staff)).bind(":me", reader.staff);
  return bounded(rows.bind(":most", kCountMost + 1).one<std::uint64_t>());
}

}  // namespace fieldnode::office
