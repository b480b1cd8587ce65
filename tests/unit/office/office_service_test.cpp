#include "node/office/office_service.h"

#include <gtest/gtest.h>

#include <atomic>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <thread>

#include "node/office/office_data.h"
#include "tests/unit/net/loopback.h"
#include "tests/unit/office/enrolled_dir.h"

namespace fieldnode::office {
namespace {

namespace json = boost::json;
using net::testing::RawClient;

constexpr std::string_view kPassword = "only-for-this-test";
constexpr AssignmentId kLamp{5};
constexpr AssignmentId kSecret{6};

struct Answer {
  int status{};
  json::value body;
};

/// One signed-in person's browser.
class Browser {
 public:
  explicit Browser(std::uint16_t port) : port_(port) {}

  void sign_in(std::string const& name, std::string_view password) {
    auto const answer =
        send("POST", "/api/session", json::serialize(json::value{{"name", name}, {"password", password}}));
    ASSERT_EQ(answer.status, 200) << json::serialize(answer.body);
    token_ = answer.body.at("token").as_string();
  }
  Answer get(std::string_view path) { return send("GET", path, ""); }
  Answer post(std::string_view path, std::string_view body) { return send("POST", path, body); }
  Answer act(AssignmentId on, std::string_view fields) {
    auto const id = ++acts;
    return post("/api/assignments/" + std::to_string(on.value) + "/acts",
                R"({"act_id":"browser-)" + std::to_string(id) + R"(",)" + std::string(fields) + "}");
  }
  /// The stream's first line and what comes until `end`.
  std::unique_ptr<RawClient> listen() {
    auto client = std::make_unique<RawClient>(port_);
    client->say(head("GET", "/api/events") + "\r\n");
    EXPECT_NE(client->hear("\r\n\r\n").find("text/event-stream"), std::string::npos);
    return client;
  }

  static inline std::atomic<int> acts{0};

 private:
  std::string head(std::string_view method, std::string_view path) const {
    return std::string(method) + " " + std::string(path) + " HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + cookie_ +
           "\r\nSec-Fetch-Site: same-origin\r\nX-Fieldnode-Token: " + token_ + "\r\nContent-Type: application/json\r\n";
  }
  Answer send(std::string_view method, std::string_view path, std::string_view body) {
    RawClient client(port_);
    client.say(head(method, path) + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body));
    auto const text = client.hear_response();
    if (auto const at = text.find("Set-Cookie: "); at != std::string::npos) {
      cookie_ = text.substr(at + 12, text.find(';', at) - at - 12);
    }
    auto const begin = text.find("\r\n\r\n");
    auto const content = begin == std::string::npos ? std::string() : text.substr(begin + 4);
    return {std::stoi(text.substr(9, 3)), content.empty() ? json::value(nullptr) : json::parse(content)};
  }

  std::uint16_t port_;
  std::string cookie_;
  std::string token_;
};

/// The node at work, with an ordinary assignment and a confidential one.
class ServedOffice {
 public:
  ServedOffice() {
    auto const yesterday = enrolled_.clock().wall() - std::chrono::days(30);
    enrolled_.centre().dispatch(kLamp, yesterday);
    enrolled_.centre().dispatch_confidential(kSecret, yesterday);
    web::Accounts accounts(data_->writer, *data_->readers, data_->clock, data_->random, {.cost = {1, 64 * 1024}});
    for (auto const& [name, role] :
         {std::pair{"clerk", rules::StaffRole::kClerk}, std::pair{"chief", rules::StaffRole::kSupervisor},
          std::pair{"audit", rules::StaffRole::kAuditor}}) {
      auto const login = accounts.add(name, role).value();
      EXPECT_TRUE(accounts.change_password(name, login.password, kPassword));
    }
    service_ = OfficeService::start(*data_, {.page = {.port = 0}}, [](std::string_view fault) {
                 ADD_FAILURE() << fault;
               }).value();
    EXPECT_TRUE(net::testing::comes_true([&] { return data_->store.file_of(kSecret).has_value(); }));
  }

  Browser browser(std::string const& name) {
    Browser browser(port());
    browser.sign_in(name, kPassword);
    return browser;
  }
  std::uint16_t port() const {
    auto const& page = service_->page();
    return static_cast<std::uint16_t>(std::stoi(page.substr(page.rfind(':') + 1)));
  }
  OfficeData& data() { return *data_; }
  Clock const& clock() const { return enrolled_.clock(); }
  void stop() { service_.reset(); }

 private:
  EnrolledDir enrolled_;
  std::unique_ptr<OfficeData> data_{OfficeData::open(enrolled_.dir(), enrolled_.clock(), enrolled_.chance()).value()};
  std::unique_ptr<OfficeService> service_;
};

TEST(OfficeService, AConfidentialAssignmentIsNowhereForAnybodyButASupervisor) {
  ServedOffice office;
  for (auto const* name : {"clerk", "audit"}) {
    auto someone = office.browser(name);
    for (auto const* list :
         {"/api/assignments", "/api/assignments?view=all", "/api/assignments?view=all&q=%E5%9E%84"}) {
      auto const answer = someone.get(list);
      ASSERT_EQ(answer.status, 200);
      EXPECT_EQ(json::serialize(answer.body).find("垄断"), std::string::npos) << list;
      EXPECT_EQ(answer.body.at("total").to_number<int>(), std::string_view(list).find("q=") == std::string_view::npos);
    }
    EXPECT_EQ(someone.get("/api/status").body.at("assignments").at("open").to_number<int>(), 1);
    auto const hidden = someone.get("/api/assignments/6");
    EXPECT_EQ(hidden.status, 404);
    EXPECT_EQ(hidden.body.at("error").at("code"), someone.get("/api/assignments/77").body.at("error").at("code"));
  }
  auto clerk = office.browser("clerk");
  constexpr std::string_view kAcknowledge = R"("kind":"acknowledgement")";
  auto const refused = clerk.act(kSecret, kAcknowledge);
  EXPECT_EQ(refused.status, 404);
  EXPECT_EQ(refused.body.at("error").at("code"), clerk.act(AssignmentId{77}, kAcknowledge).body.at("error").at("code"));

  auto chief = office.browser("chief");
  EXPECT_EQ(chief.get("/api/status").body.at("assignments").at("open").to_number<int>(), 2);
  auto const found = chief.get("/api/assignments?q=%E5%9E%84");
  EXPECT_EQ(found.body.at("total").to_number<int>(), 1);
  EXPECT_TRUE(found.body.at("items").at(0).at("confidential").as_bool());
  EXPECT_EQ(chief.act(kSecret, kAcknowledge).status, 201);
}

TEST(OfficeService, EventsOnAConfidentialAssignmentReachSupervisorsOnly) {
  ServedOffice office;
  auto clerk = office.browser("clerk");
  auto chief = office.browser("chief");
  auto const heard_by_clerk = clerk.listen();
  auto const heard_by_chief = chief.listen();
  ASSERT_EQ(chief.act(kSecret, R"("kind":"acknowledgement")").status, 201);
  ASSERT_EQ(chief.act(kLamp, R"("kind":"acknowledgement")").status, 201);
  EXPECT_NE(heard_by_chief->hear(R"({"id":"6"})").find("event: assignment"), std::string::npos);
  auto const told = heard_by_clerk->hear(R"({"id":"5"})");
  EXPECT_NE(told.find("event: assignment"), std::string::npos);
  EXPECT_EQ(told.find(R"("6")"), std::string::npos) << told;
}

/// The state and the number of limits of one kind in a digest; nothing where it has none.
std::optional<std::pair<std::string, int>> group_of(json::value const& groups, std::string_view clock) {
  for (auto const& group : groups.as_array()) {
    if (group.at("clock").as_string() != clock) continue;
    return std::pair(std::string(group.at("state").as_string()), group.at("count").to_number<int>());
  }
  return std::nullopt;
}

TEST(OfficeService, WarningsAreOfThePersonAndRingOnOneScreenOnly) {
  ServedOffice office;
  auto clerk = office.browser("clerk");
  auto const news = [&] { return clerk.get("/api/warnings").body.at("news").to_number<int>(); };
  ASSERT_TRUE(net::testing::comes_true([&] { return news() > 0; })) << "dispatched a month ago";
  auto const warnings = clerk.get("/api/warnings").body;
  EXPECT_EQ(group_of(warnings.at("own"), "acknowledge"), (std::pair<std::string, int>("perhaps_overdue", 1)))
      << "the centre has said no time, so nothing is certain; the confidential one is not for clerks";
  EXPECT_TRUE(warnings.at("by_estimate").as_bool());
  EXPECT_EQ(json::serialize(warnings).find("垄断"), std::string::npos);
  EXPECT_TRUE(warnings.at("escalated").is_null());

  auto second_screen = office.browser("clerk");
  auto const heard = R"({"telling":)" + std::to_string(warnings.at("telling").to_number<int>()) + "}";
  EXPECT_TRUE(clerk.post("/api/warnings/heard", heard).body.at("first").as_bool());
  EXPECT_FALSE(second_screen.post("/api/warnings/heard", heard).body.at("first").as_bool());
  EXPECT_EQ(news(), 0);
  EXPECT_EQ(clerk.post("/api/warnings/heard", R"({"telling":9999})").status, 400);

  auto const chief = office.browser("chief").get("/api/warnings").body;
  EXPECT_EQ(group_of(chief.at("own"), "contact"), (std::pair<std::string, int>("perhaps_overdue", 1)));
  EXPECT_EQ(group_of(chief.at("escalated"), "contact"), (std::pair<std::string, int>("perhaps_overdue", 1)));
  EXPECT_TRUE(office.browser("audit").get("/api/warnings").body.at("own").as_array().empty());
}

TEST(OfficeService, AnUnmaskingIsAnsweredInClearOnceAndIsInTheTimelineForGood) {
  ServedOffice office;
  auto clerk = office.browser("clerk");
  constexpr std::string_view kUnmask = R"({"act_id":"unmask-0001","kind":"unmasking","reason":"上门前确认"})";
  auto const first = clerk.post("/api/assignments/5/acts", kUnmask);
  ASSERT_EQ(first.status, 201) << json::serialize(first.body);
  EXPECT_EQ(first.body.at("contact").at("telephone").as_string(), "13800001234");
  EXPECT_EQ(first.body.at("act").at("kind").as_string(), "unmasking");
  auto const again = clerk.post("/api/assignments/5/acts", kUnmask);
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.body.at("contact"), first.body.at("contact"));
  for (auto const* path : {"/api/assignments/5", "/api/assignments?view=all", "/api/status"}) {
    EXPECT_EQ(json::serialize(clerk.get(path).body).find("13800001234"), std::string::npos) << path;
  }
  auto const shown = clerk.get("/api/assignments/5").body.at("assignment");
  EXPECT_EQ(shown.at("timeline").as_array().back().at("kind").as_string(), "unmasking");
  auto audit = office.browser("audit");
  EXPECT_EQ(audit.post("/api/assignments/5/acts", kUnmask).status, 403);
}

TEST(OfficeService, ClerksWhoActAtOnceShareCommits) {
  constexpr int kClerks = 16;
  constexpr int kEach = 20;
  ServedOffice office;
  std::vector<Browser> browsers;
  for (int i = 0; i < kClerks; ++i) browsers.push_back(office.browser("clerk"));
  auto const before = office.data().writer.counts();
  std::atomic<int> taken{0};
  std::vector<std::thread> clerks;
  for (auto& browser : browsers) {
    clerks.emplace_back([&browser, &taken] {
      for (int i = 0; i < kEach; ++i) taken += browser.act(kLamp, R"("kind":"note","note":"到场")").status == 201;
    });
  }
  for (auto& clerk : clerks) clerk.join();
  auto const after = office.data().writer.counts();
  EXPECT_EQ(taken, kClerks * kEach);
  EXPECT_LT((after.commits - before.commits) * 2, after.jobs - before.jobs) << "fewer than two acts a commit";
}

TEST(OfficeService, StopsAtOnceWhateverItsClientsDo) {
  ServedOffice office;
  auto clerk = office.browser("clerk");
  auto const listening = clerk.listen();
  RawClient const silent(office.port());
  RawClient half_said(office.port());
  half_said.say("GET /api/status HTTP/1.1\r\nHost: 127.");
  auto const began = office.clock().since_boot();
  office.stop();
  auto const took = office.clock().since_boot() - began;
  EXPECT_LT(took, std::chrono::seconds(1)) << "of a listener that never closes, a silent and a half-said connection";
}

TEST(OfficeService, SaysHowMuchRoomTheDiskHas) {
  ServedOffice office;
  auto clerk = office.browser("clerk");
  auto const storage = clerk.get("/api/status").body.at("storage");
  EXPECT_GT(storage.at("disk_free_bytes").to_number<std::uint64_t>(), 0U);
  EXPECT_FALSE(storage.at("safe_mode").as_bool());
}

}  // namespace
}  // namespace fieldnode::office
