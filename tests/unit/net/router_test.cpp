#include "node/net/router.h"

#include <gtest/gtest.h>

#include "sync/base/result.h"

namespace fieldnode::net {
namespace {

HttpRequest request_to(Method method, std::string target) {
  HttpRequest request;
  request.method = method;
  request.target = std::move(target);
  return request;
}

Handler says(std::string text) {
  return [text](HttpRequest const&) { return text_response(200, text); };
}

Router table() {
  Router router;
  router.get("/", says("start"));
  router.get("/api/assignments/{id}", says("one"));
  router.get("/api/assignments/open", says("open"));
  router.post("/api/assignments/{id}/acts", says("act"));
  router.get("/assets/{path...}", says("file"));
  return router;
}

std::string pattern_for(Router const& router, HttpRequest& request) {
  auto const found = router.find(request);
  if (auto const* const refusal = std::get_if<HttpResponse>(&found)) return std::to_string(refusal->status);
  return std::get<Route const*>(found)->pattern;
}

TEST(Router, FindsTheDoorForMethodAndPath) {
  struct Row {
    Method method;
    std::string target;
    std::string expected;
  };
  std::vector<Row> const rows{
      {Method::kGet, "/", "/"},
      {Method::kGet, "/?a=/b/c", "/"},
      {Method::kGet, "/api/assignments/7", "/api/assignments/{id}"},
      {Method::kHead, "/api/assignments/7", "/api/assignments/{id}"},
      {Method::kGet, "/api/assignments/open", "/api/assignments/open"},
      {Method::kPost, "/api/assignments/7/acts", "/api/assignments/{id}/acts"},
      {Method::kGet, "/assets/js/page.js", "/assets/{path...}"},
      {Method::kGet, "/api/assignments/", "404"},
      {Method::kGet, "/api/assignments/7/", "404"},
      {Method::kGet, "/api/assignments/%zz", "404"},
      {Method::kGet, "/assets/", "404"},
      {Method::kGet, "//", "404"},
      {Method::kGet, "/nowhere", "404"},
      {Method::kPost, "/", "405"},
      {Method::kGet, "/api/assignments/7/acts", "405"},
      {Method::kHead, "/api/assignments/7/acts", "405"},
  };
  auto const router = table();
  for (auto const& row : rows) {
    auto request = request_to(row.method, row.target);
    EXPECT_EQ(pattern_for(router, request), row.expected) << name_of(row.method) << ' ' << row.target;
  }
}

TEST(Router, GivesDecodedPathVariables) {
  auto const router = table();
  auto one = request_to(Method::kGet, "/api/assignments/A%2F7%20x?id=other");
  ASSERT_EQ(pattern_for(router, one), "/api/assignments/{id}");
  EXPECT_EQ(one.path_variable("id"), "A/7 x");
  auto rest = request_to(Method::kGet, "/assets/js/page.js");
  ASSERT_EQ(pattern_for(router, rest), "/assets/{path...}");
  EXPECT_EQ(rest.path_variable("path"), "js/page.js");
}

TEST(Router, SaysWhichMethodsAnAddressAnswers) {
  auto const router = table();
  auto request = request_to(Method::kDelete, "/api/assignments/7");
  auto const refusal = std::get<HttpResponse>(router.find(request));
  EXPECT_EQ(refusal.status, 405);
  EXPECT_EQ(refusal.headers.find("allow"), "GET, HEAD");
  EXPECT_NE(refusal.body.find(R"("code":"method_not_allowed")"), std::string::npos);
}

TEST(Router, TwoDoorsOnOnePlaceAreADefect) {
  Router router;
  router.get("/a", says("1"));
  EXPECT_DEATH(router.get("/a", says("2")), "two doors");
}

}  // namespace
}  // namespace fieldnode::net
