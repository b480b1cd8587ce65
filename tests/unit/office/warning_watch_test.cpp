#include "node/office/warning_watch.h"

#include <gtest/gtest.h>

#include "tests/unit/office/office_world.h"

namespace fieldnode::office {
namespace {

using namespace std::chrono_literals;
using rules::ClockKind;
using rules::WarningState;

constexpr AssignmentId kLamp{5};
constexpr WarningReader kClerk{StaffId{7}, rules::StaffRole::kClerk};

/// A store whose assignments come by exchanges, a watch whose looks are the test's.
struct WatchedOffice : OfficeWorld {
  void receive(AssignmentId id, UtcTime dispatched_at) {
    feed.dispatch(id, dispatched_at);
    auto const came = reply(journal_seq());
    node_time.learn(came);
    EXPECT_TRUE(store->settle(came));
  }
  Milliseconds wait(Milliseconds by) {
    clock.advance(by);
    return watch.look();
  }
  WarningsOfOne warnings() { return desk.warnings_of(kClerk).warnings; }

  int changes{};
  NodeTime node_time{clock, {}, {}};
  WarningDesk desk{{.store = *store, .time = node_time, .writer = writer, .readers = *readers}};
  WarningWatch watch{desk, [this] { ++changes; }};
};

TEST(WarningWatch, TellsOnceAndSaysWhenToLookNext) {
  WatchedOffice office;
  office.receive(kLamp, office.clock.truth());
  EXPECT_EQ(office.watch.look(), 60s) << "at least once a minute";
  EXPECT_EQ(office.changes, 0);
  EXPECT_TRUE(office.warnings().own.empty());

  EXPECT_LT(office.wait(89min + 50s), 10s + 1s);
  EXPECT_EQ(office.changes, 0);
  office.wait(10s);
  EXPECT_EQ(office.changes, 1);
  EXPECT_EQ(office.warnings().own.front().state, WarningState::kDueSoon);
  EXPECT_EQ(office.warnings().news.count, 1U);
  office.wait(1min);
  EXPECT_EQ(office.changes, 1) << "nothing is new";
}

TEST(WarningWatch, SaysThatALimitHasPassedThoughNothingIsTold) {
  WatchedOffice office;
  office.receive(kLamp, office.clock.truth());
  office.wait(1h + 51min);
  auto const before = office.changes;
  auto const telling = office.warnings().telling;
  office.wait(9min - 30s);
  EXPECT_EQ(office.changes, before);
  office.wait(32s);
  EXPECT_EQ(office.changes, before + 1);
  EXPECT_EQ(office.warnings().telling, telling);
  EXPECT_NE(office.warnings().own.front().state, WarningState::kDueSoon);
}

TEST(WarningWatch, AnAcknowledgementEndsTheWarning) {
  WatchedOffice office;
  office.receive(kLamp, office.clock.truth());
  office.wait(100min);
  ASSERT_EQ(office.warnings().own.size(), 1U);
  ASSERT_TRUE(office.append(office.acknowledgement(kLamp)));
  EXPECT_TRUE(office.warnings().own.empty());
  EXPECT_EQ(office.warnings().news.count, 0U);
}

TEST(WarningWatch, WhatArrivedTooLateIsToldAsSuchAndVerified) {
  WatchedOffice office;
  office.receive(kLamp, office.clock.truth() - 5h);
  office.wait(0s);
  EXPECT_EQ(office.changes, 1);
  auto const group = office.warnings().own.front();
  EXPECT_EQ(group.state, WarningState::kLateOnArrival);
  EXPECT_EQ(group.clock, ClockKind::kAcknowledge);
  EXPECT_EQ(group.first.front().delivered_at, office.clock.truth());
  EXPECT_TRUE(office.check()) << "the projection follows from lists and deliveries";
}

TEST(WarningWatch, WithoutAnAnchorItGoesByTheEstimate) {
  WatchedOffice office;
  office.feed.dispatch(kLamp, office.clock.truth());
  auto came = office.reply(office.journal_seq());
  came.receipt.sent_at = came.receipt.received_at = std::nullopt;
  ASSERT_TRUE(office.store->settle(came));
  office.wait(100min);
  auto const reading = office.desk.warnings_of(kClerk);
  EXPECT_FALSE(reading.now.interval.latest);
  ASSERT_EQ(reading.warnings.own.size(), 1U);
  EXPECT_EQ(reading.warnings.own.front().state, WarningState::kDueSoon);
  EXPECT_EQ(reading.warnings.own.front().first.front().delivered_at, std::nullopt) << "the receipt said no time";
}

TEST(WarningWatch, OnlyATellingThatThereWasIsHeard) {
  WatchedOffice office;
  EXPECT_EQ(office.desk.note_heard(kClerk.staff, 1).error().code, "bad_field");
  office.receive(kLamp, office.clock.truth() - 5h);
  office.wait(0s);
  EXPECT_TRUE(*office.desk.note_heard(kClerk.staff, 1));
  EXPECT_FALSE(*office.desk.note_heard(kClerk.staff, 1));
  EXPECT_EQ(office.warnings().news.count, 0U);
}

}  // namespace
}  // namespace fieldnode::office
