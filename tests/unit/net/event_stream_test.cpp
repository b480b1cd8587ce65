#include "node/net/event_stream.h"

#include <gtest/gtest.h>

#include <atomic>

#include "node/net/event_queue.h"
#include "tests/unit/net/loopback.h"

namespace fieldnode::net {
namespace {

using namespace testing;

/// Opens event streams on "/events" and subscribes them to "board".
class Board {
 public:
  Router router() {
    Router router;
    router.add_late(Method::kGet, "/events", [this](HttpRequest const&, Responder responder) {
      auto const stream = responder.start_event_stream();
      stream.on_closed([this] { ++closed_; });
      hub_.subscribe("board", stream);
    });
    return router;
  }
  [[nodiscard]] EventHub& hub() { return hub_; }
  [[nodiscard]] bool is_heard_by(std::size_t count) {
    return comes_true([&] { return hub_.listeners("board") == count; });
  }
  [[nodiscard]] int closed() const { return closed_; }

 private:
  EventHub hub_;
  std::atomic<int> closed_{0};
};

TEST(EventStream, WritesEveryLineOfTheData) {
  EXPECT_EQ(event_text({"case", "7", "a\r\nb\n"}), "id: 7\nevent: case\ndata: a\ndata: b\ndata: \n\n");
  EXPECT_EQ(event_text({"", "", "x"}), "data: x\n\n");
}

TEST(EventStream, ReachesEveryListenerOfItsTopic) {
  Board board;
  auto const server = start(plain_options(), board.router());
  RawClient one(server->ports()[0]);
  RawClient two(server->ports()[0]);
  one.say(get_text("/events"));
  two.say(get_text("/events"));
  EXPECT_NE(one.hear("\r\n\r\n").find("Content-Type: text/event-stream\r\n"), std::string::npos);
  two.hear("\r\n\r\n");
  ASSERT_TRUE(board.is_heard_by(2));
  EXPECT_EQ(board.hub().publish("board", {"case", "1", "first"}), 2U);
  EXPECT_EQ(board.hub().publish("other", {"case", "1", "first"}), 0U);
  EXPECT_EQ(one.hear("\n\n"), "id: 1\nevent: case\ndata: first\n\n");
  EXPECT_EQ(two.hear("\n\n"), "id: 1\nevent: case\ndata: first\n\n");
}

TEST(EventStream, BeatsWhileNothingHappens) {
  Board board;
  HttpLimits limits;
  limits.heartbeat = Milliseconds(40);
  auto const server = start(plain_options(limits), board.router());
  RawClient client(server->ports()[0]);
  client.say(get_text("/events"));
  client.hear("\r\n\r\n");
  EXPECT_EQ(client.hear("\n\n"), ":\n\n");
  EXPECT_EQ(client.hear("\n\n"), ":\n\n");
}

TEST(EventStream, NoticesAListenerThatLeaves) {
  Board board;
  auto const server = start(plain_options(), board.router());
  auto client = std::make_unique<RawClient>(server->ports()[0]);
  client->say(get_text("/events"));
  ASSERT_TRUE(board.is_heard_by(1));
  client.reset();
  EXPECT_TRUE(comes_true([&] { return board.closed() == 1; }));
  EXPECT_EQ(board.hub().publish("board", {"case", "1", "x"}), 0U);
}

TEST(EventStream, DropsAListenerThatCannotKeepUp) {
  Board board;
  auto const server = start(plain_options(), board.router());
  RawClient client(server->ports()[0], 4'096);
  client.say(get_text("/events"));
  ASSERT_TRUE(board.is_heard_by(1));
  ServerEvent const large{"case", "1", std::string(100'000, 'x')};
  EXPECT_TRUE(comes_true([&] { return board.hub().publish("board", large) == 0; }));
  EXPECT_EQ(board.closed(), 1);
  EXPECT_TRUE(comes_true([&] { return server->connection_count() == 0; }));
}

TEST(EventStream, EndsWhenTheServerStops) {
  Board board;
  auto const server = start(plain_options(), board.router());
  RawClient client(server->ports()[0]);
  client.say(get_text("/events"));
  ASSERT_TRUE(board.is_heard_by(1));
  server->stop();
  client.hear_all();
  EXPECT_EQ(board.closed(), 1);
}

TEST(EventQueue, IsBoundedByEventsAndBytes) {
  EventQueue by_count({2, 1'000});
  EXPECT_TRUE(by_count.send({"", "", "1"}));
  EXPECT_TRUE(by_count.send({"", "", "2"}));
  EXPECT_FALSE(by_count.send({"", "", "3"}));
  EXPECT_TRUE(by_count.is_overrun());
  EXPECT_FALSE(by_count.is_open());
  EventQueue by_bytes({100, 20});
  EXPECT_TRUE(by_bytes.send({"", "", "1"}));
  EXPECT_FALSE(by_bytes.send({"", "", "a longer event"}));
}

}  // namespace
}  // namespace fieldnode::net
