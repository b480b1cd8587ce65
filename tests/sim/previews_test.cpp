// Urgent previews between a real office and a real centre: what they show is what replay gives once the feed has
// passed.
#include <fmt/format.h>

#include <algorithm>

#include "node/central/decision_desk.h"
#include "sync/rules/limit.h"
#include "tests/sim/epoch_world.h"

namespace fieldnode::sim {
namespace {

using rules::EntryKind;

/// Parts of a few entries, so that the feed takes many exchanges to pass what went ahead of it.
engine::AnswerPlan small_parts(std::size_t previews) {
  return {.budget_bytes = 600,
          .part_bytes = 300,
          .compression_level = 1,
          .soon_bytes = 0,
          .previews = {.assignments_most = previews, .budget_bytes = 1'000'000}};
}

/// An office that comes back after an absence.
class Return {
 public:
  explicit Return(std::uint64_t seed) : world_(seed) {
    Epoch const journal{world_.random.bits64() | 1};
    centre_.found(keys_.public_key, journal);
    office_.found(journal);
    office_.open();
    centre_.set_answers(small_parts(0));
    dispatch(4);
    while (exchange().more) {
    }
    dispatch(12);
    pressing_ = dispatch_within_an_hour();
    dispatch(2);
    for (int i = 0; i < 6; ++i) (void)decide(given_[world_.random.below(given_.size())]);
    centre_.set_answers(small_parts(3));
  }

  engine::ExchangeOutcome exchange() {
    world_.clock.advance(Milliseconds(1'000));
    auto outcome = office_.once({.act_budget_bytes = 600, .compression_level = 1});
    EXPECT_TRUE(outcome) << outcome.error().code << ": " << outcome.error().sentence;
    return outcome ? *outcome : engine::ExchangeOutcome{};
  }
  void dispatch(int count) {
    for (int i = 0; i < count; ++i) {
      world_.clock.advance(Milliseconds(120'000));
      given_.push_back(centre_.dispatch());
    }
  }
  AssignmentId dispatch_within_an_hour() {
    auto const given =
        centre_.try_dispatch("U1", "路灯不亮", {{rules::ClockKind::kAcknowledge, 1, rules::LimitUnit::kHours, {}}});
    given_.push_back(must(given, "dispatch"));
    return given_.back();
  }
  bool take_back(AssignmentId id) { return decide(id, {EntryKind::kTakeBack, rules::TakeBack{}, "转其他单位办理"}); }
  /// Something that an operator may say of it now.
  bool decide(AssignmentId id) {
    if (is_paused(id)) return decide(id, {EntryKind::kResume, rules::Resume{}, "恢复"});
    switch (world_.random.below(4)) {
      case 0:
        return take_back(id);
      case 1:
        return decide(id, {EntryKind::kPause, rules::Pause{}, "等待鉴定"});
      default:
        return note(id);
    }
  }
  bool note(AssignmentId id) {
    rules::SupervisionNote const note{rules::SupervisionGround::kSlowData, false};
    return decide(id, {EntryKind::kSupervisionNote, note, "督办"});
  }

  /// Given near the end of the absence, and due before all that was given before it.
  [[nodiscard]] AssignmentId pressing() const { return pressing_; }
  [[nodiscard]] std::vector<std::uint64_t> ahead() { return store().snapshot().previewed; }
  [[nodiscard]] std::uint64_t feed_held() { return store().snapshot().feed.seq; }
  [[nodiscard]] rules::Skeleton entry_at(std::uint64_t seq) {
    return store().feed_entry({store().snapshot().feed.list.epoch, seq})->skeleton;
  }
  [[nodiscard]] std::size_t entries_on(AssignmentId id) { return store().file_of(id)->feed.size(); }
  office::OfficeStore& store() { return office_.store(); }
  EpochOffice& office() { return office_; }
  EpochCentre& centre() { return centre_; }
  SeededRandom& chance() { return world_.random; }
  [[nodiscard]] fs::path const& dir() const { return world_.dir; }
  [[nodiscard]] std::vector<AssignmentId> const& given() const { return given_; }

 private:
  bool is_paused(AssignmentId id) { return centre_.store().dossier(id)->state.paused(); }
  bool decide(AssignmentId id, central::DecisionForm const& form) {
    central::DecisionDesk desk(centre_.store(), world_.random);
    return desk.decide({}, "decision-" + std::to_string(++decisions_), id, form, world_.clock.truth()).has_value();
  }

  EpochWorld world_;
  EpochCentre centre_{world_, world_.dir / "central.db"};
  crypto::KeyPair keys_{world_.suite->make_keys(world_.random)};
  EpochOffice office_{world_, centre_, world_.dir / "node.db", keys_};
  std::vector<AssignmentId> given_;
  AssignmentId pressing_;
  std::uint64_t decisions_{0};
};

/// The list's rows are what replay gives, and the chains hold.
office::CheckedStore expect_sound(Return& world) {
  auto const sound = world.office().check();
  EXPECT_TRUE(sound) << sound.error().sentence;
  return sound ? *sound : office::CheckedStore{};
}

TEST(Previews, TheMostUrgentAreThereBeforeTheFeed) {
  Return world(1);
  world.exchange();
  ASSERT_FALSE(world.ahead().empty());
  EXPECT_TRUE(world.store().file_of(world.pressing())) << "it is on the page";
  EXPECT_GT(world.ahead().back(), world.feed_held()) << "and the feed has not come so far";
  expect_sound(world);
}

TEST(Previews, WhatWasTakenBackIsSaidFirst) {
  Return world(4);
  auto const last = world.given().back();
  ASSERT_TRUE(world.take_back(last));
  world.centre().set_answers(small_parts(1));
  world.exchange();
  auto const file = world.store().file_of(last);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->state.stage(), world.centre().store().dossier(last)->state.stage());
}

TEST(Previews, AreFollowedUntilTheFeedHasPassed) {
  Return world(2);
  world.exchange();
  auto const before = world.ahead();
  ASSERT_FALSE(before.empty());
  auto const previewed = world.entry_at(before.back()).assignment;
  // What is said of it from now on comes ahead too, though it stands at the feed's very end.
  world.dispatch(3);
  ASSERT_TRUE(world.note(previewed));
  auto const last = world.centre().store().feed_head(world.centre().unit())->seq;
  world.exchange();
  EXPECT_EQ(world.ahead().back(), last);
}

TEST(Previews, ShowWhatReplayGivesForEverySeed) {
  for (std::uint64_t seed = 10; seed < 30; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Return world(seed);
    for (int step = 0; step < 200; ++step) {
      auto const outcome = world.exchange();
      for (auto const seq : world.ahead()) {
        auto const id = world.entry_at(seq).assignment;
        // On one that has ended the office itself refuses.
        if (id && world.chance().below(3) == 0) (void)world.office().try_note(id, fmt::format("{}/{}", step, seq));
      }
      expect_sound(world);
      if (!outcome.more && world.store().undelivered() == 0) break;
    }
    EXPECT_TRUE(world.ahead().empty());
    for (auto const id : world.given()) {
      EXPECT_EQ(world.store().file_of(id)->state, world.centre().store().dossier(id)->state);
    }
    auto const verified = world.centre().store().verify();
    ASSERT_TRUE(verified) << verified.error().sentence;
    EXPECT_EQ(expect_sound(world).digest, verified->units.at(0).digest);
  }
}

TEST(Previews, WhatTheCentreLosesWhileItIsAheadLeavesTheList) {
  Return world(5);
  auto const backup = world.dir() / "backup";
  world.centre().back_up(backup);
  auto const pressing = world.dispatch_within_an_hour();
  world.centre().set_answers(small_parts(4));  // two were taken back and another is due earlier; it comes behind them
  world.exchange();
  ASSERT_FALSE(world.ahead().empty());
  ASSERT_EQ(world.entry_at(world.ahead().back()).assignment, pressing);
  ASSERT_TRUE(world.store().file_of(pressing));
  world.office().note(pressing, "made on a preview");

  // What is ahead of the feed proves nothing to a centre that has lost it.
  world.centre().restore(backup);
  auto const unread = world.office().settle();
  ASSERT_FALSE(unread);
  EXPECT_EQ(unread.error().code, "missing_salt_keys");
  // From here on the act waits until the feed has said what is lost: no request is refused any more.
  auto const settled = world.office().settle();
  ASSERT_TRUE(settled) << settled.error().sentence;
  EXPECT_FALSE(world.store().file_of(pressing));
  EXPECT_EQ(world.store().undelivered(), 0u);
  auto const verified = world.centre().store().verify();
  ASSERT_TRUE(verified) << verified.error().sentence;
  EXPECT_EQ(expect_sound(world).digest, verified->units.at(0).digest);
}

TEST(Previews, AnActNamesWhatItWasMadeOn) {
  Return world(3);
  world.exchange();
  auto const held = world.feed_held();
  auto const last = world.ahead().back();
  auto const id = world.entry_at(last).assignment;
  ASSERT_TRUE(id);
  world.office().note(id, "made on a preview");
  auto const act = world.store().file_of(id)->acts.back().entry.skeleton;
  EXPECT_EQ(act.basis.seq, held);
  EXPECT_GE(act.previewed, last);
}

}  // namespace
}  // namespace fieldnode::sim
