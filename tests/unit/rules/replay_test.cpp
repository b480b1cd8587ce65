#include "sync/rules/replay.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

#include "sync/base/random.h"
#include "sync/rules/digest_form.h"
#include "tests/unit/rules/scene.h"

namespace fieldnode::rules {
namespace {

TEST(Replay, TheFirstAcknowledgementKeepsItsTime) {
  auto scene = dispatched();
  auto const first = scene.act(Acknowledgement{});
  auto const second = scene.act(Acknowledgement{});
  auto const state = scene.state();
  EXPECT_EQ(state.acknowledged->at, first);
  EXPECT_EQ(state.act(second)->standing, Standing::kTaken) << "kept, and changes nothing";
}

TEST(Replay, AResolutionWithoutContactChangesNothingAndIsUnjudged) {
  auto scene = dispatched();
  auto const act = scene.act(solved());
  EXPECT_EQ(scene.state().stage(), Stage::kOpen);
  EXPECT_EQ(scene.state().act(act)->standing, Standing::kUnjudged);
  scene.decide(CaseUpdate{});
  EXPECT_EQ(scene.state().act(act)->standing, Standing::kNoEffect) << "an entry covers it and says nothing";
}

TEST(Replay, ARefusedActHasNoEffectFromTheBeginning) {
  auto scene = dispatched();
  auto const contact = scene.act(reached());
  scene.decide(CaseUpdate{});
  scene.decide(RefusalOfAct{contact, "channel_missing"});
  auto const state = scene.state();
  EXPECT_EQ(state.stage(), Stage::kOpen);
  EXPECT_EQ(state.act(contact)->standing, Standing::kRefused);
  EXPECT_EQ(state.act(contact)->code, "channel_missing");
  EXPECT_EQ(state.act(contact)->ruled_by, (Position{kFeed, 3}));
}

TEST(Replay, AnActStandsBeforeTheFirstEntryThatCoversIt) {
  auto scene = dispatched();
  scene.act(Acknowledgement{});
  scene.act(reached());
  Placed take_back{{kFeed, 2}, scene.draft_decision(TakeBack{})};
  take_back.skeleton.basis = {kJournal, 1};  // the centre had judged the acknowledgement only
  scene.entries_.push_back(take_back);
  auto const state = scene.state();
  EXPECT_TRUE(state.acknowledged);
  EXPECT_FALSE(state.reached()) << "the contact stands after the take-back";
  EXPECT_EQ(state.stage(), Stage::kTakenBack);
}

struct TakenBackOffline {
  Scene scene = dispatched();
  Position contact;
  TakenBackOffline() {
    Placed take_back{{kFeed, 2}, scene.draft_decision(TakeBack{})};
    contact = scene.act(reached());
    scene.entries_.push_back(take_back);
    scene.decide(Conflict{contact});
  }
};

TEST(Replay, AConflictWaitsAndHasNoEffect) {
  TakenBackOffline story;
  auto const state = story.scene.state();
  EXPECT_EQ(state.open_conflicts(), std::vector{story.contact});
  EXPECT_FALSE(state.reached());
}

TEST(Replay, AConflictThatStandsCountsAndTheEndRemains) {
  TakenBackOffline story;
  story.scene.decide(Settlement{story.contact, true});
  auto const state = story.scene.state();
  EXPECT_EQ(state.act(story.contact)->standing, Standing::kStands);
  EXPECT_EQ(state.reached()->by.at, story.contact);
  EXPECT_EQ(state.stage(), Stage::kTakenBack);
  EXPECT_TRUE(state.open_conflicts().empty());
}

TEST(Replay, AVoidedConflictNeverCounts) {
  TakenBackOffline story;
  story.scene.decide(Settlement{story.contact, false});
  auto const again = story.scene.decide(Settlement{story.contact, true});
  auto const state = story.scene.state();
  EXPECT_EQ(state.act(story.contact)->standing, Standing::kVoid);
  EXPECT_FALSE(state.reached());
  EXPECT_EQ(state.idle_entries, std::vector{again}) << "it is settled once";
}

TEST(Replay, ASetAsideActTakesEffectWhereItIsAdopted) {
  auto scene = dispatched();
  auto const late = scene.act(Acknowledgement{});
  scene.decide(SetAside{late, "unknown_kind"});
  EXPECT_FALSE(scene.state().acknowledged);
  scene.decide(Adopt{late});
  EXPECT_EQ(scene.state().acknowledged->at, late);
  EXPECT_EQ(scene.state().act(late)->standing, Standing::kAdopted);
}

TEST(Replay, WhatStandsBeyondTheEndOfItsEpochIsAsideUntilAdopted) {
  auto scene = dispatched();
  auto const lost = scene.act(Acknowledgement{});
  EpochOrder const order({{Epoch{0x10}}, {kJournal, 0}, {Epoch{0x12}}});
  auto const fold = [&] { return replay_assignment(kAssignment, scene.entries_, scene.acts_, order); };
  EXPECT_EQ(fold().act(lost)->standing, Standing::kSetAside);
  scene.decide(Adopt{lost});
  EXPECT_EQ(fold().acknowledged->at, lost);
}

TEST(Replay, AnAdoptedEarlierAcknowledgementReplacesTheLaterOne) {
  auto scene = dispatched();
  auto const lost = scene.act(Acknowledgement{});
  auto again = scene.draft_act(Acknowledgement{});
  scene.acts_.push_back({{Epoch{0x12}, 1}, again});
  EpochOrder const order({{kJournal, 0}, {Epoch{0x12}}});
  scene.decide(Adopt{lost});
  EXPECT_EQ(replay_assignment(kAssignment, scene.entries_, scene.acts_, order).acknowledged->at, lost);
}

TEST(Replay, AReAppendedActCountsOnce) {
  auto scene = dispatched();
  auto const first = scene.act(Note{});
  Placed again{{Epoch{0x12}, 1}, scene.draft_act(Note{})};
  again.skeleton.origin = first;
  Placed third{{Epoch{0x12}, 2}, again.skeleton};
  scene.acts_.push_back(again);
  scene.acts_.push_back(third);
  auto const held =
      replay_assignment(kAssignment, scene.entries_, scene.acts_, EpochOrder({{kJournal}, {Epoch{0x12}}}));
  EXPECT_EQ(held.notes, 1u);
  EXPECT_EQ(held.act(again.at)->standing, Standing::kRepeated);
  auto const lost =
      replay_assignment(kAssignment, scene.entries_, scene.acts_, EpochOrder({{kJournal, 0}, {Epoch{0x12}}}));
  EXPECT_EQ(lost.notes, 1u) << "the original is aside, the first re-append counts";
  EXPECT_EQ(lost.act(again.at)->standing, Standing::kTaken);
  EXPECT_EQ(lost.act(third.at)->standing, Standing::kRepeated);
  EXPECT_EQ(lost.act(first)->at, again.at) << "who names the original means the one that counts";
}

TEST(Replay, AContactCorrectedToFailedTakesTheResolutionWithIt) {
  auto scene = dispatched();
  auto const contact = scene.act(reached());
  auto const resolution = scene.act(solved());
  scene.act(Correction{contact, ContactOutcome::kNoAnswer});
  auto const state = scene.state();
  EXPECT_EQ(state.stage(), Stage::kOpen);
  EXPECT_EQ(state.act(resolution)->standing, Standing::kVoid);
  EXPECT_EQ(state.contacts.front().outcome, ContactOutcome::kNoAnswer);
}

TEST(Replay, AResolutionLeansOnAnyContactThatReached) {
  auto scene = dispatched();
  auto const contact = scene.act(reached());
  scene.act(reached());
  scene.act(solved());
  scene.act(Correction{contact, ContactOutcome::kWrongNumber});
  EXPECT_EQ(scene.state().stage(), Stage::kResolved);
}

TEST(Replay, UnreachableIsConfirmedOrVoided) {
  auto scene = dispatched();
  for (int i = 0; i < 3; ++i) scene.act(failed());
  auto const claim = scene.act(unreachable());
  EXPECT_EQ(scene.state().stage(), Stage::kUnconfirmed);
  auto denied = scene;
  denied.decide(UnreachableDecision{claim, false});
  EXPECT_EQ(denied.state().stage(), Stage::kOpen);
  EXPECT_EQ(denied.state().act(claim)->standing, Standing::kVoid);
  scene.decide(UnreachableDecision{claim, true});
  EXPECT_EQ(scene.state().stage(), Stage::kResolved);
}

TEST(Replay, ADecisionOnAnotherApplicationIsIdle) {
  auto scene = dispatched();
  auto const first = scene.act(extension(2));
  scene.act(Withdrawal{first});
  scene.act(extension(3));
  auto const idle = scene.decide(ExtensionDecision{first, true, 2});
  auto const state = scene.state();
  EXPECT_EQ(state.act(first)->standing, Standing::kWithdrawn);
  EXPECT_EQ(state.pending_extension->days, 3u);
  EXPECT_TRUE(state.granted.empty());
  EXPECT_EQ(state.idle_entries, std::vector{idle});
}

TEST(Replay, AGrantedReturnEndsARefusedOneIsAsIfNeverAsked) {
  auto scene = dispatched();
  auto const asked = scene.act(not_ours());
  auto refused = scene;
  refused.decide(ReturnDecision{asked, false, false});
  EXPECT_EQ(refused.state().stage(), Stage::kOpen);
  EXPECT_FALSE(refused.state().pending_return);
  EXPECT_EQ(refused.state().return_rounds, 1u) << "but the round is counted (B4)";
  scene.decide(ReturnDecision{asked, true, false});
  EXPECT_EQ(scene.state().stage(), Stage::kReturned);
}

TEST(Replay, PausesAndTheirEndsAreFacts) {
  auto scene = dispatched();
  scene.decide(Pause{});
  EXPECT_TRUE(scene.state().paused());
  scene.decide(Resume{});
  EXPECT_FALSE(scene.state().paused());
  EXPECT_EQ(scene.state().pauses.size(), 1u);
}

TEST(Replay, AnUnknownKindIsKeptAndChangesNothing) {
  auto scene = dispatched();
  auto const strange = scene.act(UnknownPayload{});
  scene.decide(SetAside{strange, "unknown_kind"});
  EXPECT_EQ(scene.state().act(strange)->standing, Standing::kSetAside);
}

// ---- the whole unit -------------------------------------------------------------------------------------------------

TEST(ReplayUnit, AssignmentsRosterAndVersionsComeFromTheLists) {
  auto scene = dispatched();
  scene.act(Acknowledgement{});
  auto change = scene.draft_act(StaffChange{StaffId{5}, StaffRole::kClerk, false});
  change.assignment = {};
  scene.acts_.push_back({{kJournal, 2}, change});
  auto anomaly = scene.draft_act(Anomaly{AnomalyKind::kReboot, 0});
  anomaly.assignment = {};
  scene.acts_.push_back({{kJournal, 3}, anomaly});
  for (auto const* version : {"measures-v1", "measures-v2"}) {
    auto policy = scene.draft_decision(PolicyVersion{version});
    policy.assignment = {};
    scene.entries_.push_back({{kFeed, scene.entries_.size() + 1}, policy});
  }
  auto const unit = replay(scene.entries_, scene.acts_, Scene::order());
  ASSERT_EQ(unit.assignments.size(), 1u);
  EXPECT_EQ(unit.assignments.at(kAssignment), scene.state());
  EXPECT_EQ(unit.staff.at(StaffId{5}).role, StaffRole::kClerk);
  EXPECT_EQ(unit.anomalies.size(), 1u);
  EXPECT_EQ(unit.policies.back().version, "measures-v2");
}

// ---- properties -----------------------------------------------------------------------------------------------------

Payload random_act(SeededRandom& chance, std::uint64_t last_act) {
  auto const some_act = [&] { return Position{kJournal, 1 + chance.below(last_act + 1)}; };
  switch (chance.below(12)) {
    case 0:
      return Acknowledgement{};
    case 1:
      return reached();
    case 2:
      return failed();
    case 3:
      return solved();
    case 4:
      return unreachable();
    case 5:
      return extension(static_cast<std::uint32_t>(1 + chance.below(5)));
    case 6:
      return not_ours();
    case 7:
      return SpecialApplication{3};
    case 8:
      return StaffAssignment{StaffId{1 + chance.below(3)}, {}};
    case 9:
      return Correction{some_act(), ContactOutcome::kNoAnswer};
    case 10:
      return Withdrawal{some_act()};
    default:
      return completed();
  }
}

Payload random_decision(SeededRandom& chance, std::uint64_t last_act) {
  Position const act{kJournal, 1 + chance.below(last_act + 1)};
  bool const yes = chance.below(2) == 0;
  switch (chance.below(16)) {
    case 0:
      return ExtensionDecision{act, yes, 2};
    case 1:
      return ReturnDecision{act, chance.below(8) == 0, yes};
    case 2:
      return SpecialDecision{act, yes, 3};
    case 3:
      return UnreachableDecision{act, yes};
    case 4:
      return RefusalOfAct{act, "ruled"};
    case 5:
      return Conflict{act};
    case 6:
      return Settlement{act, yes};
    case 7:
      return SetAside{act, "unknown_kind"};
    case 8:
      return Adopt{act};
    case 9:
      return happy();
    case 10:
      return Pause{};
    case 11:
      return Resume{};
    case 12:
      return SupervisionNote{SupervisionGround::kErrors, false};
    case 13:
      return chance.below(6) == 0 ? Payload{TakeBack{}} : Payload{CaseUpdate{}};
    case 14:
      return unhappy();
    default:
      return chance.below(6) == 0 ? Payload{Close{}} : Payload{CaseUpdate{}};
  }
}

/// A history as one office and one centre would write it: the centre judges acts in batches.
struct History {
  std::vector<Placed> feed;
  std::vector<Placed> acts;
};

History random_history(SeededRandom& chance, int entries) {
  auto scene = dispatched();
  std::uint64_t judged = 0;
  for (int i = 0; i < entries; ++i) {
    if (chance.below(2) == 0) {
      scene.act(random_act(chance, scene.acts_.size()));
    } else {
      judged += chance.below(scene.acts_.size() - judged + 1);
      scene.decide(random_decision(chance, scene.acts_.size()));
      scene.entries_.back().skeleton.basis = {kJournal, judged};
    }
  }
  return {scene.entries_, scene.acts_};
}

std::uint64_t seed_of_this_run() {
  auto const seed = SystemRandom().bits64();
  std::cout << "seed " << seed << "\n";
  return seed;
}

/// An end that learns entries one by one, in any order that keeps each list gapless, and refolds each time.
TEST(ReplayProperty, TheStateAtAPositionDoesNotDependOnTheOrderOfLearning) {
  SeededRandom chance(seed_of_this_run());
  int positions = 0;
  for (int run = 0; run < 150; ++run) {
    auto const history = random_history(chance, 40);
    auto const at = [&](std::size_t p, std::size_t j) {
      return replay_assignment(kAssignment, std::span(history.feed).first(p), std::span(history.acts).first(j),
                               Scene::order());
    };
    std::vector<Placed> feed;
    std::vector<Placed> acts;
    while (feed.size() < history.feed.size() || acts.size() < history.acts.size()) {
      bool const learn_act =
          acts.size() < history.acts.size() && (feed.size() == history.feed.size() || chance.below(2) == 0);
      if (learn_act) {
        acts.insert(acts.begin(), history.acts[acts.size()]);  // even the order within the set is free
      } else {
        feed.push_back(history.feed[feed.size()]);
      }
      auto const learnt = replay_assignment(kAssignment, feed, acts, Scene::order());
      ASSERT_EQ(learnt, at(feed.size(), acts.size()));
      ASSERT_EQ(digest_form(learnt), digest_form(at(feed.size(), acts.size())));
      ++positions;
    }
  }
  std::cout << positions << " positions\n";
}

/// Unit-wide replay is the same fold as assignment by assignment, whatever stands between the entries.
TEST(ReplayProperty, TheUnitFoldsEachAssignmentAsIfItWereAlone) {
  SeededRandom chance(seed_of_this_run());
  for (int run = 0; run < 50; ++run) {
    auto history = random_history(chance, 60);
    for (auto* list : {&history.feed, &history.acts}) {
      for (auto& entry : *list) entry.skeleton.assignment = AssignmentId{1 + chance.below(3)};
    }
    auto const unit = replay(history.feed, history.acts, Scene::order());
    for (auto const& [id, state] : unit.assignments) {
      ASSERT_EQ(state, replay_assignment(id, history.feed, history.acts, Scene::order()));
    }
  }
}

/// What a re-append repeats changes no fact.
TEST(ReplayProperty, ReAppendsOfHeldActsChangeNoFact) {
  SeededRandom chance(seed_of_this_run());
  Epoch const next{0x12};
  EpochOrder const order({{kJournal}, {next}});
  for (int run = 0; run < 100; ++run) {
    auto const history = random_history(chance, 30);
    auto acts = history.acts;
    for (auto const& act : history.acts) {
      Placed again{{next, acts.size() + 1 - history.acts.size()}, act.skeleton};
      again.skeleton.origin = act.at;
      acts.push_back(again);
    }
    auto with = replay_assignment(kAssignment, history.feed, acts, order);
    auto without = replay_assignment(kAssignment, history.feed, history.acts, order);
    for (auto const& act : with.acts) {
      if (act.at.epoch == next) {
        ASSERT_EQ(act.standing, Standing::kRepeated);
      }
    }
    with.acts.clear();
    without.acts.clear();
    with.idle_entries.clear();
    without.idle_entries.clear();
    ASSERT_EQ(with, without);
  }
}

}  // namespace
}  // namespace fieldnode::rules
