#include "sync/rules/verdict.h"

#include <gtest/gtest.h>

#include "sync/rules/calendar_file.h"
#include "sync/rules/rule_book.h"
#include "tests/unit/rules/lifecycle_sheet.h"
#include "tests/unit/rules/scene.h"

namespace fieldnode::rules {
namespace {

using namespace std::chrono_literals;

UtcTime const kDay = moment("2026-10-12T00:00:00+08:00");
UtcTime const kDue = moment("2026-10-12T12:00:00+08:00");

/// `11:59:00`, `12:00:00.900`, `+1 09:00:00`; nothing for ? and -.
std::optional<UtcTime> time_in(std::string const& text) {
  if (text == "?" || text == "-") return std::nullopt;
  auto const blank = text.find(' ');
  int const days = blank == std::string::npos ? 0 : std::stoi(text.substr(0, blank));
  auto const clock = blank == std::string::npos ? text : text.substr(blank + 1);
  auto const seconds = std::stod(clock.substr(6));
  return kDay + std::chrono::hours(24 * days + std::stoi(clock.substr(0, 2))) +
         std::chrono::minutes(std::stoi(clock.substr(3, 2))) + Milliseconds(static_cast<long>(seconds * 1000 + 0.5));
}

ClockClass class_in(std::string const& text) {
  if (text == "anchored") return ClockClass::kAnchored;
  return text == "carried" ? ClockClass::kCarried : ClockClass::kFloor;
}

std::string name_of(Verdict verdict) {
  std::array<std::string, 6> const names{
      "", "in_time_proven", "in_time_by_clock", "undetermined", "late_by_clock", "late_proven"};
  return names.at(static_cast<std::size_t>(verdict));
}

std::string name_of(ClockTrust trust) {
  std::array<std::string, 6> const names{
      "", "enough", "class_too_low", "anchor_too_old", "anomaly_since", "contradicts_proof"};
  return names.at(static_cast<std::size_t>(trust));
}

struct Office {
  TimeEvidence claimed;
  ActProof proof;
};

Office office_in(std::vector<std::string> const& line) {
  TimeInterval const interval{*time_in(line.at(2)), time_in(line.at(3))};
  return {{class_in(line.at(1)), interval, *time_in(line.at(4)), 1},
          {time_in(line.at(5)), time_in(line.at(6)), time_in(line.at(7)), line.at(8) == "yes"}};
}

TEST(Verdict, EveryOfficeOfTheTableGetsTheVerdictThatItStates) {
  auto const lines = read_table("verdicts.tsv");
  ASSERT_GE(lines.size(), 25u);
  for (auto const& line : lines) {
    if (line.front() == "office") continue;
    ASSERT_EQ(line.size(), 12u) << line.front();
    auto const [claimed, proof] = office_in(line);
    EXPECT_EQ(name_of(verdict_on(kDue, claimed, proof, {})), line.at(9)) << line.front() << ": " << line.at(11);
    EXPECT_EQ(name_of(trust_in(claimed, proof, {})), line.at(10)) << line.front() << ": " << line.at(11);
  }
}

TEST(Verdict, APolicyMayLetACarriedClockCount) {
  TimeEvidence const claimed{ClockClass::kCarried, {kDue - 3h, std::nullopt}, kDue - 10min, 1};
  ActProof const proof{kDue - 3h, kDue - 4h, kDue + 5h, false};
  NodeClockRule const lenient{.clock_class = ClockClass::kCarried};
  EXPECT_EQ(verdict_on(kDue, claimed, proof, lenient), Verdict::kInTimeByClock);
  EXPECT_EQ(verdict_on(kDue - 20min, claimed, proof, lenient), Verdict::kLateByClock);
}

TEST(Verdict, NoClaimMovesWhatIsProven) {
  for (auto const held : {kDue - 1h, kDue, kDue + 1h}) {
    for (auto const anchored : {held - 3h, held - 1min}) {
      for (auto const estimate : {kDue - 48h, kDue - 1min, kDue + 1min, kDue + 48h}) {
        TimeEvidence const claimed{ClockClass::kAnchored, {estimate - 1s, estimate + 1s}, estimate, 1};
        auto const verdict = verdict_on(kDue, claimed, {anchored, anchored, held, false}, {});
        EXPECT_EQ(verdict == Verdict::kInTimeProven, held <= kDue);
        EXPECT_EQ(verdict == Verdict::kLateProven, anchored > kDue);
      }
    }
  }
}

/// A unit that acknowledges, contacts and resolves; the proofs are the test's.
class Verdicts : public testing::Test {
 protected:
  Result<std::vector<ClockVerdict>> verdicts(ActProof const& proof = {}) {
    return verdicts_of(scene_.state(), {.policy = book_.policy,
                                        .calendar = book_.calendar,
                                        .calendar_then = [this](Mark const&) { return then_; },
                                        .proof_of = [&](Mark const&) { return proof; }});
  }
  static Dispatch plain() { return {.case_id = CaseId{1}, .category = Category::kA2, .kind = CaseKind::kComplaint}; }

  RuleBook const book_ = built_in_rule_book();
  Calendar const* then_{};
  Scene scene_;
};

TEST_F(Verdicts, ARunningClockHasNone) {
  scene_.at("2026-10-12T09:00:00+08:00").decide(plain());
  auto const all = verdicts();
  ASSERT_TRUE(all);
  ASSERT_EQ(all->size(), 4u);
  for (auto const& one : *all) EXPECT_FALSE(one.verdict);
}

TEST_F(Verdicts, AMetClockIsJudgedByItsAct) {
  scene_.at("2026-10-12T09:00:00+08:00").decide(plain());
  auto const act = scene_.at("2026-10-12T10:59:00+08:00").act(Acknowledgement{});
  auto const held = verdicts({.held_at = moment("2026-10-12T11:00:00+08:00")});
  ASSERT_TRUE(held);
  EXPECT_EQ(held->at(0).verdict, Verdict::kInTimeProven);
  EXPECT_EQ(held->at(0).act->at, act);
  auto const unseen = verdicts({.anchored_at = moment("2026-10-12T10:50:00+08:00")});
  EXPECT_EQ(unseen->at(0).verdict, Verdict::kInTimeByClock);
  EXPECT_FALSE(unseen->at(1).verdict) << "the contact clock runs on";
}

TEST_F(Verdicts, AnOperatorRulesWhereNobodyCanProve) {
  scene_.at("2026-10-12T09:00:00+08:00").decide(plain());
  auto const act = scene_.at("2026-10-12T10:59:00+08:00").act(Acknowledgement{});
  scene_.decide(TimeRuling{act, ClockKind::kAcknowledge, false});
  auto const by = scene_.decide(TimeRuling{act, ClockKind::kAcknowledge, true});
  auto const open = verdicts();
  EXPECT_EQ(open->at(0).verdict, Verdict::kUndetermined);
  ASSERT_TRUE(open->at(0).ruled) << "the ruling stands beside the verdict";
  EXPECT_TRUE(open->at(0).ruled->ruling.in_time) << "the last one counts";
  EXPECT_EQ(open->at(0).ruled->by, by);
  auto const proven = verdicts({.anchored_at = moment("2026-10-12T11:30:00+08:00")});
  EXPECT_EQ(proven->at(0).verdict, Verdict::kLateProven);
  EXPECT_FALSE(proven->at(0).ruled) << "what is proven needs no ruling";
}

TEST_F(Verdicts, ARulingNamesAnActAndALimitThatItMet) {
  scene_.at("2026-10-12T09:00:00+08:00").decide(plain());
  auto const act = scene_.act(Acknowledgement{});
  JudgeContext const context{
      .policy = book_.policy, .calendar = book_.calendar, .side = Side::kCentre, .now = exactly(scene_.now())};
  for (auto const& [ruling, code] : {std::pair(TimeRuling{act, ClockKind::kAcknowledge, true}, ""),
                                     std::pair(TimeRuling{act, ClockKind::kContact, true}, "no_limit_to_rule"),
                                     std::pair(TimeRuling{{kJournal, 77}, ClockKind::kContact, true}, "unknown_act")}) {
    auto const judged = judge_decision(scene_.state(), scene_.draft_decision(ruling), context);
    EXPECT_EQ(judged ? std::string() : judged.error().code, code);
  }
}

TEST_F(Verdicts, ATakeBackBreaksWhatWasOverdueAndNothingElse) {
  scene_.at("2026-10-12T09:00:00+08:00").decide(plain());
  scene_.at("2026-10-12T14:00:00+08:00").decide(TakeBack{});
  auto const all = verdicts();
  ASSERT_TRUE(all);
  EXPECT_EQ(all->at(0).verdict, Verdict::kLateProven) << "two hours had passed";
  EXPECT_FALSE(all->at(1).verdict) << "three days had not";
  EXPECT_FALSE(all->at(2).verdict) << "a return is a right";
}

TEST_F(Verdicts, ACalendarThatTheNodeDidNotKnowMakesNoActLate) {
  // The notice of 2019-03-22 made Sunday 28 April a working day, so three days from the 25th end on the 29th, no longer
  // on the 30th.
  Calendar const before(built_in_notices(), CivilDay(std::chrono::year(2019) / 3 / 21));
  scene_.at("2019-04-25T09:00:00+08:00").decide(plain());
  scene_.at("2019-04-30T10:00:00+08:00").act(Contact{Channel::kTelephone, ContactOutcome::kReached, {}});
  ActProof const held{.anchored_at = moment("2019-04-30T09:59:00+08:00"),
                      .made_on = {},
                      .held_at = moment("2019-04-30T10:00:01+08:00"),
                      .anomaly = false};
  auto const knew = verdicts(held);
  ASSERT_TRUE(knew);
  EXPECT_EQ(knew->at(1).due, moment("2019-04-29T17:00:00+08:00"));
  EXPECT_EQ(knew->at(1).verdict, Verdict::kLateProven);

  then_ = &before;
  auto const did_not_know = verdicts(held);
  ASSERT_TRUE(did_not_know);
  EXPECT_EQ(did_not_know->at(1).due, moment("2019-04-30T17:00:00+08:00"));
  EXPECT_TRUE(did_not_know->at(1).forgiven);
  EXPECT_EQ(did_not_know->at(1).verdict, Verdict::kInTimeProven);
}

TEST_F(Verdicts, ACalendarThatGivesMoreTimeCountsAtOnce) {
  // The notice of 2020-01-27 took 31 January off and made it no working day again.
  Calendar const before(built_in_notices(), CivilDay(std::chrono::year(2020) / 1 / 26));
  scene_.at("2020-01-22T09:00:00+08:00").decide(plain());
  scene_.at("2020-02-03T16:00:00+08:00").act(Contact{Channel::kTelephone, ContactOutcome::kReached, {}});
  then_ = &before;
  auto const all = verdicts({.held_at = moment("2020-02-03T16:00:01+08:00")});
  ASSERT_TRUE(all);
  EXPECT_FALSE(all->at(1).forgiven);
  EXPECT_EQ(all->at(1).verdict, Verdict::kInTimeProven);
}

}  // namespace
}  // namespace fieldnode::rules
