#include "node/web/json_form.h"

#include <gtest/gtest.h>

namespace fieldnode::web {
namespace {

std::string code_of(Result<JsonForm> const& form) { return form ? "" : form.error().code; }

TEST(JsonForm, RefusesWhatIsNoObject) {
  EXPECT_EQ(code_of(JsonForm::parse("")), "malformed_json");
  EXPECT_EQ(code_of(JsonForm::parse("[1]")), "malformed_json");
  EXPECT_EQ(code_of(JsonForm::parse("{\"a\":1} x")), "malformed_json");
  EXPECT_EQ(code_of(JsonForm::parse("{\"a\":")), "malformed_json");
  EXPECT_EQ(code_of(JsonForm::parse("{\"a\":\"\xff\"}")), "malformed_json");
  EXPECT_EQ(code_of(JsonForm::parse("{\"a\":" + std::string(17, '[') + std::string(17, ']') + "}")), "malformed_json");
}

TEST(JsonForm, NamesTheFirstFault) {
  auto form = JsonForm::parse(R"({"name": 7, "days": 3})");
  ASSERT_TRUE(form);
  (void)form->text("name", 10);
  (void)form->whole("days", 4, 9);
  auto const read = form->finish();
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, "bad_field");
  EXPECT_NE(read.error().sentence.find("'name'"), std::string::npos);
}

TEST(JsonForm, AFieldThatNobodyAskedForIsAFault) {
  auto form = JsonForm::parse(R"({"a": "x", "b": 1})");
  (void)form->text("a", 10);
  EXPECT_NE(form->finish().error().sentence.find("'b'"), std::string::npos);
}

TEST(JsonForm, ReadsWhatIsThere) {
  auto form = JsonForm::parse(R"({"a":"市民","n":5,"t":true,"id":"18446744073709551615","in":{"x":"y"},"none":null})");
  ASSERT_TRUE(form);
  EXPECT_EQ(form->text("a", 10), "市民");
  EXPECT_EQ(form->whole("n", 1, 5), 5);
  EXPECT_TRUE(form->truth("t", false));
  EXPECT_EQ(form->id("id"), UINT64_MAX);
  auto inner = form->inner("in");
  ASSERT_TRUE(inner);
  EXPECT_EQ(inner->text("x", 10), "y");
  form->adopt(inner->finish());
  EXPECT_FALSE(form->inner("none"));
  EXPECT_TRUE(form->finish());
}

TEST(JsonForm, TooLongBlankAndBrokenIdsAreFaults) {
  for (auto const* json : {R"({"a":"123456"})", R"({"a":"  "})", R"({})", R"({"a":null})"}) {
    auto form = JsonForm::parse(json);
    (void)form->text("a", 5);
    EXPECT_FALSE(form->finish()) << json;
  }
  for (auto const* json : {R"({"a":"12x"})", R"({"a":12})", R"({"a":"-1"})", R"({"a":"99999999999999999999"})"}) {
    auto form = JsonForm::parse(json);
    (void)form->id("a");
    EXPECT_FALSE(form->finish()) << json;
  }
}

}  // namespace
}  // namespace fieldnode::web
