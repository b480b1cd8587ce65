#include "node/net/gate.h"

#include <gtest/gtest.h>

namespace fieldnode::net {
namespace {

int status_of(std::optional<HttpResponse> const& refusal) { return refusal ? refusal->status : 200; }

TEST(Gate, ServesOnlyItsOwnHosts) {
  struct Row {
    std::vector<std::string> sent;
    int expected;
  };
  std::vector<std::string> const served{"office.lan", "127.0.0.1:8080", "[::1]"};
  std::vector<Row> const rows{
      {{"office.lan"}, 200},
      {{"OFFICE.lan:8443"}, 200},
      {{"127.0.0.1:8080"}, 200},
      {{"[::1]:9"}, 200},
      {{"127.0.0.1"}, 421},
      {{"127.0.0.1:81"}, 421},
      {{"evil.example"}, 421},
      {{"office.lan.evil.example"}, 421},
      {{"xoffice.lan"}, 421},
      {{""}, 421},
      {{}, 400},
      {{"office.lan", "office.lan"}, 400},
  };
  for (auto const& row : rows) {
    HttpRequest request;
    for (auto const& host : row.sent) request.headers.add("Host", host);
    EXPECT_EQ(status_of(refuse_host(request, served)), row.expected) << (row.sent.empty() ? "none" : row.sent.front());
  }
}

TEST(Gate, TakesChangesOnlyFromItsOwnPage) {
  struct Row {
    std::string site;
    std::string origin;
    int expected;
  };
  std::vector<Row> const rows{
      {"same-origin", "https://office.lan", 200},
      {"same-origin", "", 200},
      {"", "https://office.lan", 200},
      {"", "https://OFFICE.lan", 200},
      {"", "", 403},
      {"cross-site", "", 403},
      {"same-site", "", 403},
      {"none", "", 403},
      {"", "null", 403},
      {"", "http://office.lan", 403},
      {"", "https://evil.example", 403},
      {"same-origin", "https://evil.example", 403},
      {"cross-site", "https://office.lan", 403},
  };
  for (auto const& row : rows) {
    HttpRequest request;
    request.method = Method::kPost;
    request.peer.is_tls = true;
    request.headers.add("Host", "office.lan");
    if (!row.site.empty()) request.headers.add("Sec-Fetch-Site", row.site);
    if (!row.origin.empty()) request.headers.add("Origin", row.origin);
    EXPECT_EQ(status_of(refuse_origin(request, {})), row.expected) << row.site << " | " << row.origin;
  }
}

TEST(Gate, LetsReadingAndProgramsPassWithoutAnOrigin) {
  HttpRequest request;
  request.headers.add("Sec-Fetch-Site", "cross-site");
  EXPECT_EQ(status_of(refuse_origin(request, {})), 200);
  request.method = Method::kPost;
  EXPECT_EQ(status_of(refuse_origin(request, {.caller = Caller::kProgram})), 200);
}

TEST(Gate, ReadsPathQueryAndCookies) {
  HttpRequest request;
  request.target = "/a%20b/c?q=%E8%AF%89%E6%B1%82+1&empty=&q=two&bare";
  request.headers.add("Cookie", "sid=1=2; theme=dark");
  request.headers.add("cookie", "late=x");
  ASSERT_TRUE(read_target(request));
  read_cookies(request);
  EXPECT_EQ(request.path, "/a b/c");
  EXPECT_EQ(request.query_value("q"), "诉求 1");
  EXPECT_EQ(request.query.count("q"), 2U);
  EXPECT_EQ(request.query_value("empty"), "");
  EXPECT_EQ(request.query_value("bare"), "");
  EXPECT_EQ(request.query_value("none"), std::nullopt);
  EXPECT_EQ(request.cookie("sid"), "1=2");
  EXPECT_EQ(request.cookie("theme"), "dark");
  EXPECT_EQ(request.cookie("late"), "x");
}

TEST(Gate, RefusesBrokenTargets) {
  for (auto const* const target : {"a", "", "http://x/y", "*", "/%", "/%2", "/%00", "/%g0", "/?a=%zz", "/?%00=1"}) {
    HttpRequest request;
    request.target = target;
    EXPECT_FALSE(read_target(request)) << target;
  }
}

TEST(Gate, KeepsWhatTheHandlerSaysAboutItself) {
  auto response = text_response(200, "x").with("Cache-Control", "max-age=60").with("Content-Encoding", "gzip");
  add_security_headers(response);
  EXPECT_EQ(response.headers.find("cache-control"), "max-age=60");
  EXPECT_EQ(response.headers.count("Cache-Control"), 1U);
  EXPECT_EQ(response.headers.find("Vary"), "Accept-Encoding");
  EXPECT_EQ(response.headers.find("X-Content-Type-Options"), "nosniff");
  EXPECT_NE(response.headers.find("Content-Security-Policy")->find("frame-ancestors 'none'"), std::string::npos);
}

TEST(Http, WritesErrorsAsJsonThatCannotBeBrokenOutOf) {
  auto const response = error_response(400, "bad", {.zh = "说“不”", .en = "say \"no\"\n\\"});
  EXPECT_EQ(response.body, R"({"error":{"code":"bad","sentence":{"zh":"说“不”","en":"say \"no\"\u000a\\"}}})");
}

TEST(Http, KnowsWhetherTheClientTakesGzip) {
  struct Row {
    std::string offer;
    bool expected;
  };
  for (auto const& row : std::vector<Row>{{"gzip, deflate, br", true},
                                          {"deflate, GZIP", true},
                                          {"gzip;q=0.5", true},
                                          {"gzip;q=0", false},
                                          {"gzip;q=0.0", false},
                                          {"br", false},
                                          {"", false}}) {
    HttpRequest request;
    request.headers.add("Accept-Encoding", row.offer);
    EXPECT_EQ(request.accepts_gzip(), row.expected) << row.offer;
  }
}

TEST(Http, RoundsRetryAfterUp) {
  EXPECT_EQ(busy_response(429, "later", Milliseconds(1'001)).headers.find("Retry-After"), "2");
}

}  // namespace
}  // namespace fieldnode::net
