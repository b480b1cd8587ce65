#include "node/net/local_client.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/unit/net/loopback.h"

namespace fieldnode::net {
namespace {

using namespace testing;

std::string socket_path() {
  return (std::filesystem::temp_directory_path() / ("fieldnode-local-" + std::to_string(::getpid()))).string();
}

TEST(LocalClient, TalksToTheRunningProgram) {
  Router router;
  router.post("/echo", [](HttpRequest const& request) { return json_response(200, request.body); },
              {.caller = Caller::kProgram});
  router.get("/late", [](HttpRequest const&) { return error_response(409, "conflict", "No."); });
  auto options = plain_options();
  options.endpoints[0].unix_path = socket_path();
  auto const server = start(std::move(options), std::move(router));
  LocalClient client(socket_path());
  CallOptions const json{.answer_type = "application/json", .body_type = "application/json"};
  auto const answer = client.post("/echo", bytes_of(R"({"a":1})"), json);
  ASSERT_TRUE(answer) << answer.error().sentence;
  EXPECT_EQ(text_of(answer->body), R"({"a":1})");
  auto const refused = client.get("/late", json);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().answer->status, 409);
}

TEST(LocalClient, SaysThatNothingRuns) {
  LocalClient client(socket_path());
  auto const answer = client.get("/status");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "not_running");
  EXPECT_NE(answer.error().sentence.find(socket_path()), std::string::npos);
}

}  // namespace
}  // namespace fieldnode::net
