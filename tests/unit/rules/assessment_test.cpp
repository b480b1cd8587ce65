#include "sync/rules/assessment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "sync/base/random.h"
#include "sync/rules/rule_book.h"
#include "tests/unit/rules/lifecycle_sheet.h"
#include "tests/unit/rules/scene.h"

namespace fieldnode::rules {
namespace {

using namespace std::chrono_literals;

UtcTime const kDay = moment("2026-10-12T00:00:00+08:00");

/// `11:59:00`, `12:00:00.900`, `+1 09:00:00`; nothing for -.
std::optional<UtcTime> time_in(std::string const& text) {
  if (text == "-") return std::nullopt;
  auto const blank = text.find(' ');
  int const days = blank == std::string::npos ? 0 : std::stoi(text.substr(0, blank));
  auto const clock = blank == std::string::npos ? text : text.substr(blank + 1);
  auto const seconds = std::stod(clock.substr(6));
  return kDay + std::chrono::hours(24 * days + std::stoi(clock.substr(0, 2))) +
         std::chrono::minutes(std::stoi(clock.substr(3, 2))) + Milliseconds(static_cast<long>(seconds * 1000 + 0.5));
}

/// `09:30:00-12:00:00`, the second perhaps `+1 08:29:00`.
TimeSpan span_in(std::string const& text) {
  auto const dash = text.find('-');
  return {*time_in(text.substr(0, dash)), *time_in(text.substr(dash + 1))};
}

UtcTime at_noon(int day) { return kDay + 24h * day + 12h; }

class AssessmentOf : public testing::Test {
 protected:
  [[nodiscard]] VerdictContext rules() const {
    return {
        .policy = book_.policy, .calendar = book_.calendar, .calendar_then = {}, .proof_of = [this](Mark const& mark) {
          auto const proof = proofs_.find(mark.at);
          return proof == proofs_.end() ? ActProof{} : proof->second;
        }};
  }
  [[nodiscard]] Assessment assessed(UnitState const& unit, Period const& period, UtcTime now) {
    lines_.clear();
    return assess(unit, {.period = period,
                         .now = exactly(now),
                         .outage_excuses = false,
                         .verdicts = [this](AssignmentState const&) { return rules(); },
                         .each = [this](ClockLine const& line) { lines_.push_back(line); }});
  }
  /// Of the scene's unit, in the month of October 2026.
  [[nodiscard]] Assessment assessed(UtcTime now) {
    return assessed(replay(scene_.entries_, scene_.acts_, Scene::order()), kOctober, now);
  }
  /// Proven to the second: held by the centre when it was made.
  Position act(std::string_view at, Payload payload) {
    auto const place = scene_.at(at).act(std::move(payload));
    proofs_[place] = {.anchored_at = moment(at), .made_on = {}, .held_at = moment(at), .anomaly = false};
    return place;
  }
  Position decide(std::string_view at, Payload payload) { return scene_.at(at).decide(std::move(payload)); }

  Period const kOctober{moment("2026-10-01T00:00:00+08:00"), moment("2026-11-01T00:00:00+08:00")};
  RuleBook const book_ = built_in_rule_book();
  std::map<Position, ActProof> proofs_;
  std::vector<ClockLine> lines_;
  Scene scene_;
};

std::uint32_t cell(Assessment const& assessment, ClockKind clock, ClockCell cell) {
  return assessment.of(clock).at(static_cast<std::size_t>(cell));
}

struct Office {
  UnitState unit;
  ActProof proof;
  UtcTime now{};
};

Office office_in(std::vector<std::string> const& line) {
  Office office;
  office.now = *time_in(line.at(8));
  AssignmentState state;
  state.id = kAssignment;
  state.dispatched_by = {kFeed, 1};
  state.dispatched_at = *time_in(line.at(1));
  state.dispatch = plain_dispatch();
  Position const act{kJournal, 1};
  if (auto const made = time_in(line.at(2))) {
    state.acknowledged = Mark{act, {ClockClass::kAnchored, exactly(*made), *made, 1}};
    state.acts.push_back({act, {}, EntryKind::kAcknowledgement, Standing::kTaken, {}, {}});
  }
  office.proof = {time_in(line.at(3)), {}, time_in(line.at(4)), false};
  if (line.at(5) != "-") {
    state.time_rulings.push_back({{kFeed, 2}, {act, ClockKind::kAcknowledge, line.at(5) == "in"}});
  }
  if (line.at(6) != "-") {
    auto const span = span_in(line.at(6));
    office.unit.outages.push_back(
        {{}, {{span.from - 10s, span.from}, {span.until, span.until + 10s}, 9, OutageCause::kUnreachable}});
  }
  if (line.at(7) != "-") {
    auto const span = span_in(line.at(7).substr(line.at(7).find(' ') + 1));
    auto const view = line.at(7).starts_with("down") ? OutageView::kCentreDown : OutageView::kNodeSilent;
    office.unit.outages_seen.push_back({{kFeed, 3}, {view, span.from, span.until}});
  }
  office.unit.assignments.emplace(kAssignment, std::move(state));
  return office;
}

TEST_F(AssessmentOf, EveryOfficeOfTheTableStandsInTheCellThatItStates) {
  auto const table = read_table("assessment.tsv");
  ASSERT_GE(table.size(), 20u);
  for (auto const& line : table) {
    if (line.front() == "office") continue;
    ASSERT_EQ(line.size(), 12u) << line.front();
    auto const office = office_in(line);
    proofs_ = {{{kJournal, 1}, office.proof}};
    (void)assessed(office.unit, kOctober, office.now);
    ASSERT_FALSE(lines_.empty()) << line.front();
    EXPECT_EQ(name_of(lines_.front().cell), line.at(9)) << line.front() << ": " << line.at(11);
    EXPECT_EQ(lines_.front().due_without_outages, time_in(line.at(10))) << line.front() << ": " << line.at(11);
  }
}

TEST_F(AssessmentOf, EachCellHasANameOfItsOwn) {
  for (std::size_t i = 0; i < kClockCells; ++i) {
    auto const one = static_cast<ClockCell>(i);
    EXPECT_EQ(cell_named(name_of(one)), one);
  }
  EXPECT_FALSE(cell_named("late"));
}

TEST_F(AssessmentOf, AClockCountsWhereItIsDue) {
  decide("2026-10-30T09:00:00+08:00", plain_dispatch());
  auto const unit = replay(scene_.entries_, scene_.acts_, Scene::order());
  Period const november{kOctober.until, moment("2026-12-01T00:00:00+08:00")};
  auto const now = moment("2026-11-20T09:00:00+08:00");
  auto const in_october = assessed(unit, kOctober, now);
  EXPECT_EQ(in_october.dispatched, 1u);
  EXPECT_EQ(cell(in_october, ClockKind::kAcknowledge, ClockCell::kOverdue), 1u);
  EXPECT_EQ(total_of(in_october.of(ClockKind::kResolve)), 0u);
  auto const in_november = assessed(unit, november, now);
  EXPECT_EQ(in_november.dispatched, 0u);
  EXPECT_EQ(total_of(in_november.of(ClockKind::kAcknowledge)), 0u);
  EXPECT_EQ(cell(in_november, ClockKind::kContact, ClockCell::kOverdue), 1u);
  EXPECT_EQ(cell(in_november, ClockKind::kReturn, ClockCell::kUnused), 1u) << "due on Monday 2 November";
  EXPECT_EQ(cell(in_november, ClockKind::kResolve, ClockCell::kOverdue), 1u);
}

TEST_F(AssessmentOf, APausedClockCountsWhereItsAssignmentWasDispatched) {
  decide("2026-10-12T09:00:00+08:00", plain_dispatch());
  act("2026-10-12T09:30:00+08:00", Acknowledgement{});
  decide("2026-10-12T10:00:00+08:00", Pause{});
  auto const paused = assessed(moment("2026-12-20T09:00:00+08:00"));
  EXPECT_EQ(cell(paused, ClockKind::kAcknowledge, ClockCell::kPaused), 1u)
      << "an acknowledgement before the pause has no due while the pause is open";
  EXPECT_EQ(cell(paused, ClockKind::kResolve, ClockCell::kPaused), 1u);
  decide("2026-12-21T09:00:00+08:00", Resume{});
  auto const resumed = assessed(moment("2026-12-22T09:00:00+08:00"));
  EXPECT_EQ(total_of(resumed.of(ClockKind::kResolve)), 0u) << "due in December now";
}

TEST_F(AssessmentOf, AnAssistingUnitOwesNoResolution) {
  auto assisting = plain_dispatch();
  assisting.lead = false;
  decide("2026-10-12T09:00:00+08:00", assisting);
  EXPECT_EQ(cell(assessed(at_noon(9)), ClockKind::kResolve, ClockCell::kNotOwed), 1u);
}

TEST_F(AssessmentOf, AnExtensionAskedInTimeHoldsTheClock) {
  decide("2026-10-12T09:00:00+08:00", plain_dispatch());
  act("2026-10-16T09:00:00+08:00", extension(2));
  auto const asked = assessed(moment("2026-10-30T09:00:00+08:00"));
  EXPECT_EQ(cell(asked, ClockKind::kResolve, ClockCell::kHeld), 1u);
  EXPECT_EQ(asked.extensions, (ApplicationCounts{.asked = 1, .pending = 1}));
  decide("2026-10-30T10:00:00+08:00", ExtensionDecision{{kJournal, 1}, false, 0});
  auto const denied = assessed(moment("2026-10-30T11:00:00+08:00"));
  EXPECT_EQ(cell(denied, ClockKind::kResolve, ClockCell::kOverdue), 1u) << "E3: the old due counts";
  EXPECT_EQ(denied.extensions, (ApplicationCounts{.asked = 1, .denied = 1}));
}

TEST_F(AssessmentOf, EachApplicationIsCountedByWhatBecameOfIt) {
  decide("2026-10-12T09:00:00+08:00", plain_dispatch());
  auto const first = act("2026-10-13T09:00:00+08:00", extension(1));
  decide("2026-10-13T10:00:00+08:00", ExtensionDecision{first, true, 1});
  auto const second = act("2026-10-14T09:00:00+08:00", extension(1));
  act("2026-10-14T10:00:00+08:00", Withdrawal{second});
  auto const third = act("2026-10-14T11:00:00+08:00", extension(1));
  decide("2026-10-14T12:00:00+08:00", ExtensionDecision{third, false, 0});
  act("2026-10-15T09:00:00+08:00", extension(1));
  act("2026-10-12T16:00:00+08:00", SpecialApplication{5});
  act("2026-10-12T16:30:00+08:00", not_ours());
  decide("2026-10-12T17:00:00+08:00", ReturnDecision{{kJournal, 7}, true, false});
  auto const all = assessed(moment("2026-10-30T09:00:00+08:00"));
  EXPECT_EQ(all.extensions,
            (ApplicationCounts{.asked = 4, .granted = 1, .denied = 1, .withdrawn = 1, .void_by_end = 1}));
  EXPECT_EQ(all.specials, (ApplicationCounts{.asked = 1, .void_by_end = 1}));
  EXPECT_EQ(all.returns, (ApplicationCounts{.asked = 1, .granted = 1}));
}

TEST_F(AssessmentOf, ACitizenCountsOnceByTheLastAnswer) {
  decide("2026-10-12T09:00:00+08:00", plain_dispatch());
  act("2026-10-12T09:10:00+08:00", reached());
  act("2026-10-12T09:20:00+08:00", solved());
  decide("2026-10-20T09:00:00+08:00", CallBack{});
  decide("2026-10-21T09:00:00+08:00", unhappy());
  decide("2026-10-22T09:00:00+08:00", happy());
  auto const heard = assessed(moment("2026-10-30T09:00:00+08:00")).satisfaction;
  EXPECT_EQ(heard.not_reached, 1u);
  EXPECT_EQ(heard.satisfied, (std::array<std::uint32_t, 4>{0, 1, 0, 0}));
  EXPECT_EQ(heard.solved, (std::array<std::uint32_t, 4>{0, 1, 0, 0}));
}

TEST_F(AssessmentOf, NotesOnTheUnitStandBesideThoseOnAssignments) {
  decide("2026-10-12T09:00:00+08:00", plain_dispatch());
  decide("2026-10-13T09:00:00+08:00", SupervisionNote{SupervisionGround::kPerfunctory, false});
  auto unit = replay(scene_.entries_, scene_.acts_, Scene::order());
  SupervisionNote const fraud{SupervisionGround::kFraud, false};
  unit.supervision.push_back({{{kFeed, 8}, central_time(moment("2026-10-14T09:00:00+08:00"))}, fraud});
  unit.supervision.push_back({{{kFeed, 9}, central_time(moment("2026-11-01T00:00:00+08:00"))}, fraud});
  auto const assessment = assessed(unit, kOctober, moment("2026-10-30T09:00:00+08:00"));
  EXPECT_EQ(assessment.on_assignments.at(1), 1u);
  EXPECT_EQ(assessment.on_unit.at(2), 1u) << "the period ends before midnight of 1 November";
}

TEST_F(AssessmentOf, AVetoStandsUntilItIsWithdrawn) {
  UnitState unit;
  VetoFact veto{{kFeed, 4}, {}, StaffId{1}, {kOctober, {kFeed, 3}, StaffId{2}}, {}, {}};
  auto const state_with = [&](VetoFact const& fact) {
    unit.vetoes = {fact};
    auto const assessment = assessed(unit, kOctober, at_noon(30));
    return std::pair(assessment.vetoed(), state_of(assessment.vetoes.at(0)));
  };
  EXPECT_EQ(state_with(veto), std::pair(true, VetoState::kStands));
  veto.contests.push_back({{kJournal, 1}, {}});
  EXPECT_EQ(state_with(veto), std::pair(true, VetoState::kContested));
  veto.steps.push_back({{kFeed, 5}, {}, VetoMove::kRejected});
  EXPECT_EQ(state_with(veto), std::pair(true, VetoState::kStands));
  veto.steps.push_back({{kFeed, 6}, {}, VetoMove::kWithdrawn});
  EXPECT_EQ(state_with(veto), std::pair(false, VetoState::kWithdrawn));
}

TEST_F(AssessmentOf, AVetoOfAnotherPeriodIsNotThisOnes) {
  UnitState unit;
  Period const november{kOctober.until, moment("2026-12-01T00:00:00+08:00")};
  unit.vetoes = {{{kFeed, 4}, {}, StaffId{1}, {november, {kFeed, 3}, StaffId{2}}, {}, {}}};
  EXPECT_FALSE(assessed(unit, kOctober, at_noon(30)).vetoed());
}

TEST(ClockSums, AddUpWhateverThePolicyExcuses) {
  CellCounts cells{};
  for (std::size_t i = 0; i < kClockCells; ++i) cells[i] = 1U << i;
  for (bool const excuses : {false, true}) {
    auto const sums = sums_of(cells, excuses);
    EXPECT_EQ(sums.in_time + sums.late + sums.undetermined, sums.judged);
    EXPECT_EQ(sums.excused, excuses ? (1U << 8) + (1U << 10) : 0U);
    EXPECT_EQ(sums.judged + sums.excused, (1U << 11) - 1) << "what is open or not owed is not judged";
  }
}

TEST_F(AssessmentOf, BeyondTheCalendarNothingIsGuessed) {
  decide("2035-10-12T09:00:00+08:00", plain_dispatch());
  auto const unit = replay(scene_.entries_, scene_.acts_, Scene::order());
  auto const far = assessed(unit, {moment("2035-10-01T00:00:00+08:00"), moment("2035-11-01T00:00:00+08:00")},
                            moment("2035-10-30T09:00:00+08:00"));
  EXPECT_EQ(far.dispatched, 1u);
  EXPECT_EQ(far.outside_calendar, 1u);
  EXPECT_TRUE(lines_.empty());
}

// ---- properties
// ------------------------------------------------------------------------------------------------------

/// A unit with assignments in random situations over some months.
class RandomUnit {
 public:
  explicit RandomUnit(std::uint64_t seed) : random_(seed) {
    for (std::uint64_t id = 1; id <= 24; ++id) add(AssignmentId{id});
    for (int i = 0; i < 6; ++i) {
      auto const from = some_time();
      auto const until = from + Milliseconds(random_.below(3 * 86'400'000));
      state_.outages_seen.push_back(
          {{kFeed, 900U + static_cast<std::uint64_t>(i)},
           {random_.below(3) == 0 ? OutageView::kCentreDown : OutageView::kNodeSilent, from, until}});
      if (random_.below(2) == 0) {
        state_.outages.push_back({{}, {exactly(from + 1min), exactly(until), 9, OutageCause::kBroken}});
      }
    }
  }

  [[nodiscard]] UnitState const& state() const { return state_; }
  [[nodiscard]] ActProof proof_of(Mark const& mark) const {
    auto const made = mark.time.estimate;
    switch (mark.at.seq % 4) {
      case 0:
        return {made, {}, made, false};
      case 1:
        return {made - 1h, {}, made + 72h, false};
      case 2:
        return {{}, {}, made + 24h, false};
      default:
        return {made - 1h, {}, made + 24h, true};
    }
  }
  [[nodiscard]] SeededRandom& chance() { return random_; }

 private:
  UtcTime some_time() { return moment("2026-08-01T00:00:00+08:00") + Milliseconds(random_.below(90LL * 86'400'000)); }
  Mark mark(UtcTime at) { return {{kJournal, ++seq_}, {ClockClass::kAnchored, {at - 1s, at + 1s}, at, 1}}; }
  bool half() { return random_.below(2) == 0; }

  void add(AssignmentId id) {
    AssignmentState state;
    state.id = id;
    state.dispatched_by = {kFeed, id.value};
    state.dispatched_at = some_time();
    state.dispatch = plain_dispatch(half() ? CaseKind::kConsultation : CaseKind::kHelp);
    state.dispatch.lead = random_.below(8) != 0;
    auto const later = [&] { return state.dispatched_at + Milliseconds(random_.below(14LL * 86'400'000)); };
    if (half()) state.acknowledged = mark(later());
    if (half()) state.contacts.push_back({mark(later()), ContactOutcome::kReached});
    if (half()) state.resolution = ResolutionFact{mark(later()), solved(), {}};
    if (random_.below(4) == 0) state.pending_extension = TimeApplication{mark(later()), 2};
    if (random_.below(4) == 0) state.pauses.push_back({later(), half() ? std::optional(some_time()) : std::nullopt});
    if (half()) state.ending = Ending{half() ? Stage::kClosed : Stage::kTakenBack, {kFeed, 800}, later(), {}};
    if (state.acknowledged && half()) {
      state.time_rulings.push_back({{kFeed, 700}, {state.acknowledged->at, ClockKind::kAcknowledge, half()}});
    }
    state_.assignments.emplace(id, std::move(state));
  }

  SeededRandom random_;
  UnitState state_;
  std::uint64_t seq_{};
};

Assessment assess_random(RandomUnit const& unit, UnitState const& state, Period const& period,
                         std::vector<ClockLine>* lines = nullptr) {
  static auto const book = built_in_rule_book();
  auto const rules = [&](AssignmentState const&) {
    return VerdictContext{
        .policy = book.policy, .calendar = book.calendar, .calendar_then = {}, .proof_of = [&](Mark const& mark) {
          return unit.proof_of(mark);
        }};
  };
  return assess(state, {.period = period,
                        .now = exactly(moment("2026-11-01T00:00:00+08:00")),
                        .outage_excuses = false,
                        .verdicts = rules,
                        .each = [&](ClockLine const& line) {
                          if (lines != nullptr) lines->push_back(line);
                        }});
}

TEST(AssessmentProperty, EveryClockStandsInOneCellOfOnePeriod) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    RandomUnit unit(seed);
    std::vector<UtcTime> cuts{utc_from_ms(0), moment("2030-01-01T00:00:00+08:00")};
    for (int i = 0; i < 5; ++i) {
      cuts.push_back(moment("2026-08-01T00:00:00+08:00") + Milliseconds(unit.chance().below(120LL * 86'400'000)));
    }
    std::ranges::sort(cuts);
    std::map<std::pair<AssignmentId, ClockKind>, int> seen;
    std::uint32_t counted = 0;
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
      std::vector<ClockLine> lines;
      auto const part = assess_random(unit, unit.state(), {cuts[i], cuts[i + 1]}, &lines);
      for (auto const& line : lines) ++seen[{line.assignment, line.verdict.kind}];
      for (auto const& cells : part.clocks) counted += total_of(cells);
    }
    EXPECT_EQ(seen.size(), unit.state().assignments.size() * 4) << "seed " << seed;
    EXPECT_EQ(counted, unit.state().assignments.size() * 4) << "seed " << seed;
    for (auto const& [clock, times] : seen) ASSERT_EQ(times, 1) << "seed " << seed;
  }
}

TEST(AssessmentProperty, FiguresDoNotDependOnTheOrderOfWhatIsKnown) {
  Period const period{moment("2026-08-15T00:00:00+08:00"), moment("2026-10-15T00:00:00+08:00")};
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    RandomUnit unit(seed);
    auto const before = assess_random(unit, unit.state(), period);
    auto state = unit.state();
    std::ranges::reverse(state.outages);
    std::ranges::reverse(state.outages_seen);
    auto const after = assess_random(unit, state, period);
    EXPECT_EQ(before, after) << "seed " << seed;
  }
}

TEST(AssessmentProperty, AnOutageNeverMakesAClockLate) {
  Period const ever{utc_from_ms(0), moment("2030-01-01T00:00:00+08:00")};
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    RandomUnit unit(seed);
    auto const with = assess_random(unit, unit.state(), ever);
    auto without = unit.state();
    without.outages_seen.clear();
    auto const bare = assess_random(unit, without, ever);
    for (auto const kind : {ClockKind::kAcknowledge, ClockKind::kContact, ClockKind::kResolve}) {
      auto const some = sums_of(with.of(kind), false);
      auto const none = sums_of(bare.of(kind), false);
      EXPECT_EQ(some.late, none.late) << "seed " << seed << ": shown apart, not excused";
      EXPECT_EQ(some.in_time, none.in_time) << "seed " << seed;
      EXPECT_LE(sums_of(with.of(kind), true).late, none.late) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace fieldnode::rules
