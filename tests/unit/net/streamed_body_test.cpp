#include "node/net/body_taker.h"

#include <gtest/gtest.h>

#include "node/net/router.h"
#include "tests/unit/net/loopback.h"

namespace fieldnode::net {
namespace {

using namespace testing;

/// What a door has been given so far, seen from outside.
class Seen {
 public:
  void add(std::string_view text) {
    std::lock_guard const lock(mutex_);
    text_ += text;
    ++pieces_;
    changed_.notify_all();
  }
  [[nodiscard]] bool comes_to(std::string const& text) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(5), [&] { return text_ == text; });
  }
  [[nodiscard]] int pieces() {
    std::lock_guard const lock(mutex_);
    return pieces_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string text_;
  int pieces_ = 0;
};

/// A piece with the word "hold" is not done with before this opens.
class Hold {
 public:
  void open() { opened_.set_value(); }
  [[nodiscard]] bool is_open_within(Milliseconds most) { return open_.wait_for(most) == std::future_status::ready; }

 private:
  std::promise<void> opened_;
  std::shared_future<void> open_{opened_.get_future()};
};

class Collector final : public BodyTaker {
 public:
  explicit Collector(Seen& seen, Hold* hold = nullptr) : seen_(seen), hold_(hold) {}
  void take(BytesView piece) override {
    if (text_of(piece).find("poison") != std::string::npos) throw BrokenWorld("the store is gone");
    size_ += piece.size();
    seen_.add(text_of(piece));
    if (text_of(piece).find("hold") == std::string::npos) return;
    EXPECT_TRUE(hold_->is_open_within(std::chrono::seconds(5)));
  }
  void finish(Responder responder) override { responder.answer(text_response(200, std::to_string(size_))); }

 private:
  Seen& seen_;
  Hold* hold_;
  std::size_t size_ = 0;
};

Router collecting(Seen& seen, std::size_t body_max_bytes = 200'000) {
  Router router;
  router.add_stream(Method::kPost, "/take", [&seen](HttpRequest const&) { return std::make_unique<Collector>(seen); },
                    {.body_max_bytes = body_max_bytes, .caller = Caller::kProgram, .body_type = ""});
  return router;
}

std::string head(std::size_t length) {
  return "POST /take HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n";
}

TEST(StreamedBody, IsGivenOnBeforeItIsWhole) {
  Seen seen;
  auto const server = start(plain_options(), collecting(seen));
  RawClient client(server->ports()[0]);
  client.say(head(9) + "one");
  EXPECT_TRUE(seen.comes_to("one")) << "the rest is not even sent";
  client.say("two");
  EXPECT_TRUE(seen.comes_to("onetwo"));
  client.say("end");
  EXPECT_TRUE(client.hear_response().ends_with("\r\n\r\n9"));
  client.say(head(3) + "new");
  EXPECT_TRUE(client.hear_response().ends_with("\r\n\r\n3")) << "a request of its own on the same connection";
}

TEST(StreamedBody, AClientThatIsCutLeavesWhatItSaid) {
  Seen seen;
  auto const server = start(plain_options(), collecting(seen));
  {
    RawClient client(server->ports()[0]);
    client.say(head(100) + "half");
    EXPECT_TRUE(seen.comes_to("half"));
  }
  RawClient next(server->ports()[0]);
  next.say(head(1) + "x");
  EXPECT_TRUE(next.hear_response().ends_with("\r\n\r\n1"));
}

TEST(StreamedBody, ComesInOrderHoweverLongAndIsBoundedByItsRoute) {
  Seen seen;
  auto const server = start(plain_options(), collecting(seen));
  std::string text;
  while (text.size() < 150'000) text += std::to_string(text.size()) + ' ';
  RawClient client(server->ports()[0]);
  client.say(head(text.size()) + text);
  EXPECT_TRUE(client.hear_response().ends_with("\r\n\r\n" + std::to_string(text.size())));
  EXPECT_TRUE(seen.comes_to(text));
  EXPECT_GT(seen.pieces(), 1);
  RawClient greedy(server->ports()[0]);
  greedy.say(head(200'001));
  EXPECT_TRUE(greedy.hear_response().starts_with("HTTP/1.1 413 "));
}

/// What has come while the door was busy is taken out of the buffer while the next read is under way.
TEST(StreamedBody, WhatComesWhileTheDoorIsBusyKeepsItsPlace) {
  Seen seen;
  Hold hold;
  Router router;
  router.add_stream(Method::kPost, "/take",
                    [&](HttpRequest const&) { return std::make_unique<Collector>(seen, &hold); },
                    {.body_max_bytes = 100, .caller = Caller::kProgram, .body_type = ""});
  auto const server = start(plain_options(), std::move(router));
  RawClient client(server->ports()[0]);
  client.say(head(22) + "hold, ");
  ASSERT_TRUE(seen.comes_to("hold, "));
  client.say("second, ");
  EXPECT_FALSE(hold.is_open_within(Milliseconds(100))) << "the second piece is read ahead meanwhile";
  hold.open();
  EXPECT_TRUE(seen.comes_to("hold, second, "));
  client.say("third...");
  EXPECT_TRUE(client.hear_response().ends_with("\r\n\r\n22"));
  EXPECT_TRUE(seen.comes_to("hold, second, third..."));
}

TEST(StreamedBody, ChunksAndAnEmptyBodyAreTakenToo) {
  Seen seen;
  auto const server = start(plain_options(), collecting(seen));
  RawClient client(server->ports()[0]);
  client.say(
      "POST /take HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
  EXPECT_TRUE(client.hear_response().ends_with("\r\n\r\n5"));
  EXPECT_TRUE(seen.comes_to("abcde"));
  client.say(head(0));
  EXPECT_TRUE(client.hear_response().ends_with("\r\n\r\n0"));
}

TEST(StreamedBody, WhatBreaksIsReportedAndAnsweredOnce) {
  Seen seen;
  std::vector<std::string> reports;
  auto options = plain_options();
  options.on_fault = [&reports](std::string_view text) { reports.emplace_back(text); };
  auto const server = start(std::move(options), collecting(seen));
  RawClient client(server->ports()[0]);
  client.say(head(10) + "poison");
  client.say("more");
  EXPECT_TRUE(client.hear_response().starts_with("HTTP/1.1 503 "));
  EXPECT_EQ(reports, std::vector<std::string>{"POST /take: the store is gone"});
  EXPECT_EQ(seen.pieces(), 0) << "nothing is given to a door that has broken";
}

}  // namespace
}  // namespace fieldnode::net
