#include "node/net/responder.h"

#include <gtest/gtest.h>

#include <atomic>

#include "tests/unit/net/loopback.h"

namespace fieldnode::net {
namespace {

using namespace testing;

/// A door that hands its responders to the test.
class Parking {
 public:
  Router router(Milliseconds wait) {
    Router router;
    router.add_late(Method::kGet, "/wait", [this, wait](HttpRequest const&, Responder responder) {
      responder.on_gone([this] { ++gone_; });
      responder.park(wait, [] { return text_response(200, "nothing new"); });
      std::lock_guard const lock(mutex_);
      parked_.push_back(responder);
    });
    return router;
  }
  Responder next() {
    EXPECT_TRUE(comes_true([this] {
      std::lock_guard const lock(mutex_);
      return !parked_.empty();
    }));
    std::lock_guard const lock(mutex_);
    auto responder = parked_.back();
    parked_.pop_back();
    return responder;
  }
  [[nodiscard]] int gone() const { return gone_; }

 private:
  std::mutex mutex_;
  std::vector<Responder> parked_;
  std::atomic<int> gone_{0};
};

constexpr Milliseconds kLong{60'000};

TEST(Responder, AnswersAParkedRequestLateAndOnlyOnce) {
  Parking parking;
  auto const server = start(plain_options(), parking.router(kLong));
  RawClient client(server->ports()[0]);
  client.say(get_text("/wait"));
  auto const responder = parking.next();
  EXPECT_EQ(client.hear("x", Milliseconds(50)), "");
  EXPECT_TRUE(responder.answer(text_response(200, "news")));
  EXPECT_FALSE(responder.answer(text_response(200, "again")));
  EXPECT_TRUE(responder.is_gone());
  EXPECT_TRUE(client.hear_response().ends_with("news"));
  client.say(get_text("/wait"));
  EXPECT_TRUE(parking.next().answer(text_response(200, "more")));
  EXPECT_TRUE(client.hear_response().ends_with("more"));
  EXPECT_EQ(parking.gone(), 0);
}

TEST(Responder, ManyParkedRequestsHoldNoWorker) {
  Parking parking;
  auto const server = start(plain_options(), parking.router(kLong));
  std::vector<std::unique_ptr<RawClient>> clients;
  std::vector<Responder> parked;
  for (int i = 0; i < 20; ++i) {  // five times the workers
    clients.push_back(std::make_unique<RawClient>(server->ports()[0]));
    clients.back()->say(get_text("/wait"));
    parked.push_back(parking.next());
  }
  for (auto const& responder : parked) EXPECT_TRUE(responder.answer(text_response(200, "news")));
  for (auto const& client : clients) EXPECT_TRUE(client->hear_response().ends_with("news"));
}

TEST(Responder, GivesTheTimeoutAnswerWhenTheWaitIsOver) {
  Parking parking;
  HttpLimits limits;
  limits.heartbeat = Milliseconds(40);  // sets the tick
  auto const server = start(plain_options(limits), parking.router(Milliseconds(50)));
  RawClient client(server->ports()[0]);
  client.say(get_text("/wait"));
  EXPECT_TRUE(client.hear_response().ends_with("nothing new"));
  EXPECT_FALSE(parking.next().answer(text_response(200, "late")));
}

TEST(Responder, NoticesAClientThatLeaves) {
  Parking parking;
  auto const server = start(plain_options(), parking.router(kLong));
  auto client = std::make_unique<RawClient>(server->ports()[0]);
  client->say(get_text("/wait"));
  auto const responder = parking.next();
  client.reset();
  EXPECT_TRUE(comes_true([&] { return parking.gone() == 1; }));
  EXPECT_TRUE(responder.is_gone());
  EXPECT_FALSE(responder.answer(text_response(200, "news")));
  bool is_told_at_once = false;
  responder.on_gone([&] { is_told_at_once = true; });
  EXPECT_TRUE(is_told_at_once);
}

TEST(Responder, AStopGivesParkedRequestsTheirTimeoutAnswer) {
  Parking parking;
  auto server = start(plain_options(), parking.router(kLong));
  RawClient client(server->ports()[0]);
  client.say(get_text("/wait"));
  auto const responder = parking.next();
  server->stop();
  EXPECT_TRUE(client.hear_all().ends_with("nothing new"));
  server.reset();
  EXPECT_FALSE(responder.answer(text_response(200, "after the end")));
}

TEST(Responder, AStopIsBoundedWhenNobodyAnswers) {
  Parking parking;
  Router router;
  std::vector<Responder> kept;
  std::atomic<bool> is_kept{false};
  router.add_late(Method::kGet, "/never", [&](HttpRequest const&, Responder responder) {
    kept.push_back(responder);
    is_kept = true;
  });
  auto options = plain_options();
  options.stop_max = Milliseconds(100);
  auto server = start(std::move(options), std::move(router));
  RawClient client(server->ports()[0]);
  client.say(get_text("/never"));
  ASSERT_TRUE(comes_true([&] { return is_kept.load(); }));
  server.reset();
  EXPECT_EQ(client.hear_all(), "");
  EXPECT_FALSE(kept[0].answer(text_response(200, "after the end")));
}

}  // namespace
}  // namespace fieldnode::net
