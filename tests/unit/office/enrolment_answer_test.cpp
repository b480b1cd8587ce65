#include "node/office/enrolment_answer.h"

#include <gtest/gtest.h>

#include <array>

namespace fieldnode::office {
namespace {

std::string good_answer() {
  return R"({"unit":{"id":"11","code":"BH","name":"滨河"},"node_id":"18446744073709551615","certificate":"CERT",)"
         R"("ca":"CA","city_key":{"id":"3","public_key":")" +
         std::string(64, 'a') + R"("},"city":"示范市"})";
}

std::string without(std::string text, std::string_view part, std::string_view instead) {
  auto const at = text.find(part);
  EXPECT_NE(at, std::string::npos) << part;
  return text.replace(at, part.size(), instead);
}

TEST(EnrolmentAnswer, AGoodAnswerIsReadWhole) {
  auto const answer = read_enrolment_answer(good_answer());
  ASSERT_TRUE(answer) << answer.error().sentence;
  EXPECT_EQ(answer->identity.unit, UnitId{11});
  EXPECT_EQ(answer->identity.unit_code, "BH");
  EXPECT_EQ(answer->identity.node, NodeId{18446744073709551615U});
  EXPECT_EQ(answer->identity.city_key_id, 3U);
  EXPECT_EQ(answer->identity.city_key.front(), 0xAA);
  EXPECT_EQ(answer->ca_pem, "CA");
}

TEST(EnrolmentAnswer, WhatIsMissingOrWrongIsNamed) {
  struct Fault {
    std::string_view part;
    std::string_view instead;
    std::string_view named;
  };
  constexpr std::array kFaults{
      Fault{R"("node_id":"18446744073709551615")", R"("node_id":"-1")", "node_id"},
      Fault{R"("node_id":"18446744073709551615")", R"("node_id":0)", "node_id"},
      Fault{R"("code":"BH")", R"("code":"")", "code"},
      Fault{R"("city":"示范市")", R"("town":"示范市")", "city"},
      Fault{R"("ca":"CA")", R"("ca":7)", "ca"},
      Fault{"aaaaaaaa", "aaaa", "public_key"},
      Fault{"aaaaaaaa", "zzzzzzzz", "public_key"},
  };
  for (auto const& fault : kFaults) {
    auto const answer = read_enrolment_answer(without(good_answer(), fault.part, fault.instead));
    ASSERT_FALSE(answer) << fault.instead;
    EXPECT_EQ(answer.error().code, "bad_enrolment_answer");
    EXPECT_NE(answer.error().sentence.find("'" + std::string(fault.named) + "'"), std::string::npos)
        << answer.error().sentence;
  }
}

TEST(EnrolmentAnswer, ACaptivePortalsPageIsNoAnswer) {
  for (auto const* text : {"", "<html>", "[]", "{"}) {
    auto const answer = read_enrolment_answer(text);
    ASSERT_FALSE(answer) << text;
    EXPECT_EQ(answer.error().code, "bad_enrolment_answer");
  }
}

}  // namespace
}  // namespace fieldnode::office
