#include "node/central/service.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <future>
#include <latch>

#include "node/central/store/salt_keys.h"
#include "node/net/https_client.h"
#include "sync/crypto/token.h"
#include "sync/wire/exchange_stream.h"
#include "sync/wire/fingerprint.h"
#include "sync/wire/signing.h"
#include "tests/unit/central/temp_city.h"
#include "tests/unit/net/loopback.h"

/// The service over loopback: what only shows when TLS, workers and long polls are real.
namespace fieldnode::central {
namespace {

namespace json = boost::json;

constexpr UtcTime kNow = utc_from_ms(1'791'421'200'000);  // 2026-10-08 09:00 in +08:00

struct Node {
  crypto::KeyPair keys;
  Epoch epoch{};
  UnitId unit{};
  NodeId id{};
  std::string tls_key;
  std::string certificate;
};

std::uint64_t number_at(json::value const& value) { return std::stoull(std::string(value.as_string())); }

struct CentralService : testing::Test {
  CentralService() {
    auto const made = init_city(paths, {.name = "测试市", .hosts = {}}, kNow, random);
    check(made.has_value(), "a city is made in a temporary folder");
    centre = std::move(Centre::open(paths, clock, random).value());
    service = std::move(Service::start(*centre, {.sync = {}, .page = {}, .limits = {}, .report = {}}).value());
  }

  [[nodiscard]] std::unique_ptr<net::HttpsClient> client(Node const* node) {
    net::HttpsTrust trust{.ca_pem = centre->city().ca.certificate_pem, .trusted_time = [] { return exactly(kNow); }};
    if (node != nullptr) {
      trust.client_certificate_pem = node->certificate;
      trust.client_private_key_pem = node->tls_key;
    }
    return std::move(net::HttpsClient::make(
                         {.base_url = "https://127.0.0.1:" + std::to_string(service->sync_port()), .trust = trust})
                         .value());
  }

  Node enrol(std::string const& unit) {
    auto node = asked(unit);
    check(centre->nodes().confirm({}, wire::node_fingerprint(node.keys.public_key), kNow).has_value(),
          "a node that waits is confirmed");
    return node;
  }

  /// A node that waits to be confirmed.
  Node asked(std::string const& unit) {
    if (!centre->store().find_unit(unit)) (void)centre->store().add_unit(unit, unit, kNow).value();
    auto const payload = crypto::read_code(centre->enrolments().issue_code(unit, kNow).value().code).value();
    Node node{.keys = crypto::ed25519_suite()->make_keys(random),
              .epoch = Epoch{random.bits64() | 1},
              .tls_key = net::make_private_key()};
    auto const secret = BytesView(payload).subspan(kPinBytes);
    wire::EnrolmentRequest request{.secret = wire::secret_hash(secret),
                                   .key = node.keys.public_key,
                                   .journal_epoch = node.epoch,
                                   .certificate_request = net::make_certificate_request(node.tls_key, "unit").value()};
    wire::sign_request(request, *crypto::ed25519_suite(), node.keys.secret_key);
    json::object const form{{"protocol", 2},
                            {"secret", to_hex(secret)},
                            {"public_key", to_hex(node.keys.public_key)},
                            {"csr", request.certificate_request},
                            {"journal_epoch", std::to_string(node.epoch.value)},
                            {"signature", to_hex(request.signature)},
                            {"program", "0.1.0"}};
    auto const answer = client(nullptr)->post("/sync/v1/enrol", bytes_of(json::serialize(form)),
                                              {.answer_type = "application/json", .body_type = "application/json"});
    check(answer.has_value(), "a good code enrols");
    auto const told = json::parse(text_of(answer->body));
    node.unit = UnitId{number_at(told.at("unit").at("id"))};
    node.id = NodeId{number_at(told.at("node_id"))};
    node.certificate = told.at("certificate").as_string();
    return node;
  }

  net::CallResult<net::HttpAnswer> send(Node const& node, Position feed, std::uint32_t wait_seconds,
                                        std::optional<wire::IdentityClaim> const& claim = {}) {
    wire::ExchangeRequest request{.unit = node.unit,
                                  .node = node.id,
                                  .journal_epoch = node.epoch,
                                  .feed = feed,
                                  .first_act = 1,
                                  .wait_seconds = wait_seconds,
                                  .byte_budget = 1 << 20};
    request.identity = claim;
    return client(&node)->post("/sync/v1/exchange", wire::encode_request(request, 1),
                               {.answer_type = "application/x-fieldnode-exchange",
                                .body_type = "application/x-fieldnode-exchange",
                                .wait = Milliseconds(60'000)});
  }

  wire::ExchangeReply exchange(Node const& node, Position feed, std::uint32_t wait_seconds = 0) {
    auto const answer = send(node, feed, wait_seconds);
    check(answer.has_value(), "the exchange is answered");
    return wire::decode_reply(answer->body).value();
  }

  /// `count` new assignments in one transaction.
  void give(UnitId unit, int count) {
    auto const given = centre->store().with_unit(unit, [&](UnitWork& work) -> Result<void> {
      for (int i = 0; i < count; ++i) {
        rules::Dispatch dispatch;
        dispatch.case_id = CaseId{unit.value * 1000 + static_cast<std::uint64_t>(i)};
        dispatch.cycle = 1;
        dispatch.category = rules::Category::kA2;
        dispatch.kind = rules::CaseKind::kComplaint;
        wire::ContactData contact{.fields = {}, .keys = draw_salt_keys(random)};
        auto const said = work.append({.kind = rules::EntryKind::kDispatch,
                                       .assignment = AssignmentId{unit.value * 1000 + static_cast<std::uint64_t>(i)},
                                       .payload = dispatch,
                                       .at = kNow,
                                       .body = {.texts = {{wire::TextTag::kTitle, "路灯不亮"}}, .blobs = {}},
                                       .contact = std::move(contact)});
        if (!said) return said.error();
      }
      return {};
    });
    check(given.has_value(), "cases are given to a unit");
  }

  /// Until the answer has brought forty assignments ahead of the feed; why it did not, else nothing.
  template <class Office>
  std::string first_urgent(net::HttpsClient& line, Office const& office) {
    wire::ExchangeRequest request{.unit = office.node.unit,
                                  .node = office.node.id,
                                  .journal_epoch = office.node.epoch,
                                  .feed = office.feed,
                                  .first_act = 1,
                                  .byte_budget = 1 << 20};
    request.link_bytes_per_second = 5'000;
    std::size_t previews = 0;
    wire::ReplyReader reader;
    net::CallOptions options{.answer_type = "application/x-fieldnode-exchange",
                             .body_type = "application/x-fieldnode-exchange",
                             .wait = Milliseconds(60'000)};
    options.on_body = [&](BytesView piece) {
      auto const parts = reader.take(piece);
      for (auto const& part : parts.value()) previews += part.previews.size();
      return true;
    };
    auto const answer = line.post("/sync/v1/exchange", wire::encode_request(request, 1), options);
    if (!answer) return answer.error().sentence;
    return previews >= 40 ? "" : fmt::format("{} previews", previews);
  }

  void wait_until_parked(std::size_t count) {
    while (service->parked() != count) std::this_thread::yield();
  }

  static CaseForm lamp() {
    return {.title = "路灯", .category = rules::Category::kA2, .kind = rules::CaseKind::kComplaint};
  }

  AssignmentId dispatch(std::string const& unit, std::string const& request) {
    auto const record = centre->dispatches().create_case({}, request + "-c", lamp(), kNow).value();
    return centre->dispatches().dispatch({}, request + "-d", record.id, unit, {}, kNow).value().assignment;
  }

  /// Signs somebody in at the page; the cookie as the browser sends it back.
  std::string sign_in(std::string const& name) {
    auto const login = centre->accounts().add(name, rules::StaffRole::kOperator).value();
    check(centre->accounts().change_password(name, login.password, "a password of their own").has_value(),
          "a one-time password is changed");
    auto const form = json::serialize(json::object{{"name", name}, {"password", "a password of their own"}});
    auto const here = "127.0.0.1:" + std::to_string(service->page_port());
    net::testing::RawClient browser(service->page_port());
    browser.say("POST /api/session HTTP/1.1\r\nHost: " + here + "\r\nOrigin: http://" + here +
                "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(form.size()) + "\r\n\r\n" +
                form);
    auto const answer = browser.hear_response();
    auto const begin = answer.find("Set-Cookie: ");
    check(begin != std::string::npos, "a right password signs in");
    return answer.substr(begin + 12, answer.find(';', begin) - begin - 12);
  }

  static std::string code_of(net::CallResult<net::HttpAnswer> const& answer) {
    if (answer) return "";
    if (!answer.error().answer) return answer.error().code;
    auto const told = json::parse(text_of(answer.error().answer->body));
    return std::to_string(answer.error().answer->status) + " " + std::string(told.at("error").at("code").as_string());
  }

  TempFolder folder;
  CityPaths paths{folder.path() / "centre"};
  SystemRandom random;
  SetClock clock{kNow};
  std::unique_ptr<Centre> centre;
  std::unique_ptr<Service> service;
};

TEST_F(CentralService, AnEnrolledNodeGetsItsFeedUnderASignedReceipt) {
  auto const node = enrol("BH");
  auto const reply = exchange(node, {});
  EXPECT_EQ(reply.feed.size(), 1U) << "the opening";
  auto const signed_well =
      wire::verify_receipt(reply.receipt, *crypto::ed25519_suite(), centre->city().key.keys.public_key);
  EXPECT_TRUE(signed_well);
  EXPECT_EQ(reply.receipt.node, node.id);
  EXPECT_EQ(centre->store().units().front().node->news.last_exchange_at, kNow);
}

TEST_F(CentralService, WithoutACertificateOrWithNonsenseNothingIsAnswered) {
  auto const node = enrol("BH");
  net::CallOptions const options{.body_type = "application/x-fieldnode-exchange"};
  EXPECT_EQ(code_of(client(nullptr)->post("/sync/v1/exchange", bytes_of("x"), options)), "401 no_certificate");
  EXPECT_EQ(code_of(client(&node)->post("/sync/v1/exchange", bytes_of("x"), options)), "400 malformed_message");
}

TEST_F(CentralService, ACertificateSpeaksForItsOwnNodeOnly) {
  auto const node = enrol("BH");
  auto impostor = enrol("QS");
  impostor.unit = node.unit;
  impostor.id = node.id;
  impostor.epoch = node.epoch;
  EXPECT_EQ(code_of(send(impostor, {}, 0)), "403 unknown_node");
}

TEST_F(CentralService, NothingGoesToANodeThatNobodyHasConfirmed) {
  auto const node = asked("BH");
  (void)dispatch("BH", "secret");
  auto const answer = send(node, {}, 0);
  EXPECT_EQ(code_of(answer), "403 not_confirmed");
  EXPECT_EQ(answer.error().retry_after(), Milliseconds(5'000));
  auto const fingerprint = wire::node_fingerprint(node.keys.public_key);
  ASSERT_TRUE(centre->nodes().refuse_node({}, fingerprint, kNow));
  EXPECT_EQ(code_of(send(node, {}, 0)), "403 node_refused");
}

TEST_F(CentralService, AFileGoesToTheUnitWhoseEntriesNameItAndToNobodyElse) {
  auto const node = enrol("BH");
  auto const other = enrol("QS");
  auto const waiting = asked("XX");
  auto const file = std::string("\xFF\xD8\xFF\xE0 as far as anybody can tell a photo");
  auto const record = centre->dispatches().create_case({}, "case-0001", lamp(), kNow).value();
  blobs::Upload const upload{
      .upload = "upload-01", .owner = blobs::owner_of(record.id), .staff = {}, .name = "a.jpg", .size = file.size()};
  auto const rule = centre->attachments().rule();
  ASSERT_TRUE(centre->blobs().begin(upload, rule, kNow));
  auto const address = centre->blobs().take(upload, 0, bytes_of(file), kNow).value().address.value();
  ASSERT_TRUE(centre->attachments().attach({}, record.id, {{address, 0, 1, "a.jpg"}}, kNow));
  auto const assignment = centre->dispatches().dispatch({}, "dispatch-1", record.id, "BH", {}, kNow).value().assignment;
  auto const path = blobs::blob_path({assignment, address}) + "?offset=0&most=1000";
  auto const fetch = [&](Node const* by) {
    return client(by)->get(path, {.answer_type = std::string(blobs::kBlobPartType)});
  };
  ASSERT_EQ(code_of(fetch(&node)), "");
  EXPECT_EQ(text_of(fetch(&node)->body), file);
  EXPECT_EQ(code_of(fetch(&other)), "404 not_found");
  EXPECT_EQ(code_of(fetch(&waiting)), "403 not_confirmed");
  EXPECT_EQ(code_of(fetch(nullptr)), "401 no_certificate");
  auto const door = blobs::blob_path({assignment, Hash{}}) + "?offset=0&most=1000";
  EXPECT_EQ(code_of(client(&node)->get(door, {.answer_type = std::string(blobs::kBlobPartType)})), "404 not_found");
  ASSERT_TRUE(centre->nodes().revoke({}, node.id, "BH", "lost", kNow));
  EXPECT_EQ(code_of(fetch(&node)), "403 node_revoked");
  clock.pass(std::chrono::duration_cast<Milliseconds>(kNodeCertificateLife) * 2);
  EXPECT_EQ(code_of(fetch(&other)), "403 certificate_expired");
}

TEST_F(CentralService, AnExpiredCertificateIsGoodForItsRenewalAlone) {
  auto node = enrol("BH");
  clock.pass(std::chrono::duration_cast<Milliseconds>(kNodeCertificateLife) * 2);
  EXPECT_EQ(code_of(send(node, {}, 0)), "403 certificate_expired");
  auto const fresh_key = net::make_private_key();
  auto const request = net::make_certificate_request(fresh_key, "fieldnode").value();
  wire::IdentityClaim claim{.city_key = centre->city().key.id, .renewal = wire::CertificateRequest{.node = node.id}};
  claim.renewal->request = request;
  wire::sign_request(*claim.renewal, *crypto::ed25519_suite(), crypto::ed25519_suite()->make_keys(random).secret_key);
  EXPECT_EQ(code_of(send(node, {}, 0, claim)), "403 bad_signature") << "who has the TLS key alone";
  wire::sign_request(*claim.renewal, *crypto::ed25519_suite(), node.keys.secret_key);
  auto const answer = send(node, {}, 0, claim);
  ASSERT_EQ(code_of(answer), "");
  auto const news = wire::decode_reply(answer->body)->identity.value();
  EXPECT_TRUE(net::belongs_to(news.certificate, fresh_key).value());
  ASSERT_TRUE(news.word) << "the claim says that it is missing";
  EXPECT_EQ(news.word->key, node.keys.public_key);
  EXPECT_EQ(news.root, centre->city().root);
  auto const again = wire::decode_reply(send(node, {}, 0, claim)->body)->identity.value();
  EXPECT_EQ(again.certificate, news.certificate) << "a lost reply costs nothing";
  node.tls_key = fresh_key;
  node.certificate = news.certificate;
  EXPECT_EQ(code_of(send(node, {}, 0)), "");
}

TEST_F(CentralService, ARevocationEndsTheParkedPollAtOnce) {
  auto const node = enrol("BH");
  auto const held = exchange(node, {}).receipt;
  auto waiting = std::async(std::launch::async, [&] { return send(node, {held.feed_epoch, held.answer_seq}, 50); });
  wait_until_parked(1);
  ASSERT_TRUE(centre->nodes().revoke({}, node.id, "BH", "stolen", kNow));
  EXPECT_EQ(code_of(waiting.get()), "403 node_revoked");
  EXPECT_EQ(service->parked(), 0U);
  EXPECT_EQ(code_of(send(node, {}, 0)), "403 node_revoked");
}

/// The first act of the node's journal, signed as a revoked node delivers it.
wire::ExchangeRequest delivery_of(Node const& node) {
  wire::SaltKeys const keys{.body = {1}, .contact = {2}};
  rules::Skeleton const opening{.kind = rules::EntryKind::kJournalOpening, .number = 1, .payload = rules::Opening{}};
  auto const entry = wire::encode_entry(opening, {}, {.fields = {}, .keys = keys}).value();
  auto chain = wire::ChainState::start({wire::ListKind::kJournal, node.unit, node.id, node.epoch});
  chain.advance(wire::leaf_of(entry, chain.list, 1, keys).value());
  wire::ExchangeRequest request{
      .unit = node.unit, .node = node.id, .journal_epoch = node.epoch, .first_act = 1, .acts = {entry}};
  request.head = wire::sign_head(chain.list, 1, chain.hash, *crypto::ed25519_suite(), node.keys.secret_key);
  return request;
}

TEST_F(CentralService, ARevokedNodeHasOneDoorLeft) {
  auto const node = enrol("BH");
  auto const waiting = asked("QS");
  auto const deliver = [&](Node const* by, wire::ExchangeRequest const& request) {
    return client(by)->post(
        "/sync/v1/handover", wire::encode_request(request, 1),
        {.answer_type = "application/x-fieldnode-exchange", .body_type = "application/x-fieldnode-exchange"});
  };
  auto const sent = delivery_of(node);
  EXPECT_EQ(code_of(deliver(nullptr, sent)), "401 no_certificate");
  EXPECT_EQ(code_of(deliver(&waiting, delivery_of(waiting))), "403 not_confirmed");
  EXPECT_EQ(code_of(deliver(&node, sent)), "409 node_serves");
  auto const other = enrol("BH");
  clock.pass(std::chrono::duration_cast<Milliseconds>(kNodeCertificateLife) * 2);
  EXPECT_EQ(code_of(deliver(&node, {.unit = node.unit, .node = node.id})), "403 bad_signature") << "nothing to deliver";
  EXPECT_EQ(code_of(deliver(&node, delivery_of(other))), "403 unknown_node") << "in another one's name";
  auto const answer = deliver(&node, sent);
  ASSERT_EQ(code_of(answer), "") << "however old its certificate is";
  auto const receipt = wire::decode_reply(answer->body)->receipt;
  EXPECT_TRUE(receipt.aside);
  EXPECT_EQ(receipt.journal_seq, 1u);
  EXPECT_TRUE(wire::verify_receipt(receipt, *crypto::ed25519_suite(), centre->city().key.keys.public_key));
  EXPECT_EQ(centre->store().aside(node.unit, 0, 10).total, 1u);
  EXPECT_EQ(code_of(send(node, {}, 0)), "403 node_revoked") << "the exchange stays shut";
  auto const alarms = centre->store().units().front().alarms;
  EXPECT_TRUE(std::ranges::any_of(alarms, [](auto const& alarm) { return alarm.code == "acts_aside"; }));
}

TEST_F(CentralService, AReplacedNodeIsTurnedAway) {
  auto const first = enrol("BH");
  auto const second = enrol("BH");
  EXPECT_EQ(code_of(send(first, {}, 0)), "403 node_revoked");
  EXPECT_EQ(code_of(send(second, {}, 0)), "");
}

TEST_F(CentralService, ALongPollEndsWhenItsUnitsFeedGrows) {
  auto const node = enrol("BH");
  auto const held = exchange(node, {}).receipt;
  auto waiting = std::async(std::launch::async, [&] { return exchange(node, {held.feed_epoch, held.answer_seq}, 50); });
  wait_until_parked(1);
  (void)centre->store().add_unit("QS", "QS", kNow).value();
  (void)dispatch("QS", "other");
  EXPECT_EQ(service->parked(), 1U) << "another unit's work wakes nobody";
  (void)dispatch("BH", "mine");
  auto const reply = waiting.get();
  ASSERT_EQ(reply.feed.size(), 1U);
  EXPECT_EQ(service->parked(), 0U);
}

TEST_F(CentralService, ANewerPollEndsTheParkedOneOfItsNode) {
  auto const node = enrol("BH");
  auto const held = exchange(node, {}).receipt;
  Position const feed{held.feed_epoch, held.answer_seq};
  auto const poll = [&] { return exchange(node, feed, 50); };
  auto first = std::async(std::launch::async, poll);
  wait_until_parked(1);
  auto second = std::async(std::launch::async, poll);
  EXPECT_TRUE(first.get().feed.empty());
  wait_until_parked(1);
  (void)dispatch("BH", "mine");
  EXPECT_EQ(second.get().feed.size(), 1U);
}

TEST_F(CentralService, AnExchangeOnTheOtherConnectionLeavesThePollParked) {
  auto const node = enrol("BH");
  auto const held = exchange(node, {}).receipt;
  Position const feed{held.feed_epoch, held.answer_seq};
  auto waiting = std::async(std::launch::async, [&] { return exchange(node, feed, 50); });
  wait_until_parked(1);
  EXPECT_TRUE(exchange(node, feed).feed.empty());
  EXPECT_EQ(service->parked(), 1U);
  (void)dispatch("BH", "mine");
  EXPECT_EQ(waiting.get().feed.size(), 1U);
}

/// An office that comes back: it says how thin its link is, and takes the answer as it comes.
struct Returning {
  Node node;
  Position feed;
  Milliseconds urgent_after{};  ///< its first forty urgent assignments
  std::string failure;
};

TEST_F(CentralService, OfTwoHundredNodesThatReturnAtOnceNoneStarves) {
  constexpr std::size_t kNodes = 200;
  constexpr int kCases = 60;
  std::vector<Returning> offices(kNodes);
  for (std::size_t i = 0; i < kNodes; ++i) {
    auto& office = offices[i];
    office.node = enrol(fmt::format("U{:03}", i));
    auto const held = exchange(office.node, {}).receipt;
    office.feed = {held.feed_epoch, held.answer_seq};
    give(office.node.unit, kCases);
  }
  std::latch all_there(kNodes);
  std::vector<std::future<void>> waiting;
  for (auto& office : offices) {
    waiting.push_back(std::async(std::launch::async, [&] {
      auto const line = client(&office.node);
      all_there.arrive_and_wait();
      auto const began = SystemClock().since_boot();
      office.failure = first_urgent(*line, office);
      office.urgent_after = SystemClock().since_boot() - began;
    }));
  }
  for (auto& one : waiting) one.get();
  std::vector<Milliseconds> times;
  for (auto const& office : offices) {
    EXPECT_EQ(office.failure, "");
    times.push_back(office.urgent_after);
  }
  std::ranges::sort(times);
  RecordProperty("median_ms", static_cast<int>(times[kNodes / 2].count()));
  RecordProperty("slowest_ms", static_cast<int>(times.back().count()));
  EXPECT_LE(times.back(), 3 * times[kNodes / 2]);
}

TEST_F(CentralService, APollThatIsBehindIsAnsweredAtOnce) {
  auto const node = enrol("BH");
  EXPECT_EQ(exchange(node, {}, 50).feed.size(), 1U);
}

TEST_F(CentralService, OpenPagesAreToldWhichUnitAndCaseChanged) {
  (void)centre->store().add_unit("BH", "BH", kNow).value();
  net::testing::RawClient page(service->page_port());
  page.say("GET /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + sign_in("operator") + "\r\n\r\n");
  EXPECT_NE(page.hear("\r\n\r\n").find("text/event-stream"), std::string::npos);
  // The stream is told of to the hub a moment after its head is written.
  std::string const told = "event: unit\ndata: {\"id\":\"1\"}\n\n";
  std::string heard;
  for (int i = 0; i < 50 && heard.find(told) == std::string::npos; ++i) {
    (void)dispatch("BH", "attempt-" + std::to_string(i));
    heard += page.hear(told, Milliseconds(200));
  }
  EXPECT_NE(heard.find(told), std::string::npos) << heard;
  auto const after = page.hear("\n\n");
  EXPECT_TRUE(after.starts_with("event: case\ndata: {\"id\":\"")) << after;
}

TEST_F(CentralService, TheFrontDoorShowsThePageOrSaysThatThereIsNone) {
  net::testing::RawClient browser(service->page_port());
  browser.say("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
  auto const answer = browser.hear_response();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200")) << answer;
  bool const is_page = answer.find("text/html") != std::string::npos;
  EXPECT_TRUE(is_page || answer.find("The page is not built into this program") != std::string::npos) << answer;
}

TEST_F(CentralService, AStopEndsParkedPollsAtOnce) {
  auto const node = enrol("BH");
  auto const held = exchange(node, {}).receipt;
  auto waiting = std::async(std::launch::async, [&] {
    return send(node, {held.feed_epoch, held.answer_seq}, 50).has_value();
  });
  wait_until_parked(1);
  auto const before = SystemClock().since_boot();
  service->stop();
  EXPECT_TRUE(waiting.get()) << "a whole reply, not a cut connection";
  EXPECT_LT(SystemClock().since_boot() - before, Milliseconds(10'000));
}

}  // namespace
}  // namespace fieldnode::central
