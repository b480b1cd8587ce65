#include "node/cli/running_program.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/json/object.hpp>

#include "node/net/http_server.h"
#include "tests/unit/net/loopback.h"

namespace fieldnode::cli {
namespace {

using namespace net;
using namespace net::testing;

constexpr Milliseconds kAnswerMax{5'000};

std::filesystem::path socket_path() {
  return std::filesystem::temp_directory_path() / ("fieldnode-running-" + std::to_string(::getpid()));
}

HttpResponse two_languages(HttpRequest const&) {
  return json_response(409, R"({"error":{"code":"taken","sentence":{"zh":"已占用","en":"It is taken."}}})");
}

/// A program with one door for each way to answer.
class RunningProgramTest : public ::testing::Test {
 protected:
  RunningProgramTest() {
    Router router;
    RouteOptions const from_program{.caller = Caller::kProgram};
    router.post(
        "/echo", [](HttpRequest const& request) { return json_response(200, request.body); }, from_program);
    router.get("/taken", two_languages, from_program);
    router.get(
        "/gone", [](auto const&) { return error_response(404, "not_found", "It is gone."); }, from_program);
    router.get(
        "/list", [](auto const&) { return json_response(200, "[1]"); }, from_program);
    router.get(
        "/nonsense", [](auto const&) { return json_response(500, R"({"error":"?"})"); }, from_program);
    auto options = plain_options();
    options.endpoints[0].unix_path = socket_path().native();
    server_ = start(std::move(options), std::move(router));
  }

  [[nodiscard]] static Refusal refusal_of(std::string_view path) {
    auto const answer = RunningProgram(socket_path(), kAnswerMax).get(path);
    EXPECT_FALSE(answer);
    return answer ? Refusal{} : answer.error();
  }

  decltype(start(plain_options(), Router{})) server_;
};

TEST_F(RunningProgramTest, GetsTheAnswerAsAnObject) {
  auto const answer = RunningProgram(socket_path(), kAnswerMax).post("/echo", {{"a", 1}});
  ASSERT_TRUE(answer) << answer.error().sentence;
  EXPECT_EQ(answer->at("a").to_number<int>(), 1);
}

TEST_F(RunningProgramTest, ARefusalKeepsItsCodeAndItsEnglish) {
  EXPECT_EQ(refusal_of("/taken"), refuse("taken", "It is taken."));
  EXPECT_EQ(refusal_of("/gone").code, "not_found");
  EXPECT_EQ(refusal_of("/gone").sentence, "It is gone.");
}

TEST_F(RunningProgramTest, AnAnswerThatIsNoneSaysWhereToLook) {
  for (auto const* path : {"/list", "/nonsense"}) {
    auto const refusal = refusal_of(path);
    EXPECT_EQ(refusal.code, "control_failed") << path;
    EXPECT_NE(refusal.sentence.find("log"), std::string::npos);
  }
}

TEST(NoRunningProgram, IsNotRunning) {
  auto const answer = RunningProgram(socket_path().native() + "-none", kAnswerMax).get("/echo");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "not_running");
}

}  // namespace
}  // namespace fieldnode::cli
