#include "node/web/gatekeeper.h"

#include <gtest/gtest.h>

#include "tests/unit/web/account_desk.h"

namespace fieldnode::web {
namespace {

using namespace std::chrono_literals;

/// Doors behind one keeper; each answers 200 to whom it lets in.
struct GatekeeperTest : testing::Test, AccountDesk {
  GatekeeperTest() {
    auto const login = people.add("a", rules::StaffRole::kClerk).value();
    EXPECT_TRUE(people.change_password("a", login.password, "only-for-this-test"));
    session = sessions.open(*people.find(login.account.id)).value();
  }

  net::HttpRequest request(net::Method method, std::string const& token) const {
    net::HttpRequest made{.method = method};
    made.cookies["door"] = session.id;
    if (!token.empty()) made.headers.add("X-Fieldnode-Token", token);
    return made;
  }
  PageHandler lets_in() {
    return [this](net::HttpRequest const&, Visitor const& visitor) {
      locked = visitor.locked;
      return net::HttpResponse{.status = 200};
    };
  }

  Accounts people = accounts();
  Sessions sessions{writer, *readers, clock, random};
  Gatekeeper gatekeeper{people, sessions, "door"};
  OpenedSession session;
  bool locked{};
};

TEST_F(GatekeeperTest, ALockedPageIsToldNumbersAndNothingElse) {
  auto const plain = gatekeeper.guard(lets_in());
  auto const numbers = gatekeeper.guard_numbers(lets_in());
  EXPECT_EQ(plain(request(net::Method::kGet, "")).status, 200);
  EXPECT_EQ(numbers(request(net::Method::kGet, "")).status, 200);
  EXPECT_FALSE(locked);
  clock.advance(10min);
  EXPECT_EQ(plain(request(net::Method::kGet, "")).status, 401);
  EXPECT_EQ(numbers(request(net::Method::kGet, "")).status, 200);
  EXPECT_TRUE(locked);
}

TEST_F(GatekeeperTest, WhatChangesSomethingShowsItsTokenThoughThePageIsLocked) {
  auto const numbers = gatekeeper.guard_numbers(lets_in());
  clock.advance(10min);
  EXPECT_EQ(numbers(request(net::Method::kPost, "")).status, 401);
  EXPECT_EQ(numbers(request(net::Method::kPost, "somebody else's")).status, 401);
  EXPECT_EQ(numbers(request(net::Method::kPost, session.visitor.token)).status, 200);
}

TEST_F(GatekeeperTest, WhoHasSignedOutIsToldNoNumbers) {
  auto const numbers = gatekeeper.guard_numbers(lets_in());
  sessions.close(session.id);
  EXPECT_EQ(numbers(request(net::Method::kGet, "")).status, 401);
  EXPECT_EQ(numbers(net::HttpRequest{}).status, 401);
}

}  // namespace
}  // namespace fieldnode::web
