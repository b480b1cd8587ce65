#include "node/web/accounts.h"

#include <gtest/gtest.h>

#include "tests/unit/web/account_desk.h"

namespace fieldnode::web {
namespace {

using namespace std::chrono_literals;

struct AccountsTest : testing::Test, AccountDesk {};

TEST_F(AccountsTest, AOneTimePasswordIsGoodForChoosingAnother) {
  auto accounts = this->accounts();
  auto const login = accounts.add("王芳", rules::StaffRole::kClerk);
  ASSERT_TRUE(login);
  auto const first = accounts.check_password("王芳", login->password);
  ASSERT_TRUE(first);
  EXPECT_TRUE(first->must_change);
  ASSERT_TRUE(accounts.change_password("王芳", login->password, "知了知了知了知了"));
  EXPECT_FALSE(accounts.check_password("王芳", login->password));
  auto const second = accounts.check_password("王芳", "知了知了知了知了");
  ASSERT_TRUE(second);
  EXPECT_FALSE(second->must_change);
}

TEST_F(AccountsTest, ANameIsGivenOnce) {
  auto accounts = this->accounts();
  ASSERT_TRUE(accounts.add("a", rules::StaffRole::kClerk));
  EXPECT_EQ(accounts.add("a", rules::StaffRole::kAuditor).error().code, "name_taken");
  EXPECT_EQ(accounts.add("", rules::StaffRole::kClerk).error().code, "bad_name");
  EXPECT_EQ(accounts.add("a\nb", rules::StaffRole::kClerk).error().code, "bad_name");
  EXPECT_EQ(accounts.list().size(), 1u);
}

TEST_F(AccountsTest, UnknownNamesAndWrongPasswordsGetTheSameAnswer) {
  auto accounts = this->accounts();
  ASSERT_TRUE(accounts.add("a", rules::StaffRole::kClerk));
  EXPECT_EQ(accounts.check_password("a", "wrong").error(), accounts.check_password("nobody", "wrong").error());
}

TEST_F(AccountsTest, ADisabledPersonIsToldNothingElse) {
  auto accounts = this->accounts();
  auto const login = accounts.add("a", rules::StaffRole::kClerk);
  ASSERT_TRUE(accounts.disable("a"));
  EXPECT_EQ(accounts.check_password("a", login->password).error().code, "wrong_login");
  EXPECT_EQ(accounts.disable("b").error().code, "unknown_name");
}

TEST_F(AccountsTest, FailuresSlowDownEvenAfterARestart) {
  auto accounts = this->accounts();
  auto const login = accounts.add("a", rules::StaffRole::kClerk);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(accounts.check_password("a", "wrong").error().code, "wrong_login");
  EXPECT_EQ(accounts.check_password("a", login->password).error().code, "wait");
  auto restarted = this->accounts();
  EXPECT_EQ(restarted.check_password("a", login->password).error().code, "wait");
  clock.set_wall(clock.wall() + 24h * 365);
  EXPECT_EQ(restarted.check_password("a", login->password).error().code, "wait");
  clock.advance(2s);
  EXPECT_TRUE(restarted.check_password("a", login->password));
  EXPECT_TRUE(restarted.check_password("a", login->password));
}

TEST_F(AccountsTest, AShortOrUnchangedPasswordIsRefused) {
  auto accounts = this->accounts();
  auto const login = accounts.add("a", rules::StaffRole::kClerk);
  EXPECT_EQ(accounts.change_password("a", login->password, "七个字符不够的").error().code, "password_too_short");
  EXPECT_EQ(accounts.change_password("a", login->password, login->password).error().code, "password_unchanged");
  EXPECT_EQ(accounts.change_password("a", "wrong", "long enough").error().code, "wrong_login");
}

TEST_F(AccountsTest, WhatTheJournalRefusesIsNotChanged) {
  auto accounts = this->accounts(
      {.on_change = [](db::Connection&, Account const&) -> Result<void> { return refuse("entry_too_large", "no"); }});
  EXPECT_EQ(accounts.add("a", rules::StaffRole::kClerk).error().code, "entry_too_large");
  EXPECT_TRUE(accounts.list().empty());
}

}  // namespace
}  // namespace fieldnode::web
