#include <gtest/gtest.h>

#include "node/office/https_transport.h"

namespace fieldnode::office {
namespace {

net::CallFailure answered(int status, std::string_view body) {
  net::HttpAnswer answer;
  answer.status = status;
  auto const bytes = bytes_of(body);
  answer.body.assign(bytes.begin(), bytes.end());
  return {refuse("http_error", "The centre answered 503."), std::move(answer)};
}

TEST(CentreRefusal, ItsOwnCodeAndSentenceCount) {
  auto const said = refusal_within(
      answered(403, R"({"error":{"code":"node_revoked","sentence":{"zh":"已撤销","en":"This node was revoked."}}})"));
  ASSERT_TRUE(said);
  EXPECT_EQ(said->code, "node_revoked");
  EXPECT_EQ(said->sentence, "This node was revoked.");
}

TEST(CentreRefusal, ItsFullDiskIsNotThisMachines) {
  auto const said = refusal_within(
      answered(503, R"({"error":{"code":"storage_failed","sentence":{"zh":"满","en":"The disk is full."}}})"));
  ASSERT_TRUE(said);
  EXPECT_EQ(said->code, "centre_cannot_save");
  EXPECT_NE(said->sentence.find("The disk is full."), std::string::npos) << said->sentence;
}

TEST(CentreRefusal, APageOfAProxyIsNone) {
  EXPECT_FALSE(refusal_within(answered(503, "<html>later</html>")));
  EXPECT_FALSE(refusal_within(answered(503, R"({"error":"later"})")));
}

}  // namespace
}  // namespace fieldnode::office
