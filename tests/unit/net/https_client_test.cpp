#include "node/net/https_client.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "node/net/certificates.h"
#include "tests/unit/net/loopback.h"

namespace fieldnode::net {
namespace {

using namespace testing;

constexpr UtcTime kFrom = utc_from_ms(1'767'225'600'000);   // 2026-01-01
constexpr UtcTime kUntil = utc_from_ms(1'798'761'600'000);  // 2027-01-01
constexpr UtcTime kBetween = utc_from_ms(1'780'000'000'000);
constexpr Validity kYear{kFrom, kUntil};
constexpr Milliseconds kDay{86'400'000};

/// A city with its CA, a server and a node; the server's doors tell what they see of the client.
class HttpsClientTest : public ::testing::Test {
 protected:
  HttpServerOptions server_options() {
    auto options = plain_options();
    options.endpoints[0].tls = TlsServerIdentity{.certificate_chain_pem = server_.certificate_pem + ca_.certificate_pem,
                                                 .private_key_pem = server_.private_key_pem,
                                                 .client_ca_pem = ca_.certificate_pem,
                                                 .ticket_keys = {}};
    return options;
  }

  Router router() {
    Router router;
    RouteOptions const any{.body_max_bytes = 1 << 20, .caller = Caller::kProgram, .body_type = ""};
    router.post(
        "/echo", [](HttpRequest const& request) { return octets(request.body_bytes()); }, any);
    router.get("/who", [](HttpRequest const& request) {
      auto const& peer = request.peer;
      return octets(bytes_of((peer.certificate ? peer.certificate->common_name : "nobody") +
                             std::string(peer.is_resumed ? " resumed" : " new") + " " +
                             std::to_string(peer.connection)));
    });
    router.get("/large", [](HttpRequest const&) { return octets(Bytes(100'000, 7)); });
    router.get("/portal", [](HttpRequest const&) {
      return HttpResponse{200, {}, "<html>"}.with("Content-Type", "text/html");
    });
    router.get("/moved", [](HttpRequest const&) { return empty_response(302).with("Location", "/who"); });
    router.get("/busy", [](HttpRequest const&) { return busy_response(503, "later", Milliseconds(7'000)); });
    router.add_late(Method::kGet, "/park", [this](HttpRequest const&, Responder responder) {
      ++parked_;
      responder.on_gone([this] { ++gone_; });
      responder.park(Milliseconds(60'000), [] { return octets({}); });
    });
    router.add_late(Method::kGet, "/late", [](HttpRequest const&, Responder responder) {
      responder.park(Milliseconds(600), [] { return octets(bytes_of("late")); });
    });
    return router;
  }

  HttpsClientOptions client_options() {
    HttpsClientOptions options;
    options.base_url = "https://127.0.0.1:" + std::to_string(https_->ports()[0]);
    options.trust.ca_pem = ca_.certificate_pem;
    options.trust.client_certificate_pem = node_.certificate_pem;
    options.trust.client_private_key_pem = node_.private_key_pem;
    options.trust.trusted_time = [] { return exactly(kBetween); };
    options.stall_max = Milliseconds(3'000);
    return options;
  }

  static std::unique_ptr<HttpsClient> make(HttpsClientOptions options) {
    auto client = HttpsClient::make(std::move(options));
    EXPECT_TRUE(client) << client.error().sentence;
    return std::move(*client);
  }
  static HttpResponse octets(BytesView bytes) { return bytes_response(200, "application/octet-stream", bytes); }
  static std::string text(CallResult<HttpAnswer> const& answer) {
    return answer ? std::string(text_of(answer->body)) : answer.error().code + ": " + answer.error().sentence;
  }
  /// The code of the failure, or "ok".
  std::string code_with(HttpsClientOptions options) {
    auto const answer = make(std::move(options))->get("/who");
    return answer ? "ok" : answer.error().code;
  }

  SeededRandom random_{11};
  Identity ca_ = make_city_ca("city", kYear, random_);
  Identity server_ = *make_server_identity(ca_, {{}, {"127.0.0.1"}}, kYear, random_);
  Identity node_ = *make_client_identity(ca_, "node 3", kYear, random_);
  std::atomic<int> parked_{0};
  std::atomic<int> gone_{0};
  std::unique_ptr<HttpServer> https_ = start(server_options(), router());
};

TEST_F(HttpsClientTest, ExchangesExactBytesUnderBothCertificates) {
  auto const client = make(client_options());
  Bytes body(200'000);
  random_.fill(body);
  auto const answer = client->post("/echo", body);
  ASSERT_TRUE(answer) << answer.error().sentence;
  EXPECT_EQ(answer->body, body);
  EXPECT_EQ(text(client->get("/who")), "node 3 new 1");
  EXPECT_TRUE(client->post("/echo", {})->body.empty());
}

TEST_F(HttpsClientTest, KeepsOneConnectionForManyCalls) {
  auto const client = make(client_options());
  for (int i = 0; i < 5; ++i) EXPECT_EQ(text(client->get("/who")), "node 3 new 1");
  auto const traffic = client->traffic();
  EXPECT_EQ(traffic.connections, 1U);
  EXPECT_GT(traffic.bytes_sent, 1'000U);
  EXPECT_GT(traffic.bytes_received, 1'000U);
  EXPECT_LT(traffic.bytes_sent + traffic.bytes_received, 20'000U);
}

TEST_F(HttpsClientTest, AnUnknownClientIsServedButHasNoCertificate) {
  auto options = client_options();
  options.trust.client_certificate_pem.clear();
  EXPECT_EQ(text(make(options)->get("/who")), "nobody new 1");
}

TEST_F(HttpsClientTest, AClientOfAnotherCaIsTurnedAway) {
  auto const foreign = make_city_ca("city", kYear, random_);
  auto const node = *make_client_identity(foreign, "node 3", kYear, random_);
  auto options = client_options();
  options.trust.client_certificate_pem = node.certificate_pem;
  options.trust.client_private_key_pem = node.private_key_pem;
  EXPECT_EQ(code_with(options), "tls_failed");
}

TEST_F(HttpsClientTest, AServerCertificateIsNoClientCertificate) {
  auto options = client_options();
  options.trust.client_certificate_pem = server_.certificate_pem;
  options.trust.client_private_key_pem = server_.private_key_pem;
  EXPECT_EQ(code_with(options), "tls_failed");
}

TEST_F(HttpsClientTest, AnExpiredClientIsLetInWithItsDatesForTheHandlerToJudge) {
  Validity const past{kFrom, kFrom + kDay};
  auto const node = *make_client_identity(ca_, "old node", past, random_);
  auto options = client_options();
  options.trust.client_certificate_pem = node.certificate_pem;
  options.trust.client_private_key_pem = node.private_key_pem;
  EXPECT_EQ(text(make(options)->get("/who")), "old node new 1");
}

TEST_F(HttpsClientTest, AServerOfAnotherCaIsNotBelieved) {
  auto options = client_options();
  options.trust.ca_pem = make_city_ca("other", kYear, random_).certificate_pem;
  EXPECT_EQ(code_with(options), "wrong_ca");
  options.trust.ca_pem = make_city_ca("city", kYear, random_).certificate_pem;
  EXPECT_EQ(code_with(options), "wrong_ca") << "the same name, another key";
}

TEST_F(HttpsClientTest, ANodeCannotPlayTheServer) {
  server_ = {node_.certificate_pem, node_.private_key_pem};
  https_ = start(server_options(), router());
  EXPECT_EQ(code_with(client_options()), "tls_failed");
}

TEST_F(HttpsClientTest, AServerForAnotherAddressIsNotBelieved) {
  server_ = *make_server_identity(ca_, {{"centre.example"}, {"192.0.2.1"}}, kYear, random_);
  https_ = start(server_options(), router());
  EXPECT_EQ(code_with(client_options()), "wrong_host");
}

TEST_F(HttpsClientTest, DatesAreJudgedByTrustedTimeAlone) {
  struct Row {
    char const* what;
    TimeInterval time;
    std::string expected;
  };
  std::vector<Row> const rows{
      {"within", exactly(kBetween), "ok"},
      {"surely over", exactly(kUntil + kDay), "certificate_dates"},
      {"surely over, open end", {kUntil + kDay, std::nullopt}, "certificate_dates"},
      {"surely early", exactly(kFrom - kDay), "certificate_dates"},
      {"perhaps early: a dead battery", {kFrom - 300 * kDay, std::nullopt}, "ok"},
      {"perhaps over", {kUntil - kDay, kUntil + kDay}, "ok"},
  };
  for (auto const& row : rows) {
    auto options = client_options();
    options.trust.trusted_time = [time = row.time] { return time; };
    EXPECT_EQ(code_with(options), row.expected) << row.what;
  }
}

TEST_F(HttpsClientTest, TimeIsAskedAnewForEveryConnection) {
  auto now = exactly(kUntil + kDay);
  auto options = client_options();
  options.trust.trusted_time = [&now] { return now; };
  auto const client = make(options);
  EXPECT_EQ(client->get("/who").error().code, "certificate_dates");
  now = exactly(kBetween);
  EXPECT_EQ(text(client->get("/who")), "node 3 new 2");
}

TEST_F(HttpsClientTest, APinFindsTheCaInTheServersChain) {
  auto const fingerprint = read_certificate(ca_.certificate_pem)->fingerprint;
  auto options = client_options();
  options.trust.ca_pem.clear();
  options.trust.ca_pin.assign(fingerprint.begin(), fingerprint.begin() + 10);
  auto const client = make(options);
  EXPECT_EQ(client->accepted_ca_pem(), "");
  EXPECT_EQ(text(client->get("/who")), "node 3 new 1");
  EXPECT_EQ(client->accepted_ca_pem(), ca_.certificate_pem);
  options.trust.ca_pin[9] ^= 1;
  EXPECT_EQ(code_with(options), "wrong_ca");
  options.trust.ca_pin.resize(9);
  EXPECT_EQ(HttpsClient::make(options).error().code, "bad_pin");
}

TEST_F(HttpsClientTest, APinIsNotSatisfiedByACaThatDidNotSignTheServer) {
  auto const fingerprint = read_certificate(ca_.certificate_pem)->fingerprint;
  auto const attacker = make_city_ca("city", kYear, random_);
  server_ = *make_server_identity(attacker, {{}, {"127.0.0.1"}}, kYear, random_);
  https_ = start(server_options(), router());  // shows the right CA beside a leaf of another
  auto options = client_options();
  options.trust.ca_pem.clear();
  options.trust.ca_pin.assign(fingerprint.begin(), fingerprint.end());
  EXPECT_EQ(code_with(options), "wrong_ca");
}

TEST_F(HttpsClientTest, APinOnTheLeafIsNoPinOnTheCa) {
  auto const fingerprint = read_certificate(server_.certificate_pem)->fingerprint;
  auto options = client_options();
  options.trust.ca_pem.clear();
  options.trust.ca_pin.assign(fingerprint.begin(), fingerprint.end());
  EXPECT_EQ(code_with(options), "wrong_ca");
}

TEST_F(HttpsClientTest, AReconnectResumesTheSession) {
  TlsSessionCache sessions;
  auto options = client_options();
  options.sessions = &sessions;
  std::uint64_t full = 0;
  {
    auto const first = make(options);
    EXPECT_EQ(text(first->get("/who")), "node 3 new 1");
    full = first->traffic().bytes_received;
  }
  auto const second = make(options);
  EXPECT_EQ(text(second->get("/who")), "node 3 resumed 2") << "the server still knows who it is";
  EXPECT_LT(second->traffic().bytes_received + 500, full);
}

TEST_F(HttpsClientTest, ASessionIsNotResumedUnderAnotherCa) {
  TlsSessionCache sessions;
  auto options = client_options();
  options.sessions = &sessions;
  EXPECT_EQ(code_with(options), "ok");
  options.trust.ca_pem = make_city_ca("other", kYear, random_).certificate_pem;
  EXPECT_EQ(code_with(options), "wrong_ca");
}

TEST_F(HttpsClientTest, ProcessesThatShareTicketKeysResumeEachOthersSessions) {
  auto options = server_options();
  options.endpoints[0].tls->ticket_keys = Bytes(80, 5);
  https_ = start(options, router());
  options.endpoints[0].port = https_->ports()[0];
  TlsSessionCache sessions;
  auto calling = client_options();
  calling.sessions = &sessions;
  EXPECT_EQ(text(make(calling)->get("/who")), "node 3 new 1");
  https_.reset();
  https_ = start(options, router());
  EXPECT_EQ(text(make(calling)->get("/who")), "node 3 resumed 1");
}

TEST_F(HttpsClientTest, CapsTheAnswer) {
  auto options = client_options();
  options.answer_max_bytes = 99'999;
  EXPECT_EQ(make(options)->get("/large").error().code, "too_large");
  options.answer_max_bytes = 100'000;
  EXPECT_EQ(make(options)->get("/large")->body.size(), 100'000U);
}

TEST_F(HttpsClientTest, AnAnswerIsGivenOnAsItComes) {
  std::size_t taken = 0;
  int pieces = 0;
  CallOptions options;
  options.on_body = [&](BytesView piece) {
    taken += piece.size();
    ++pieces;
    return true;
  };
  auto const client = make(client_options());
  auto const answer = client->get("/large", options);
  ASSERT_TRUE(answer) << answer.error().sentence;
  EXPECT_TRUE(answer->body.empty());
  EXPECT_EQ(taken, 100'000U);
  EXPECT_GT(pieces, 1);
  options.on_body = [](BytesView) { return false; };
  EXPECT_FALSE(client->get("/large", options)) << "the taker has seen enough";
  options.on_body = [](BytesView) -> bool { throw BrokenWorld("the disk is gone"); };
  EXPECT_THROW(static_cast<void>(client->get("/large", options)), BrokenWorld);
  options.on_body = [](BytesView) -> bool { throw std::logic_error("a portal's page is no answer"); };
  EXPECT_EQ(client->get("/portal", options).error().code, "bad_content_type");
}

TEST_F(HttpsClientTest, ACaptivePortalIsNoAnswer) {
  EXPECT_EQ(make(client_options())->get("/portal").error().code, "bad_content_type");
}

TEST_F(HttpsClientTest, ARedirectIsNotFollowed) {
  auto const answer = make(client_options())->get("/moved");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "redirected");
  EXPECT_EQ(answer.error().answer->status, 302);
  EXPECT_NE(answer.error().sentence.find("sign in there"), std::string::npos);
}

TEST_F(HttpsClientTest, AnHttpErrorKeepsWhatTheServerSaid) {
  auto const client = make(client_options());
  auto const answer = client->get("/busy");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "http_error");
  EXPECT_EQ(answer.error().answer->status, 503);
  EXPECT_EQ(answer.error().retry_after(), Milliseconds(7'000));
  EXPECT_NE(text_of(answer.error().answer->body).find("later"), std::string::npos);
  EXPECT_EQ(text(client->get("/who")), "node 3 new 1") << "the connection is still good";
}

TEST_F(HttpsClientTest, NobodyThereIsUnreachable) {
  auto options = client_options();
  https_.reset();
  auto const answer = make(options)->get("/who");
  EXPECT_EQ(answer.error().code, "unreachable");
  EXPECT_NE(answer.error().sentence.find(options.base_url), std::string::npos);
}

TEST_F(HttpsClientTest, TakesOnlyHttpsAddresses) {
  for (auto const* const url :
       {"http://127.0.0.1", "https://", "127.0.0.1", "https://a/b", "https://u@a", "file:///x"}) {
    auto options = client_options();
    options.base_url = url;
    auto const client = HttpsClient::make(std::move(options));
    ASSERT_FALSE(client) << url;
    EXPECT_EQ(client.error().code, "bad_url") << url;
  }
}

TEST_F(HttpsClientTest, RefusesKeysThatDoNotBelongTogether) {
  auto options = client_options();
  options.trust.client_private_key_pem = make_private_key();
  EXPECT_EQ(HttpsClient::make(options).error().code, "bad_key");
  options.trust.ca_pem = "nonsense";
  EXPECT_EQ(HttpsClient::make(options).error().code, "bad_certificate");
}

TEST_F(HttpsClientTest, ALongPollMayStaySilentForItsWaitButNotLonger) {
  auto options = client_options();
  options.stall_max = Milliseconds(300);
  auto const client = make(options);
  EXPECT_EQ(text(client->get("/late", {.wait = Milliseconds(5'000)})), "late");
  auto const impatient = client->get("/late");
  ASSERT_FALSE(impatient);
  EXPECT_EQ(impatient.error().code, "timeout");
}

TEST_F(HttpsClientTest, AfterASilenceTheNextCallsWaitTwiceAsLongUntilOneIsQuick) {
  auto options = client_options();
  options.stall_max = Milliseconds(500);
  auto const client = make(options);
  EXPECT_EQ(text(client->get("/late")).substr(0, 7), "timeout") << "it takes 600 ms";
  EXPECT_EQ(text(client->get("/late")), "late");
  EXPECT_EQ(text(client->get("/late")), "late") << "that was good, but slow";
  EXPECT_TRUE(client->get("/who"));
  EXPECT_EQ(text(client->get("/late")).substr(0, 7), "timeout");
}

TEST_F(HttpsClientTest, CancelEndsARunningCallAndTheServerNotices) {
  auto const client = make(client_options());
  auto calling = std::async(std::launch::async, [&] { return client->get("/park", {.wait = Milliseconds(55'000)}); });
  ASSERT_TRUE(comes_true([&] { return parked_ == 1; }));
  auto const before = std::chrono::steady_clock::now();
  client->cancel();
  auto const answer = calling.get();
  EXPECT_LT(std::chrono::steady_clock::now() - before, Milliseconds(1'000));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "cancelled");
  EXPECT_TRUE(comes_true([&] { return gone_ == 1; }));
  EXPECT_EQ(text(client->get("/who")), "node 3 resumed 2") << "a cancel is for one call";
  client->cancel();
  EXPECT_EQ(client->get("/who").error().code, "cancelled") << "between two calls it is for the next";
  EXPECT_TRUE(client->get("/who"));
  client->shut();
  EXPECT_EQ(client->get("/who").error().code, "cancelled") << "a shut is for good";
}

/// Takes connections into the kernel's queue and never says a word: what a dead NAT entry looks like.
class BlackHole {
 public:
  BlackHole() {
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&place), sizeof place), 0);
    EXPECT_EQ(::listen(socket_, 8), 0);
    socklen_t size = sizeof place;
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&place), &size);
    port_ = ntohs(place.sin_port);
  }
  ~BlackHole() { ::close(socket_); }
  BlackHole(BlackHole const&) = delete;
  BlackHole& operator=(BlackHole const&) = delete;
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  int socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
  std::uint16_t port_ = 0;
};

TEST_F(HttpsClientTest, ABlackHoleIsNoticedBecauseNothingMoves) {
  BlackHole const hole;
  auto options = client_options();
  options.base_url = "https://127.0.0.1:" + std::to_string(hole.port());
  options.stall_max = Milliseconds(300);
  auto const before = std::chrono::steady_clock::now();
  auto const answer = make(options)->post("/echo", Bytes(10'000), {.wait = Milliseconds(55'000)});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "timeout");
  EXPECT_LT(std::chrono::steady_clock::now() - before, Milliseconds(2'000));
}

TEST_F(HttpsClientTest, AHandshakeThatIsCutIsALostConnectionAndNoWrongAddress) {
  int const listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&place), sizeof place), 0);
  ASSERT_EQ(::listen(listener, 8), 0);
  socklen_t size = sizeof place;
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&place), &size);
  std::thread cutting([listener] {
    for (bool const resets : {true, false}) {
      int const taken = ::accept(listener, nullptr, nullptr);
      linger const at_once{resets ? 1 : 0, 0};
      ::setsockopt(taken, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
      char hello = 0;
      EXPECT_EQ(::recv(taken, &hello, 1, MSG_PEEK), 1);
      if (!resets) ::shutdown(taken, SHUT_WR);
      ::close(taken);
    }
  });
  auto options = client_options();
  options.base_url = "https://127.0.0.1:" + std::to_string(ntohs(place.sin_port));
  EXPECT_EQ(code_with(options), "connection_lost") << "reset";
  EXPECT_EQ(code_with(options), "connection_lost") << "closed";
  cutting.join();
  ::close(listener);
}

}  // namespace
}  // namespace fieldnode::net
