#include "sync/rules/warnings.h"

#include <gtest/gtest.h>

#include "sync/rules/policy.h"
#include "tests/unit/rules/law.h"
#include "tests/unit/rules/lifecycle_sheet.h"
#include "tests/unit/rules/scene.h"
#include "tests/unit/rules/workday_oracle.h"

namespace fieldnode::rules {
namespace {

using namespace std::chrono_literals;

/// One limit of one assignment, made of a line of the table or by chance.
struct Case {
  ClockKind clock{};
  Policy policy;
  Dispatch dispatch = plain_dispatch();
  UtcTime dispatched_at{};
  std::vector<PauseSpan> pauses;
  std::optional<UtcTime> applied_at;
  std::optional<UtcTime> delivered_at;

  Limit& limit() {
    if (clock == ClockKind::kAcknowledge) return policy.acknowledge;
    return clock == ClockKind::kContact ? policy.contact : policy.resolve;
  }
  [[nodiscard]] AssignmentState state() const {
    Scene scene;
    scene.at(format_moment(dispatched_at)).decide(dispatch);
    if (applied_at) scene.at(format_moment(*applied_at)).act(extension(2));
    auto state = scene.state();
    state.pauses = pauses;
    return state;
  }
  [[nodiscard]] std::optional<DeadlineClock> clock_of(AssignmentState const& state) const {
    auto const clocks = clocks_of(state, policy, built_in_calendar());
    if (!clocks) return std::nullopt;
    return *std::ranges::find(*clocks, clock, &DeadlineClock::kind);
  }
  [[nodiscard]] std::optional<Warning> warning() const {
    auto const facts = state();
    auto const its = clock_of(facts);
    if (!its) return std::nullopt;
    auto const warnings = warnings_of(facts, {&*its, 1}, {policy, built_in_calendar(), delivered_at});
    return warnings.empty() ? std::nullopt : std::optional(warnings.front());
  }
};

// ---- the table ------------------------------------------------------------------------------------------------------

std::vector<std::string> words_of(std::string const& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

void add(Case& made, std::string const& word) {
  auto const value = word.substr(word.find_first_of("@=") + 1);
  if (word == "midnight") {
    made.policy.day_end = DayEnd::kMidnight;
  } else if (word.starts_with("statute=")) {
    auto const limit = parse_limit(value).value();
    made.dispatch.limits.push_back({made.clock, limit.count, limit.unit, "law 12"});
  } else if (word.starts_with("pause@")) {
    made.pauses.push_back({moment(value), std::nullopt});
  } else if (word.starts_with("resume@")) {
    made.pauses.back().to = moment(value);
  } else if (word.starts_with("extend@")) {
    made.applied_at = moment(value);
  } else if (word.starts_with("deliver@")) {
    made.delivered_at = moment(value);
  } else {
    ADD_FAILURE() << "the table says " << word;
  }
}

Case case_in(std::vector<std::string> const& line) {
  Case made;
  made.clock = line.at(1) == "acknowledge" ? ClockKind::kAcknowledge
               : line.at(1) == "contact"   ? ClockKind::kContact
                                           : ClockKind::kResolve;
  made.limit() = parse_limit(line.at(2)).value();
  made.dispatched_at = moment(line.at(3));
  if (line.at(4) == "-") return made;
  for (auto const& word : words_of(line.at(4))) add(made, word);
  return made;
}

/// `2026-03-02T12:00`, seconds and milliseconds where there are any, as the table writes it.
std::string written(std::optional<UtcTime> t) {
  if (!t) return "none";
  auto text = format_moment(*t).substr(0, 19);
  if (text.ends_with(":00") && t->time_since_epoch() % 1s == 0ms) return text.substr(0, 16);
  auto const rest = (t->time_since_epoch() % 1s).count();
  return rest == 0 ? text : text + "." + std::to_string(rest);
}

/// `earliest/latest/estimate`, or one moment for all three.
TimeEvidence present_in(std::string const& text) {
  auto const first = text.find('/');
  if (first == std::string::npos) return {ClockClass::kAnchored, exactly(moment(text)), moment(text), 1};
  auto const second = text.find('/', first + 1);
  auto const latest = text.substr(first + 1, second - first - 1);
  auto const open = latest == "?" ? std::nullopt : std::optional(moment(latest));
  return {ClockClass::kCarried, {moment(text.substr(0, first)), open}, moment(text.substr(second + 1)), 1};
}

std::string name_of(WarningState state) {
  std::array<std::string, 5> const names{"quiet", "due_soon", "perhaps_overdue", "overdue", "late_on_arrival"};
  return names.at(static_cast<std::size_t>(state));
}

TEST(Warnings, EveryCaseOfTheTableIsToldWhenItSays) {
  auto const lines = read_table("warnings.tsv");
  ASSERT_GE(lines.size(), 30u);
  for (auto const& line : lines) {
    if (line.front() == "case") continue;
    ASSERT_EQ(line.size(), 10u) << line.front();
    auto const warning = case_in(line).warning();
    auto const why = line.front() + ": " + line.at(9);
    EXPECT_EQ(written(warning ? std::optional(warning->due) : std::nullopt), line.at(5)) << why;
    EXPECT_EQ(written(warning ? std::optional(warning->raised_at) : std::nullopt), line.at(6)) << why;
    EXPECT_EQ(written(warning ? warning->escalated_at : std::nullopt), line.at(7)) << why;
    if (line.at(8) == "-") continue;
    ASSERT_TRUE(warning) << why;
    for (auto const& said : words_of(line.at(8))) {
      auto const split = said.find('=');
      EXPECT_EQ(name_of(state_of(*warning, present_in(said.substr(0, split)))), said.substr(split + 1))
          << why << " at " << said;
    }
  }
}

// ---- what is told of ------------------------------------------------------------------------------------------------

std::vector<ClockKind> told_of(AssignmentState const& state) {
  auto const clocks = clocks_of(state, measures(), built_in_calendar()).value();
  std::vector<ClockKind> kinds;
  for (auto const& warning : warnings_of(state, clocks, {measures(), built_in_calendar(), std::nullopt})) {
    kinds.push_back(warning.clock);
  }
  return kinds;
}

TEST(Warnings, OnlyDutiesThatRunAreToldOf) {
  using enum ClockKind;
  auto scene = dispatched();
  EXPECT_EQ(told_of(scene.state()), (std::vector{kAcknowledge, kContact, kResolve})) << "a return is a right";
  scene.act(Acknowledgement{});
  EXPECT_EQ(told_of(scene.state()), (std::vector{kContact, kResolve}));
  scene.act(reached());
  EXPECT_EQ(told_of(scene.state()), std::vector{kResolve});
  scene.act(solved());
  EXPECT_EQ(told_of(scene.state()), std::vector<ClockKind>{});
}

TEST(Warnings, NothingIsLeftToDoWhileUnreachableAwaitsItsConfirmation) {
  auto scene = dispatched();
  for (auto const* day : {"2026-03-02T11:00:00+08:00", "2026-03-03T11:00:00+08:00", "2026-03-03T15:00:00+08:00"}) {
    scene.at(day).act(failed());
  }
  scene.act(unreachable());
  EXPECT_EQ(told_of(scene.state()), std::vector{ClockKind::kAcknowledge});
}

TEST(Warnings, ATakeBackEndsThem) {
  auto scene = dispatched();
  scene.decide(TakeBack{});
  EXPECT_EQ(told_of(scene.state()), std::vector<ClockKind>{});
}

// ---- properties -----------------------------------------------------------------------------------------------------

/// Years with notices, dispatches at any hour, one pause or none, a delivery that may come days later.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : random_(seed) {}

  Case any() {
    Case made;
    made.clock = std::array{ClockKind::kAcknowledge, ClockKind::kContact, ClockKind::kResolve}.at(below(3));
    bool const in_days = made.clock == ClockKind::kResolve || (made.clock == ClockKind::kContact && below(2) == 0);
    auto const in_hours = below(2) == 0 ? LimitUnit::kHours : LimitUnit::kWorkingHours;
    made.limit() = {1 + static_cast<std::uint32_t>(below(9)), in_days ? LimitUnit::kWorkingDays : in_hours};
    if (below(4) == 0) made.dispatch.limits.push_back({made.clock, 1 + small(), LimitUnit::kCalendarDays, "law"});
    if (below(3) == 0) made.policy.day_end = DayEnd::kMidnight;
    made.policy.warn_before_hours = std::chrono::minutes(below(600));
    made.policy.warn_before_days = small() % 4;
    made.policy.escalate_before_hours = std::chrono::minutes(below(120));
    made.policy.escalate_before_days = std::chrono::hours(below(12));
    made.dispatched_at = moment("2019-01-02T00:00") + std::chrono::seconds(below(7 * 365 * 86'400ULL));
    if (below(3) == 0) made.pauses.push_back(pause_after(made.dispatched_at));
    if (below(2) == 0) made.delivered_at = made.dispatched_at + std::chrono::seconds(below(8 * 86'400ULL));
    return made;
  }
  std::uint64_t below(std::uint64_t bound) { return random_.below(bound); }

 private:
  std::uint32_t small() { return static_cast<std::uint32_t>(below(12)); }
  PauseSpan pause_after(UtcTime t) {
    auto const from = t + std::chrono::minutes(below(4'000));
    return {from, from + std::chrono::minutes(below(6'000))};
  }
  SeededRandom random_;
};

/// The close of a stretch belongs to it: a limit may end there.
bool in_office(oracle::Workdays const& days, UtcTime t) {
  return oracle::at_work(days, t) || oracle::at_work(days, t - 1ms);
}

bool has_office_left(oracle::Workdays const& days, UtcTime from, UtcTime due) {
  for (auto t = std::chrono::ceil<std::chrono::minutes>(from); t < due; t += 1min) {
    if (oracle::at_work(days, t)) return true;
  }
  return false;
}

void expect_bounds(Case const& made, Warning const& warning, LimitUnit unit, oracle::Workdays const& days) {
  EXPECT_GE(warning.raised_at, made.dispatched_at);
  EXPECT_GE(warning.raised_at, made.delivered_at.value_or(made.dispatched_at));
  EXPECT_GE(*warning.escalated_at, warning.raised_at);
  if (!warning.late_on_arrival) {
    EXPECT_LE(floor<std::chrono::seconds>(*warning.escalated_at), warning.due);
    EXPECT_LE(warning.due, warning_horizon(warning.raised_at, made.policy, built_in_calendar()));
  }
  if (unit == LimitUnit::kHours) return;
  auto const known = std::max(made.dispatched_at, made.delivered_at.value_or(made.dispatched_at));
  auto const resumed = made.pauses.empty() ? known : std::max(known, *made.pauses.front().to);
  bool const all_quiet = !warning.late_on_arrival && !has_office_left(days, resumed, warning.due);
  if (all_quiet) return;
  EXPECT_TRUE(in_office(days, warning.raised_at)) << format_moment(warning.raised_at);
  EXPECT_TRUE(in_office(days, *warning.escalated_at)) << format_moment(*warning.escalated_at);
}

void expect_no_way_back(Warning const& warning) {
  auto last = WarningState::kQuiet;
  for (auto t = warning.due - 96h; t < std::max(warning.due, warning.raised_at) + 96h; t += 37min) {
    auto const state = state_of(warning, {ClockClass::kAnchored, exactly(t), t, 1});
    EXPECT_GE(state, last) << format_moment(t);
    last = state;
  }
  EXPECT_EQ(last, warning.late_on_arrival ? WarningState::kLateOnArrival : WarningState::kOverdue);
}

TEST(Warnings, AreToldInOfficeHoursBeforeDueAndNeverGoBack) {
  auto const seed = oracle::seed_of_run();
  SCOPED_TRACE("--gtest_random_seed=" + std::to_string(seed));
  Chance chance(seed);
  oracle::Workdays const days;
  int told = 0;
  for (int round = 0; round < 800 && !testing::Test::HasFailure(); ++round) {
    auto const made = chance.any();
    auto const facts = made.state();
    auto const clock = made.clock_of(facts);
    auto const warning = made.warning();
    if (!warning) continue;
    ++told;
    SCOPED_TRACE(format_moment(made.dispatched_at) + " due " + format_moment(warning->due));
    expect_bounds(made, *warning, clock->limits.front().limit.unit, days);
    expect_no_way_back(*warning);
  }
  EXPECT_GT(told, 650);
}

TEST(Warnings, ALongerTimeBeforehandNeverTellsLater) {
  auto const seed = oracle::seed_of_run();
  SCOPED_TRACE("--gtest_random_seed=" + std::to_string(seed));
  Chance chance(seed);
  for (int round = 0; round < 1'000; ++round) {
    auto made = chance.any();
    auto const before = made.warning();
    if (!before) continue;
    made.policy.warn_before_hours += std::chrono::minutes(chance.below(300));
    made.policy.warn_before_days += static_cast<std::uint32_t>(chance.below(3));
    EXPECT_LE(made.warning()->raised_at, before->raised_at) << format_moment(made.dispatched_at);
  }
}

}  // namespace
}  // namespace fieldnode::rules
