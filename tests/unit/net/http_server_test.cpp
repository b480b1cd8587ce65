#include "node/net/http_server.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <stdexcept>

#include "tests/unit/net/loopback.h"

namespace fieldnode::net {
namespace {

using namespace testing;

RouteOptions program(std::size_t body_max_bytes = 1'000) {
  return {.body_max_bytes = body_max_bytes, .caller = Caller::kProgram, .body_type = ""};
}

Router echo() {
  Router router;
  router.get("/hello", [](HttpRequest const&) { return text_response(200, "hello"); });
  router.post(
      "/echo", [](HttpRequest const& request) { return text_response(200, request.body); }, program());
  router.post("/page", [](HttpRequest const&) { return json_response(200, "{}"); });
  return router;
}

/// A body of `pieces` times 64 kB, of which the disk gives `gives`.
class Pieces final : public BodySource {
 public:
  Pieces(int pieces, int gives) : pieces_(pieces), gives_(gives) {}
  [[nodiscard]] std::uint64_t size() const override { return static_cast<std::uint64_t>(pieces_) * 65'536; }
  [[nodiscard]] std::string next() override {
    if (given_ == gives_) throw std::runtime_error("the disk fails");
    return std::string(65'536, static_cast<char>('a' + given_++ % 26));
  }

 private:
  int pieces_;
  int gives_;
  int given_ = 0;
};

std::string answer_to(std::uint16_t port, std::string const& text) {
  RawClient client(port);
  EXPECT_TRUE(client.say(text));
  return client.hear_response();
}

TEST(HttpServer, AnswersWithSecurityHeaders) {
  auto const server = start(plain_options(), echo());
  auto const answer = answer_to(server->ports()[0], get_text("/hello"));
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n")) << answer;
  EXPECT_TRUE(answer.ends_with("\r\n\r\nhello")) << answer;
  EXPECT_NE(answer.find("Content-Security-Policy: default-src 'none'"), std::string::npos);
  EXPECT_NE(answer.find("Referrer-Policy: no-referrer\r\n"), std::string::npos);
  EXPECT_EQ(answer.find("Connection: close"), std::string::npos);
}

TEST(HttpServer, AnAnswerToAProgramCarriesNothingForBrowsers) {
  auto const server = start(plain_options(), echo());
  auto const answer = answer_to(server->ports()[0], post_text("/echo", "one"));
  EXPECT_TRUE(answer.ends_with("one"));
  EXPECT_EQ(answer.find("Content-Security-Policy"), std::string::npos);
  auto const refusal = answer_to(server->ports()[0], post_text("/nowhere", "one"));
  EXPECT_NE(refusal.find("Content-Security-Policy"), std::string::npos) << "nobody knows who asked";
}

TEST(HttpServer, KeepsAConnectionForManyRequestsAndTakesThemPipelined) {
  auto const server = start(plain_options(), echo());
  RawClient client(server->ports()[0]);
  client.say(post_text("/echo", "one") + post_text("/echo", "two") + get_text("/nowhere") + get_text("/hello"));
  EXPECT_TRUE(client.hear_response().ends_with("one"));
  EXPECT_TRUE(client.hear_response().ends_with("two"));
  EXPECT_TRUE(client.hear_response().starts_with("HTTP/1.1 404"));
  EXPECT_TRUE(client.hear_response().ends_with("hello"));
  EXPECT_EQ(server->connection_count(), 1U);
}

TEST(HttpServer, AnswersHeadWithTheLengthButNoBody) {
  auto const server = start(plain_options(), echo());
  RawClient client(server->ports()[0]);
  client.say("HEAD /hello HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
  auto const answer = client.hear_all();
  EXPECT_NE(answer.find("Content-Length: 5\r\n"), std::string::npos);
  EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
}

TEST(HttpServer, ReadsBodiesInChunksAndByteByByte) {
  auto const server = start(plain_options(), echo());
  RawClient client(server->ports()[0]);
  std::string const text =
      "POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
  for (char const c : text) client.say(std::string_view(&c, 1));
  EXPECT_TRUE(client.hear_response().ends_with("\r\n\r\nabcde"));
}

TEST(HttpServer, LetsAClientContinueOnlyWhenItsBodyIsWelcome) {
  auto const server = start(plain_options(), echo());
  RawClient client(server->ports()[0]);
  client.say("POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(client.hear("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.say("ok");
  EXPECT_TRUE(client.hear_response().ends_with("ok"));
  RawClient large(server->ports()[0]);
  large.say("POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: 100-continue\r\nContent-Length: 2000\r\n\r\n");
  EXPECT_TRUE(large.hear_response().starts_with("HTTP/1.1 413"));
}

TEST(HttpServer, RefusesWhatIsTooLargeMalformedOrForeign) {
  auto const server = start(plain_options(), echo());
  auto const chunked = "POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" +
                       std::string(1'001, 'x') + "\r\n0\r\n\r\n";
  struct Row {
    std::string request;
    std::string expected;
  };
  std::vector<Row> const rows{
      {post_text("/echo", std::string(1'001, 'x')), "413"},
      {chunked, "413"},
      {get_text("/hello", "X-Bomb: " + std::string(20'000, 'x') + "\r\n"), "431"},
      {"GET /" + std::string(20'000, 'x') + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "431"},
      {"GET /hello HTTP/1.1\r\nHost: evil.example\r\n\r\n", "421"},
      {"GET /hello HTTP/1.1\r\n\r\n", "400"},
      {"GET /hello%zz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "400"},
      {"nonsense\r\n\r\n", "400"},
      {"POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", "400"},
      {"POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n", "400"},
      {"BREW /hello HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "501"},
      {post_text("/hello", ""), "405"},
      {post_text("/page", "{}"), "403"},
      {post_text("/page", "{}", "Origin: http://evil.example\r\n"), "403"},
      {"POST /page HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\nContent-Type: text/plain\r\n"
       "Content-Length: 2\r\n\r\n{}",
       "415"},
  };
  for (auto const& row : rows) {
    auto const answer = answer_to(server->ports()[0], row.request);
    EXPECT_EQ(answer.substr(0, 12), "HTTP/1.1 " + row.expected) << row.request.substr(0, 100);
    EXPECT_NE(answer.find(R"({"error":{"code":")"), std::string::npos) << answer;
  }
}

TEST(HttpServer, AsksTheTokenCheckBeforeAPageMayChangeAnything) {
  auto router = echo();
  router.set_token_check([](HttpRequest const& request) { return request.header("X-Token") == "right"; });
  auto const server = start(plain_options(), std::move(router));
  auto const origin = std::string("Origin: http://127.0.0.1\r\n");
  EXPECT_TRUE(answer_to(server->ports()[0], post_text("/page", "{}", origin)).starts_with("HTTP/1.1 403"));
  EXPECT_TRUE(answer_to(server->ports()[0], post_text("/page", "{}", origin + "X-Token: right\r\n"))
                  .starts_with("HTTP/1.1 200"));
}

TEST(HttpServer, WithoutATokenCheckNoPageMayChangeAnything) {
  auto const server = start(plain_options(), echo());
  auto const answer = answer_to(server->ports()[0], post_text("/page", "{}", "Origin: http://127.0.0.1\r\n"));
  EXPECT_NE(answer.find("bad_token"), std::string::npos) << answer;
}

TEST(HttpServer, TurnsABrokenWorldInto503AndADefectInto500AndReportsBoth) {
  Router router;
  router.get("/disk", [](HttpRequest const&) -> HttpResponse { throw BrokenWorld("disk full"); });
  router.get("/bug", [](HttpRequest const&) -> HttpResponse { throw std::logic_error("bug 7"); });
  router.add_late(Method::kGet, "/mute", [](HttpRequest const&, Responder) {});
  std::mutex mutex;
  std::string faults;
  auto options = plain_options();
  options.on_fault = [&](std::string_view fault) {
    std::lock_guard const lock(mutex);
    faults += std::string(fault) + '\n';
  };
  auto const server = start(std::move(options), std::move(router));
  RawClient client(server->ports()[0]);
  client.say(get_text("/disk") + get_text("/bug") + get_text("/mute"));
  auto const disk = client.hear_response();
  EXPECT_TRUE(disk.starts_with("HTTP/1.1 503")) << disk;
  EXPECT_EQ(disk.find("disk full"), std::string::npos) << "the cause belongs in the log";
  EXPECT_TRUE(client.hear_response().starts_with("HTTP/1.1 500"));
  EXPECT_TRUE(client.hear_response().starts_with("HTTP/1.1 500"));
  std::lock_guard const lock(mutex);
  EXPECT_EQ(faults, "GET /disk: disk full\nGET /bug: bug 7\n");
}

TEST(HttpServer, AHandlerCannotBeMadeToWriteForeignHeaders) {
  Router router;
  router.get("/go", [](HttpRequest const& request) {
    return empty_response(303).with("Location", std::string(request.query_value("to").value_or("")));
  });
  auto const server = start(plain_options(), std::move(router));
  auto const answer = answer_to(server->ports()[0], get_text("/go?to=/a%0d%0aSet-Cookie:%20sid=evil"));
  EXPECT_EQ(answer.find("\r\nSet-Cookie"), std::string::npos) << answer;
}

TEST(HttpServer, ClosesSlowLorisesButNotAnIdleNeighbour) {
  HttpLimits limits;
  limits.header_max = Milliseconds(200);
  limits.body_progress_window = Milliseconds(200);
  limits.body_progress_min_bytes = 100;
  auto const server = start(plain_options(limits), echo());
  auto const port = server->ports()[0];
  RawClient neighbour(port);
  neighbour.say(get_text("/hello"));
  ASSERT_TRUE(neighbour.hear_response().ends_with("hello"));

  RawClient silent(port);
  RawClient slow_header(port);
  RawClient slow_body(port);
  slow_header.say("GET /hello HTTP/1.1\r\nHost: ");
  slow_body.say("POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n");
  std::thread dripping([&] {
    while (!slow_header.is_closed() || !slow_body.is_closed()) {
      slow_header.say("x");
      slow_body.say("x");
      slow_header.hear("an answer", Milliseconds(10));
      slow_body.hear("an answer", Milliseconds(10));
    }
  });
  EXPECT_TRUE(comes_true([&] { return server->connection_count() == 1; }, Milliseconds(3'000)));
  dripping.join();
  neighbour.say(get_text("/hello"));
  EXPECT_TRUE(neighbour.hear_response().ends_with("hello"));
}

TEST(HttpServer, KeepsALinkThatMovesHoweverLongItTakes) {
  HttpLimits limits;
  limits.body_progress_window = Milliseconds(100);
  limits.body_progress_min_bytes = 10;
  auto const server = start(plain_options(limits), echo());
  RawClient client(server->ports()[0]);
  client.say("POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 600\r\n\r\n");
  for (int i = 0; i < 19; ++i) {  // 380 ms in all: nearly four windows
    ASSERT_TRUE(client.say(std::string(30, 'x')));
    ASSERT_EQ(client.hear("an answer", Milliseconds(20)), "");
  }
  client.say(std::string(30, 'x'));
  EXPECT_TRUE(client.hear_response().ends_with(std::string(600, 'x')));
}

TEST(HttpServer, CutsAClientThatDoesNotTakeItsAnswer) {
  Router router;
  router.get("/large", [](HttpRequest const&) { return text_response(200, std::string(32 << 20, 'x')); });
  HttpLimits limits;
  limits.write_stall_max = Milliseconds(300);
  auto const server = start(plain_options(limits), std::move(router));
  RawClient client(server->ports()[0], 4'096);
  client.say(get_text("/large"));
  EXPECT_TRUE(comes_true([&] { return server->connection_count() == 1; }));
  EXPECT_TRUE(comes_true([&] { return server->connection_count() == 0; }, Milliseconds(4'000)));
}

TEST(HttpServer, CapsConnectionsPerAddress) {
  HttpLimits limits;
  limits.connections_per_address_max = 2;
  auto const server = start(plain_options(limits), echo());
  auto const port = server->ports()[0];
  RawClient one(port);
  auto two = std::make_unique<RawClient>(port);
  one.say(get_text("/hello"));
  two->say(get_text("/hello"));
  EXPECT_TRUE(one.hear_response().ends_with("hello"));
  EXPECT_TRUE(two->hear_response().ends_with("hello"));
  RawClient three(port);
  EXPECT_EQ(three.hear_all(), "");
  two.reset();
  ASSERT_TRUE(comes_true([&] { return server->connection_count() == 1; }));
  EXPECT_TRUE(answer_to(port, get_text("/hello")).ends_with("hello"));
}

TEST(HttpServer, NamesThePortThatIsInUse) {
  auto const first = start(plain_options(), echo());
  auto options = plain_options();
  options.endpoints[0].port = first->ports()[0];
  auto const second = HttpServer::start(std::move(options), echo());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "port_in_use");
  EXPECT_NE(second.error().sentence.find("127.0.0.1:" + std::to_string(first->ports()[0])), std::string::npos);
}

TEST(HttpServer, RefusesPlacesWhereItMustNotListen) {
  struct Row {
    std::string address;
    std::string code;
  };
  for (auto const& row : std::vector<Row>{{"0.0.0.0", "plain_not_loopback"},
                                          {"::", "plain_not_loopback"},
                                          {"localhost", "bad_address"},
                                          {"", "bad_address"}}) {
    auto options = plain_options();
    options.endpoints[0].address = row.address;
    auto const server = HttpServer::start(std::move(options), echo());
    ASSERT_FALSE(server) << row.address;
    EXPECT_EQ(server.error().code, row.code) << row.address;
  }
  auto options = plain_options();
  options.endpoints[0].tls = TlsServerIdentity{"no pem", "no pem", "", {}};
  EXPECT_EQ(HttpServer::start(std::move(options), echo()).error().code, "bad_certificate");
}

TEST(HttpServer, ServesAUnixSocketForItsOwnUserOnly) {
  auto const path = std::filesystem::temp_directory_path() / ("fieldnode-net-" + std::to_string(::getpid()));
  Router router;
  router.get("/who", [](HttpRequest const& request) {
    return text_response(200, request.peer.is_local_socket ? request.peer.address : "network");
  });
  auto options = plain_options();
  options.endpoints[0].unix_path = path;
  auto server = start(options, router);
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  RawClient client(path.string());
  client.say("GET /who HTTP/1.1\r\nHost: any\r\n\r\n");
  EXPECT_TRUE(client.hear_response().ends_with("local"));
  auto const second = HttpServer::start(options, router);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "port_in_use");
  server.reset();
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(HttpServer, TakesOverASocketFileLeftByACrash) {
  auto const path = std::filesystem::temp_directory_path() / ("fieldnode-left-" + std::to_string(::getpid()));
  auto const left = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un place{};
  place.sun_family = AF_UNIX;
  path.string().copy(place.sun_path, sizeof place.sun_path - 1);
  ASSERT_EQ(::bind(left, reinterpret_cast<sockaddr*>(&place), sizeof place), 0);
  ::close(left);
  auto options = plain_options();
  options.endpoints[0].unix_path = path;
  EXPECT_TRUE(HttpServer::start(std::move(options), echo()).has_value());
}

TEST(HttpServer, FinishesRunningRequestsWhenItStops) {
  std::promise<void> is_running;
  std::promise<void> may_end;
  Router router;
  router.get("/slow", [&](HttpRequest const&) {
    is_running.set_value();
    may_end.get_future().wait();
    return text_response(200, "done");
  });
  auto const server = start(plain_options(), std::move(router));
  RawClient client(server->ports()[0]);
  RawClient idle(server->ports()[0]);
  client.say(get_text("/slow"));
  is_running.get_future().wait();
  auto stopping = std::async(std::launch::async, [&] { server->stop(); });
  idle.hear_all();
  may_end.set_value();
  auto const answer = client.hear_all();
  EXPECT_TRUE(answer.ends_with("done")) << answer;
  EXPECT_NE(answer.find("Connection: close"), std::string::npos);
  stopping.get();
  EXPECT_EQ(server->connection_count(), 0U);
}

TEST(HttpServer, AClientThatNeverClosesDoesNotHoldUpTheStop) {
  auto const server = start(plain_options(), echo());
  RawClient said_farewell(server->ports()[0]);
  said_farewell.say("GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
  said_farewell.hear_all();
  ASSERT_EQ(server->connection_count(), 1U) << "the server still waits for the client's own close";
  auto const began = std::chrono::steady_clock::now();
  server->stop();
  EXPECT_LT(std::chrono::steady_clock::now() - began, Milliseconds(500)) << "a farewell otherwise takes 2 s";
  EXPECT_EQ(server->connection_count(), 0U);
}

TEST(HttpServer, ARequestThatIsHalfSaidDoesNotHoldUpTheStop) {
  auto const server = start(plain_options(), echo());
  RawClient half_header(server->ports()[0]);
  RawClient half_body(server->ports()[0]);
  half_header.say("GET /hello HTTP/1.1\r\nHost: 127.");
  half_body.say("POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n");
  half_body.hear("\r\n\r\n");
  auto const began = std::chrono::steady_clock::now();
  server->stop();
  EXPECT_LT(std::chrono::steady_clock::now() - began, Milliseconds(500));
  EXPECT_EQ(server->connection_count(), 0U);
}

TEST(HttpServer, RefusesInBothLanguages) {
  auto const server = start(plain_options(), echo());
  for (std::string const& request :
       {std::string("GET /hello HTTP/1.1\r\nHost: elsewhere\r\n\r\n"), get_text("/nowhere"), get_text("/%zz"),
        std::string("BREW / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"),
        std::string("DELETE /hello HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"),
        "GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n"}) {
    RawClient client(server->ports()[0]);
    client.say(request);
    auto const answer = client.hear_response();
    auto const zh = answer.find(R"("sentence":{"zh":")");
    ASSERT_NE(zh, std::string::npos) << request.substr(0, 40) << answer;
    EXPECT_NE(answer.find("。\",\"en\":\"", zh), std::string::npos) << answer;
  }
}

TEST(HttpServer, SendsABodyInPiecesAndKeepsTheConnection) {
  Router router;
  router.get("/file", [](HttpRequest const&) {
    return download_response("application/octet-stream", "film.mp4", std::make_shared<Pieces>(40, 40));
  });
  auto const server = start(plain_options(), std::move(router));
  RawClient client(server->ports()[0]);
  for (int round = 0; round < 2; ++round) {
    client.say(get_text("/file"));
    auto const answer = client.hear_response();
    EXPECT_NE(answer.find("Content-Length: 2621440\r\n"), std::string::npos);
    EXPECT_NE(answer.find("attachment; filename*=UTF-8''film.mp4"), std::string::npos);
    EXPECT_EQ(answer.size() - answer.find("\r\n\r\n") - 4, 2'621'440u);
    EXPECT_EQ(answer.back(), static_cast<char>('a' + 39 % 26));
  }
}

TEST(HttpServer, CutsTheConnectionWhenTheRestOfABodyCannotBeHad) {
  Router router;
  router.get("/file", [](HttpRequest const&) {
    return download_response("application/octet-stream", "film.mp4", std::make_shared<Pieces>(4, 2));
  });
  auto const server = start(plain_options(), std::move(router));
  auto const answer = answer_to(server->ports()[0], get_text("/file"));
  EXPECT_LE(answer.size() - answer.find("\r\n\r\n") - 4, 2u * 65'536) << "never a part that passes for the whole";
}

}  // namespace
}  // namespace fieldnode::net
