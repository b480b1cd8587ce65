#include <gtest/gtest.h>

#include <atomic>

#include "node/net/certificates.h"
#include "node/net/https_client.h"
#include "tests/unit/net/loopback.h"

namespace fieldnode::net {
namespace {

using namespace testing;

/// A relay on loopback that passes few bytes at a time, with small buffers, so that the rest waits in the sender's
/// kernel as it does on a real thin link. `cut` makes it swallow everything from then on, like a forgotten NAT entry.
class ThinLink {
 public:
  ThinLink(std::uint16_t target, std::size_t bytes_per_step) : target_(target), bytes_per_step_(bytes_per_step) {
    int const small = 4'096;
    ::setsockopt(listener_, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    auto place = loopback(0);
    EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&place), sizeof place), 0);
    EXPECT_EQ(::listen(listener_, 1), 0);
    socklen_t size = sizeof place;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&place), &size);
    port_ = ntohs(place.sin_port);
    relay_ = std::thread([this] { run(); });
  }
  ~ThinLink() {
    is_over_ = true;
    relay_.join();
    ::close(listener_);
  }
  ThinLink(ThinLink const&) = delete;
  ThinLink& operator=(ThinLink const&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  void cut() { is_cut_ = true; }

 private:
  static sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_port = htons(port);
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return place;
  }
  bool pass(int from, int to) const {
    std::vector<char> bytes(bytes_per_step_);
    auto const size = ::recv(from, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (size == 0) return false;
    if (size > 0) ::send(to, bytes.data(), static_cast<std::size_t>(size), MSG_NOSIGNAL);
    return true;
  }
  void run() const {
    pollfd waiting{listener_, POLLIN, 0};
    while (!is_over_ && ::poll(&waiting, 1, 20) <= 0) {
    }
    if (is_over_) return;
    int const near = ::accept(listener_, nullptr, nullptr);
    int const far = ::socket(AF_INET, SOCK_STREAM, 0);
    auto place = loopback(target_);
    EXPECT_EQ(::connect(far, reinterpret_cast<sockaddr*>(&place), sizeof place), 0);
    bool is_open = true;
    while (is_open && !comes_true([this] { return is_over_.load(); }, Milliseconds(10))) {
      if (!is_cut_) is_open = pass(near, far) && pass(far, near);
    }
    ::close(near);
    ::close(far);
  }

  int listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
  std::uint16_t const target_;
  std::size_t const bytes_per_step_;
  std::uint16_t port_ = 0;
  std::atomic<bool> is_over_{false};
  std::atomic<bool> is_cut_{false};
  std::thread relay_;
};

class ThinLinkTest : public ::testing::Test {
 protected:
  std::unique_ptr<HttpServer> serve() {
    HttpLimits limits;
    limits.body_progress_window = Milliseconds(250);  // less than one TLS record takes on this link
    limits.write_stall_max = Milliseconds(500);
    auto options = plain_options(limits);
    options.endpoints[0].tls = TlsServerIdentity{.certificate_chain_pem = server_.certificate_pem + ca_.certificate_pem,
                                                 .private_key_pem = server_.private_key_pem};
    Router router;
    RouteOptions const any{.body_max_bytes = 1 << 20, .caller = Caller::kProgram, .body_type = ""};
    router.post(
        "/echo",
        [](HttpRequest const& request) {
          return bytes_response(200, "application/octet-stream", request.body_bytes());
        },
        any);
    return start(std::move(options), std::move(router));
  }
  std::unique_ptr<HttpsClient> client_at(std::uint16_t port) {
    HttpsClientOptions options;
    options.base_url = "https://127.0.0.1:" + std::to_string(port);
    options.trust.ca_pem = ca_.certificate_pem;
    options.trust.trusted_time = [this] { return exactly(validity_.from); };
    options.stall_max = Milliseconds(500);
    return std::move(*HttpsClient::make(std::move(options)));
  }

  SeededRandom random_{3};
  Validity validity_{utc_from_ms(1'767'225'600'000), utc_from_ms(1'798'761'600'000)};
  Identity ca_ = make_city_ca("city", validity_, random_);
  Identity server_ = *make_server_identity(ca_, {{}, {"127.0.0.1"}}, validity_, random_);
};

TEST_F(ThinLinkTest, NeitherEndCutsALinkThatMoves) {
  auto const server = serve();
  ThinLink const link(server->ports()[0], 500);
  auto const client = client_at(link.port());
  Bytes body(50'000);
  random_.fill(body);
  auto const before = std::chrono::steady_clock::now();
  auto const answer = client->post("/echo", body);
  ASSERT_TRUE(answer) << answer.error().sentence;
  EXPECT_EQ(answer->body, body);
  EXPECT_GT(std::chrono::steady_clock::now() - before, Milliseconds(1'500)) << "three limits long";
}

TEST_F(ThinLinkTest, AnAnswerComesFromItsFirstByteToItsLast) {
  auto const server = serve();
  ThinLink const link(server->ports()[0], 500);
  auto const client = client_at(link.port());
  constexpr std::size_t kBytes = 20'000;
  auto calling = std::async(std::launch::async, [&] { return client->post("/echo", Bytes(kBytes)); });
  ASSERT_TRUE(comes_true([&] { return client->answer_comes(); }));
  EXPECT_GT(client->traffic().bytes_sent, kBytes) << "not while the request goes up";
  EXPECT_LT(client->traffic().bytes_received, kBytes);
  ASSERT_TRUE(calling.get());
  EXPECT_FALSE(client->answer_comes());
}

TEST_F(ThinLinkTest, ALinkThatFallsSilentInMidAirIsNoticed) {
  auto const server = serve();
  ThinLink link(server->ports()[0], 500);
  auto const client = client_at(link.port());
  auto calling = std::async(std::launch::async, [&] { return client->post("/echo", Bytes(500'000)); });
  ASSERT_TRUE(comes_true([&] { return client->traffic().bytes_sent > 10'000; }));
  link.cut();
  auto const before = std::chrono::steady_clock::now();
  auto const answer = calling.get();
  EXPECT_LT(std::chrono::steady_clock::now() - before, Milliseconds(2'500));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "timeout");
}

TEST_F(ThinLinkTest, ARequestThatNeverArrivesIsNoticedInTheMiddleOfAPoll) {
  auto const server = serve();
  ThinLink link(server->ports()[0], 5'000);
  auto const client = client_at(link.port());
  ASSERT_TRUE(client->post("/echo", Bytes(10)));
  link.cut();
  // More than the relay's kernel takes in on behalf of a relay that reads no more.
  auto const answer = client->post("/echo", Bytes(500'000), {.wait = Milliseconds(55'000)});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "timeout");
}

}  // namespace
}  // namespace fieldnode::net
