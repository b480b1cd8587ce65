#include "sync/rules/adoption.h"

#include <gtest/gtest.h>

#include "sync/rules/calendar_file.h"
#include "sync/rules/proofs.h"
#include "sync/rules/rule_book.h"
#include "tests/unit/rules/scene.h"

namespace fieldnode::rules {
namespace {

constexpr Epoch kOldJournal{0x99};
constexpr Position kAside{kOldJournal, 4};

/// The office that was replaced did it with knowledge of the whole feed so far, in a journal that nobody holds.
Placed aside(Scene const& scene, Payload payload) { return {kAside, scene.draft_act(std::move(payload))}; }

std::string refusal_of_adopting(Scene const& scene, Placed const& act, UtcTime held_at) {
  static RuleBook const book = built_in_rule_book();
  auto const allowed = judge_adoption(
      scene.state(), act,
      {.policy = book.policy, .calendar = book.calendar, .side = Side::kCentre, .now = {UtcTime{}, held_at}});
  return allowed ? "" : allowed.error().code;
}

struct Row {
  std::string_view name;
  std::vector<Payload> done;  ///< by the replacement, before
  Payload act;
  std::string_view code;  ///< empty: it may be adopted
};

TEST(Adoption, IsJudgedByWhatStandsNow) {
  Row const rows[] = {
      {"nobody acknowledged", {}, Acknowledgement{}, ""},
      {"a note always fits", {Acknowledgement{}}, Note{}, ""},
      {"the replacement acknowledged", {Acknowledgement{}}, Acknowledgement{}, "adds_nothing"},
      {"the contact is missing", {Acknowledgement{}}, solved(), "contact_missing"},
      {"the replacement resolved", {Acknowledgement{}, reached(), solved()}, solved(), "already_resolved"},
      {"of the unit as a whole", {}, StaffChange{StaffId{4}, StaffRole::kClerk, false}, ""},
  };
  for (auto const& row : rows) {
    auto scene = dispatched();
    for (auto const& act : row.done) scene.act(act);
    auto act = aside(scene, row.act);
    bool const is_unit_wide = std::holds_alternative<StaffChange>(row.act);
    auto const expected = is_unit_wide ? "not_on_assignment" : std::string(row.code);
    EXPECT_EQ(refusal_of_adopting(scene, act, scene.now()), expected) << row.name;
  }
}

TEST(Adoption, AnEndThatTheActDidNotKnowLeavesNothingToRuleItInto) {
  auto scene = dispatched();
  auto const act = aside(scene, Acknowledgement{});
  scene.decide(TakeBack{});
  EXPECT_EQ(refusal_of_adopting(scene, act, scene.now()), "assignment_ended");
}

TEST(Adoption, IsDoneOnceWhereverTheActWasAppended) {
  auto scene = dispatched();
  auto const act = aside(scene, Note{});
  scene.acts_.push_back({{kJournal, 1}, scene.draft_act(Note{})});
  scene.acts_.back().skeleton.origin = kAside;
  EXPECT_EQ(refusal_of_adopting(scene, act, scene.now()), "not_set_aside") << "it was appended again, and counts";

  scene.acts_.back().skeleton.origin = Position{Epoch{0x77}, 1};
  auto again = act;
  again.skeleton.origin = Position{Epoch{0x77}, 1};
  EXPECT_EQ(refusal_of_adopting(scene, again, scene.now()), "not_set_aside") << "both are appends of a third";
}

TEST(Adoption, AClaimedMomentIsWorthNothingBeyondWhatTheCentreSaw) {
  auto const held = moment("2026-03-05T09:00:00+08:00");
  auto const early = moment("2026-03-02T11:00:00+08:00");
  auto const late = moment("2026-03-06T11:00:00+08:00");
  auto const time = adopted_time({ClockClass::kAnchored, exactly(early), early, 7}, held);
  EXPECT_EQ(time, (TimeEvidence{ClockClass::kFloor, {UtcTime{}, held}, early, 0}));
  EXPECT_EQ(adopted_time({ClockClass::kAnchored, exactly(late), late, 7}, held).estimate, held)
      << "the centre had it before";
  EXPECT_EQ(adopted_time({ClockClass::kAnchored, exactly(late), late, 7}, std::nullopt),
            (TimeEvidence{ClockClass::kFloor, {UtcTime{}, std::nullopt}, late, 0}));
}

/// Nobody has a word on a journal that no end holds.
struct NoWords final : Witness {
  std::optional<UtcTime> anchor_sent_at(std::uint64_t) override { return std::nullopt; }
  std::optional<UtcTime> received_at(Position) override { return std::nullopt; }
  std::optional<Position> made_on(Position) override { return std::nullopt; }
  std::optional<UtcTime> feed_entry_time(Position) override { return std::nullopt; }
};

TEST(Adoption, TheEntryThatRulesItInSaysWhenTheCentreHadIt) {
  auto scene = dispatched();
  auto const held = moment("2026-03-02T15:00:00+08:00");
  auto act = aside(scene, Acknowledgement{});
  act.skeleton.time = adopted_time(act.skeleton.time, held);
  scene.acts_.push_back(act);
  scene.decide(Adopt{kAside, {1}, held});
  auto const state = scene.state();
  ASSERT_TRUE(state.acknowledged);
  EXPECT_EQ(state.act(kAside)->standing, Standing::kAdopted);
  NoWords nobody;
  auto const proof = proof_of(state, *state.acknowledged, {}, nobody);
  EXPECT_EQ(proof.bracket(), (TimeInterval{UtcTime{}, held}));
  auto const rule = built_in_rule_book().policy.node_clock_counts;
  EXPECT_EQ(verdict_on(held + std::chrono::hours(1), state.acknowledged->time, proof, rule), Verdict::kInTimeProven);
  EXPECT_EQ(verdict_on(held - std::chrono::hours(1), state.acknowledged->time, proof, rule), Verdict::kUndetermined);
}

}  // namespace
}  // namespace fieldnode::rules
