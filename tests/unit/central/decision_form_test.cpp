#include "node/central/decision_form.h"

#include <gtest/gtest.h>

namespace fieldnode::central {
namespace {

using rules::EntryKind;

TEST(DecisionForm, ReadsWhatAnOperatorRuled) {
  auto const read = read_decision(
      R"({"request_id":"r","kind":"extension_decision","application":{"epoch":"7","seq":"3"},"granted":true,"days":4,)"
      R"("reason":"site work"})");
  ASSERT_TRUE(read) << read.error().sentence;
  EXPECT_EQ(read->form.kind, EntryKind::kExtensionDecision);
  rules::ExtensionDecision const expected{.application = {Epoch{7}, 3}, .granted = true, .days = 4};
  EXPECT_EQ(std::get<rules::ExtensionDecision>(read->form.payload), expected);
  EXPECT_EQ(read->form.reason, "site work");
}

TEST(DecisionForm, SilenceIsNoRuling) {
  for (auto const* json :
       {R"({"request_id":"r","kind":"extension_decision"})", R"({"request_id":"r","kind":"return_decision"})",
        R"({"request_id":"r","kind":"unreachable_decision"})",
        R"({"request_id":"r","kind":"settlement","act":{"epoch":"1","seq":"2"}})"}) {
    auto const read = read_decision(json);
    ASSERT_FALSE(read) << json;
    EXPECT_EQ(read.error().code, "bad_field") << json;
  }
}

TEST(DecisionForm, ASettlementNamesItsAct) {
  EXPECT_EQ(read_decision(R"({"request_id":"r","kind":"settlement","stands":true})").error().code, "bad_field");
}

TEST(DecisionForm, ARedactNamesItsAct) {
  EXPECT_EQ(read_decision(R"({"request_id":"r","kind":"redact"})").error().code, "bad_field");
  auto const read = read_decision(R"({"request_id":"r","kind":"redact","act":{"epoch":"7","seq":"3"}})");
  ASSERT_TRUE(read) << read.error().sentence;
  EXPECT_EQ(std::get<rules::Redact>(read->form.payload), (rules::Redact{.target = {Epoch{7}, 3}, .in_journal = true}));
}

TEST(DecisionForm, OneOperatorGivesNoVeto) {
  EXPECT_TRUE(read_decision(R"({"request_id":"r","kind":"supervision_note","ground":"errors"})"));
  EXPECT_EQ(read_decision(R"({"request_id":"r","kind":"supervision_note","ground":"errors","veto":true})").error().code,
            "bad_field");
}

TEST(DecisionForm, WhatIsNoDecisionIsNamed) {
  EXPECT_EQ(read_decision(R"({"request_id":"r","kind":"acknowledgement"})").error().code, "unknown_decision");
  EXPECT_EQ(read_decision(R"({"request_id":"r","kind":"refusal"})").error().code, "unknown_decision");
  EXPECT_EQ(read_decision(R"({"request_id":"r","kind":7})").error().code, "bad_field");
  EXPECT_EQ(read_decision(R"({"request_id":"r")").error().code, "malformed_json");
}

}  // namespace
}  // namespace fieldnode::central
