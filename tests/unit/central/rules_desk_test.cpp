#include "node/central/rules_desk.h"

#include <gtest/gtest.h>

#include "node/lists/rule_entries.h"
#include "tests/unit/central/central_world.h"

namespace fieldnode::central {
namespace {

using rules::EntryKind;

constexpr StaffId kOperator{1};
constexpr StaffId kColleague{2};

constexpr std::string_view kStricter = R"({"version":"measures-v2","limits":{"resolve":"3wd"}})";
constexpr std::string_view kLaxer = R"({"version":"measures-v3","limits":{"resolve":"7wd"}})";
/// The world's day is Thursday 2026-10-08; a Monday to come is taken off.
constexpr std::string_view kComingDay =
    R"({"year":2026,"version":"2026-10-08","region":"示范市","off":["2026-10-12"],"work":[]})";
constexpr std::string_view kPastDay =
    R"({"year":2026,"version":"2026-10-07","region":"示范市","off":["2026-09-28"],"work":[]})";
constexpr std::string_view kPastDayName = "2026/2026-10-07/示范市";

/// A store that fails when a unit is told, as a disk does that is full in between.
class FailingStore : public SqliteCentralStore {
 public:
  FailingStore(CentralWorld& world, UnitId fails)
      : SqliteCentralStore(world.writer, *world.readers, world.vault, world.random, world.book), fails_(fails) {}

  [[nodiscard]] Result<void> with_unit(UnitId unit, UnitTask const& task) override {
    if (unit == fails_) return refuse("storage_failed", "The disk is full.");
    return SqliteCentralStore::with_unit(unit, task);
  }

 private:
  UnitId fails_;
};

struct Publishing : testing::Test {
  static RuleDraft policy(std::string_view text) { return {EntryKind::kPolicy, text, "policy.json"}; }
  static RuleDraft calendar(std::string_view text) { return {EntryKind::kCalendar, text, "calendar.json"}; }

  /// The versions that the unit's feed brings, in order.
  std::vector<std::string> brought_by(UnitRecord const& unit) {
    lists::EntryLists lists(world.writer.connection(), world.vault, unit.id);
    std::vector<std::string> versions;
    for (auto const& entry : lists::rule_entries(lists)) versions.push_back(rules::version_of(entry.edition.value()));
    return versions;
  }
  std::vector<std::string> list(std::initializer_list<char const*> names) { return {names.begin(), names.end()}; }
  void expect_sound() {
    auto const sound = world.store.verify();
    EXPECT_TRUE(sound) << sound.error().sentence;
  }

  CentralWorld world;
  UnitRecord bh = world.add_unit("BH");
  UnitRecord qs = world.add_unit("QS");
  RulesDesk desk{world.store};
};

TEST_F(Publishing, EveryUnitIsToldOnceAndCountsByIt) {
  auto const record = desk.publish(kOperator, policy(kStricter), world.now);
  ASSERT_TRUE(record) << record.error().sentence;
  EXPECT_EQ(record->number, 1U);
  EXPECT_EQ(record->staff, kOperator);
  for (auto const& unit : {bh, qs}) {
    EXPECT_EQ(brought_by(unit), list({"measures-v2"}));
    EXPECT_EQ(world.store.rules_of(unit.id)->current()->policy.resolve.count, 3U);
  }
  EXPECT_EQ(world.store.city_rules()->current()->policy.version, "measures-v2");
  auto const again = desk.publish(kColleague, policy(kStricter), world.now + Milliseconds(5));
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, *record) << "the same text again is the same publication";
  EXPECT_EQ(brought_by(bh).size(), 1U);
  expect_sound();
}

TEST_F(Publishing, AUnitThatIsAddedLaterBeginsWithAllOfIt) {
  ASSERT_TRUE(desk.publish(kOperator, policy(kStricter), world.now));
  ASSERT_TRUE(desk.publish(kOperator, calendar(kComingDay), world.now));
  auto const later = world.add_unit("HX");
  EXPECT_EQ(brought_by(later), list({"measures-v2", "2026/2026-10-08/示范市"}));
  EXPECT_TRUE(world.store.units_behind_rules().empty());
  expect_sound();
}

TEST_F(Publishing, AStopBetweenTwoUnitsIsMadeUpFor) {
  FailingStore failing(world, qs.id);
  EXPECT_EQ(RulesDesk(failing).publish(kOperator, policy(kStricter), world.now).error().code, "storage_failed");
  EXPECT_EQ(brought_by(bh), list({"measures-v2"}));
  EXPECT_EQ(brought_by(qs), list({}));
  EXPECT_EQ(world.store.units_behind_rules(), std::vector{qs.id});
  expect_sound();
  ASSERT_TRUE(desk.publish(kOperator, policy(kLaxer), world.now)) << "another one comes before the first is told";
  EXPECT_EQ(brought_by(bh), list({"measures-v2", "measures-v3"}));
  EXPECT_EQ(brought_by(qs), list({"measures-v2", "measures-v3"})) << "in the order of publication";
  ASSERT_TRUE(desk.finish(world.now));
  EXPECT_EQ(brought_by(qs).size(), 2U);
  expect_sound();
}

TEST_F(Publishing, AVersionStandsForOneText) {
  ASSERT_TRUE(desk.publish(kOperator, policy(kStricter), world.now));
  auto const other = desk.publish(kOperator, policy(R"({"version":"measures-v2"})"), world.now);
  EXPECT_EQ(other.error().code, "version_taken");
  EXPECT_EQ(desk.preview(policy(R"({"version":"measures-v2"})"), world.now).error().code, "version_taken");
  auto const carried = R"({"version":"measures-v1","limits":{"resolve":"4wd"}})";
  EXPECT_EQ(desk.publish(kOperator, policy(carried), world.now).error().code, "version_taken");
  auto const notice = R"({"year":2026,"version":"2025-11-04","off":["2026-10-12"],"work":[]})";
  EXPECT_EQ(desk.publish(kOperator, calendar(notice), world.now).error().code, "version_taken");
  EXPECT_TRUE(desk.publish(kOperator, policy(R"({"version":"measures-v1"})"), world.now))
      << "a city may go back to what the program carries";
  EXPECT_EQ(world.store.city_rules()->current()->policy.resolve.count, 5U);
}

TEST_F(Publishing, WhatCannotBeReadIsNotPublished) {
  EXPECT_EQ(desk.publish(kOperator, policy(R"({"version":"x","mood":"strict"})"), world.now).error().code,
            "bad_policy");
  EXPECT_EQ(desk.publish(kOperator, calendar("{"), world.now).error().code, "bad_calendar");
  EXPECT_TRUE(world.store.published_rules().empty());
}

TEST_F(Publishing, AChangeOfPastDaysNeedsTwoPersons) {
  EXPECT_EQ(desk.publish(kOperator, calendar(kPastDay), world.now).error().code, "needs_second_person");
  auto const outcome = desk.publish_or_propose(kOperator, calendar(kPastDay), world.now);
  ASSERT_TRUE(outcome);
  auto const proposal = std::get<RuleProposal>(*outcome);
  EXPECT_EQ(brought_by(bh), list({})) << "a proposal moves nothing";
  auto const again = desk.publish_or_propose(kColleague, calendar(kPastDay), world.now);
  EXPECT_EQ(std::get<RuleProposal>(*again), proposal) << "it waits once";
  EXPECT_EQ(desk.rule(kOperator, proposal.id, true, world.now).error().code, "proposed_by_same_person");
  ASSERT_TRUE(desk.rule(kColleague, proposal.id, true, world.now));
  ASSERT_EQ(world.store.published_rules().size(), 1U);
  EXPECT_EQ(world.store.published_rules().front().staff, kOperator);
  EXPECT_EQ(world.store.published_rules().front().second, kColleague);
  lists::EntryLists lists(world.writer.connection(), world.vault, bh.id);
  auto const entries = lists.published_rules();
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries.front().skeleton.staff, kOperator);
  EXPECT_EQ(std::get<rules::CalendarVersion>(entries.front().skeleton.payload),
            (rules::CalendarVersion{std::string(kPastDayName), kColleague}));
  EXPECT_EQ(desk.rule(kColleague, proposal.id, true, world.now).error().code, "proposal_settled");
  EXPECT_EQ(desk.rule(kColleague, 99, true, world.now).error().code, "no_such_proposal");
  expect_sound();
}

TEST_F(Publishing, ADeclinedProposalMayComeAgain) {
  auto const first = std::get<RuleProposal>(desk.publish_or_propose(kOperator, calendar(kPastDay), world.now).value());
  ASSERT_TRUE(desk.rule(kColleague, first.id, false, world.now));
  EXPECT_TRUE(world.store.published_rules().empty());
  EXPECT_TRUE(world.store.rule_proposals().empty());
  auto const second = std::get<RuleProposal>(desk.publish_or_propose(kOperator, calendar(kPastDay), world.now).value());
  EXPECT_NE(second.id, first.id);
}

TEST_F(Publishing, ThePreviewCountsPerUnitAndNamesWhatPressesFirst) {
  auto const one = world.dispatched("BH");
  auto const two = world.dispatched("QS");
  world.pass(std::chrono::hours(24 * 6));  // Wednesday 14 October 09:00
  auto const trial = desk.preview(policy(kStricter), world.now);
  ASSERT_TRUE(trial) << trial.error().sentence;
  EXPECT_EQ(trial->effect.open, 2U);
  EXPECT_EQ(trial->effect.counts, (rules::EffectCounts{.earlier = 2, .later = 0, .overdue = 2}));
  ASSERT_EQ(trial->effect.units.size(), 2U);
  EXPECT_EQ(trial->effect.units[0].unit.code, "BH");
  EXPECT_EQ(trial->effect.units[0].counts, (rules::EffectCounts{.earlier = 1, .later = 0, .overdue = 1}));
  ASSERT_EQ(trial->effect.moved.size(), 2U);
  EXPECT_EQ(trial->effect.moved[0].due.clock, rules::ClockKind::kResolve);
  EXPECT_TRUE(trial->effect.moved[0].id == one || trial->effect.moved[0].id == two);
  EXPECT_FALSE(trial->effect.moved[0].title.empty());
  EXPECT_TRUE(brought_by(bh).empty()) << "nothing is changed by it";
  EXPECT_TRUE(world.store.published_rules().empty());
}

TEST_F(Publishing, ThePreviewOfADayOffMovesDuesLater) {
  (void)world.dispatched("BH");
  auto const trial = desk.preview(calendar(kComingDay), world.now);
  ASSERT_TRUE(trial);
  EXPECT_EQ(trial->effect.counts, (rules::EffectCounts{.earlier = 0, .later = 1, .overdue = 0}));
  EXPECT_FALSE(trial->needs_second);
  auto const past = desk.preview(calendar(kPastDay), world.now);
  ASSERT_TRUE(past);
  EXPECT_TRUE(past->needs_second);
}

TEST_F(Publishing, AnEndedAssignmentKeepsItsRulesAndItsDigest) {
  auto const id = world.dispatched("BH");
  ASSERT_TRUE(world.decisions.decide({}, world.fresh(), id, {EntryKind::kTakeBack, rules::TakeBack{}, ""}, world.now));
  auto const running = world.dispatched("BH");
  ASSERT_TRUE(desk.publish(kOperator, policy(kStricter), world.now));
  auto const ended = world.store.dossier(id).value();
  EXPECT_EQ(ended.rules->book_for(ended.state)->policy.version, "measures-v1");
  auto const open = world.store.dossier(running).value();
  EXPECT_EQ(open.rules->book_for(open.state)->policy.version, "measures-v2");
  expect_sound();
}

// D12. The city takes Friday off, and takes that back on Saturday: who did not hear of it was in time on Saturday.
TEST_F(Publishing, AnActIsJudgedByTheCalendarThatItsMakerKnew) {
  auto const friday_off = R"({"year":2026,"version":"2026-10-08","region":"示范市","off":["2026-10-09"],"work":[]})";
  auto const friday_on = R"({"year":2026,"version":"2026-10-10","region":"示范市","off":[],"work":["2026-10-09"]})";
  ASSERT_TRUE(desk.publish(kOperator, calendar(friday_off), world.now));
  auto const one = world.dispatched("BH");
  auto const two = world.dispatched("BH");
  NodeByHand node(world, bh);
  world.pass(std::chrono::hours(48));
  ASSERT_TRUE(node.exchange());
  auto const known = node.feed.seq;
  world.pass(std::chrono::minutes(30));
  auto const proposed = desk.publish_or_propose(kOperator, calendar(friday_on), world.now).value();
  ASSERT_TRUE(desk.rule(kColleague, std::get<RuleProposal>(proposed).id, true, world.now));
  rules::ReturnApplication const not_ours{rules::ReturnReason::kNotOurs, {}};
  node.act(EntryKind::kReturnApplication, one, not_ours, known);
  ASSERT_TRUE(node.exchange());
  EXPECT_TRUE(world.store.dossier(one)->state.pending_return) << "the calendar that it knew gave it until Saturday";
  node.act(EntryKind::kReturnApplication, two, not_ours, node.feed.seq);
  ASSERT_TRUE(node.exchange());
  EXPECT_FALSE(world.store.dossier(two)->state.pending_return) << "this one had heard that Friday worked";
}

}  // namespace
}  // namespace fieldnode::central
