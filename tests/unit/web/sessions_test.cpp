#include "node/web/sessions.h"

#include <gtest/gtest.h>

#include "tests/unit/web/account_desk.h"

namespace fieldnode::web {
namespace {

using namespace std::chrono_literals;

struct SessionsTest : testing::Test, AccountDesk {
  Accounts people = accounts();
  Sessions sessions{writer, *readers, clock, random};
  OneTimeLogin login = people.add("a", rules::StaffRole::kSupervisor).value();

  OpenedSession open() { return sessions.open(login.account).value(); }
};

TEST_F(SessionsTest, IsFoundByItsIdAndByNothingElse) {
  auto const session = open();
  auto const visitor = sessions.find(session.id);
  ASSERT_TRUE(visitor);
  EXPECT_EQ(visitor->name, "a");
  EXPECT_EQ(visitor->role, rules::StaffRole::kSupervisor);
  EXPECT_EQ(visitor->token, session.visitor.token);
  EXPECT_FALSE(sessions.find(session.visitor.token));
  EXPECT_FALSE(sessions.find(""));
}

TEST_F(SessionsTest, TheIdIsNotInTheDatabase) {
  auto const session = open();
  auto rows = writer.connection().prepare("SELECT count(*) FROM session WHERE id_hash = :id OR token = :text");
  rows.bind(":id", bytes_of(session.id)).bind(":text", session.id);
  EXPECT_EQ(rows.one<std::int64_t>(), 0);
}

TEST_F(SessionsTest, EndsWhenIdleButNotWhileUsed) {
  auto const session = open();
  for (int i = 0; i < 10; ++i) {
    clock.advance(9min);
    EXPECT_TRUE(sessions.find(session.id));
  }
  clock.advance(10min);
  EXPECT_FALSE(sessions.find(session.id));
}

TEST_F(SessionsTest, ALockedOneIsStillToldNumbersUntilItIsOver) {
  auto const session = open();
  EXPECT_FALSE(sessions.find(session.id, Asked::kForNumbers)->locked);
  clock.advance(9min);
  ASSERT_TRUE(sessions.find(session.id, Asked::kForNumbers));
  clock.advance(1min);
  EXPECT_FALSE(sessions.find(session.id)) << "numbers do not keep it open";
  auto const visitor = sessions.find(session.id, Asked::kForNumbers);
  ASSERT_TRUE(visitor);
  EXPECT_TRUE(visitor->locked);
  clock.advance(12h);
  EXPECT_EQ(sessions.find(session.id, Asked::kForNumbers).error().code, "session_over");
}

TEST_F(SessionsTest, EndsAfterTwelveHoursHoweverUsed) {
  auto const session = open();
  for (int i = 0; i < 12 * 12 - 1; ++i) {
    clock.advance(5min);
    ASSERT_TRUE(sessions.find(session.id)) << i;
  }
  clock.advance(5min);
  EXPECT_FALSE(sessions.find(session.id));
}

TEST_F(SessionsTest, ARebootEndsItAndAWallStepDoesNot) {
  auto const session = open();
  clock.set_wall(clock.wall() + 24h * 400);
  EXPECT_TRUE(sessions.find(session.id));
  clock.reboot(1min, clock.truth());
  EXPECT_FALSE(sessions.find(session.id));
}

TEST_F(SessionsTest, SaysWhetherItWasLockedOverOrSignedOut) {
  auto const locked = open();
  clock.advance(10min);
  EXPECT_EQ(sessions.find(locked.id).error().code, "session_locked");
  auto const closed = open();  // and somebody signing in meanwhile takes nothing from that
  EXPECT_EQ(sessions.find(locked.id).error().code, "session_locked");
  sessions.close(closed.id);
  EXPECT_EQ(sessions.find(closed.id).error().code, "signed_out");
  clock.advance(12h);
  EXPECT_EQ(sessions.find(locked.id).error().code, "session_over");
  auto const before_reboot = open();
  clock.reboot(1min, clock.truth());
  EXPECT_EQ(sessions.find(before_reboot.id).error().code, "session_over");
}

TEST_F(SessionsTest, WhatAPageFetchesByItselfDoesNotKeepItOpen) {
  auto const session = open();
  for (int i = 0; i < 3; ++i) {
    clock.advance(3min);
    EXPECT_TRUE(sessions.find(session.id, Asked::kByPage));
  }
  clock.advance(1min);
  EXPECT_EQ(sessions.find(session.id).error().code, "session_locked");
}

TEST_F(SessionsTest, ClosingDisablingAndResettingEndIt) {
  auto const closed = open();
  sessions.close(closed.id);
  EXPECT_FALSE(sessions.find(closed.id));
  auto const reset = open();
  ASSERT_TRUE(people.reset("a"));
  EXPECT_FALSE(sessions.find(reset.id));
  auto const disabled = open();
  ASSERT_TRUE(people.disable("a"));
  EXPECT_FALSE(sessions.find(disabled.id));
}

}  // namespace
}  // namespace fieldnode::web
