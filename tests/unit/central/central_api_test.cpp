#include <gtest/gtest.h>

#include "tests/unit/central/page_world.h"

namespace fieldnode::central {
namespace {

namespace json = boost::json;
using rules::StaffRole;

struct CentralPage : testing::Test {
  CentralPage() {
    (void)world.centre->store().add_unit("BH", "滨海街道", world.clock.wall()).value();
    (void)world.centre->store().add_unit("QS", "青山街道", world.clock.wall()).value();
  }

  /// A case of a street lamp; its id.
  std::string add_case(std::string const& title = "路灯不亮") {
    auto const made = world.post(operator_, "/api/cases",
                                 {{"title", title},
                                  {"text", "三天不亮"},
                                  {"place", "幸福路 12 号"},
                                  {"category", "A2"},
                                  {"kind", "complaint"},
                                  {"contact", {{"name", "李明"}, {"telephone", "13800138000"}}}});
    EXPECT_EQ(made.status, 201) << json::serialize(made.body);
    return made.text("/case/id");
  }
  Answered refuse(std::string const& id, std::string const& code, json::object more = {}) {
    more["code"] = code;
    more["text"] = "已告知";
    return world.post(operator_, "/api/cases/" + id + "/refusal", std::move(more));
  }
  /// The id of the assignment.
  std::string dispatch(std::string const& id, std::string const& unit = "BH") {
    auto const done = world.post(operator_, "/api/cases/" + id + "/dispatch", {{"unit", unit}});
    EXPECT_EQ(done.status, 201) << json::serialize(done.body);
    return done.text("/assignment/id");
  }

  PageWorld world;
  std::string operator_{world.sign_in("王芳", StaffRole::kOperator)};
  std::string supervisor_{world.sign_in("赵强", StaffRole::kSupervisor)};
};

TEST_F(CentralPage, ANewCaseShowsWhatMayBeDoneAndMasksItsCaller) {
  auto const id = add_case();
  auto const shown = world.get(operator_, "/api/cases/" + id);
  EXPECT_EQ(shown.status, 200);
  EXPECT_EQ(shown.text("/case/state"), "new");
  EXPECT_TRUE(shown.at("/case/refusal").is_null());
  EXPECT_TRUE(shown.at("/case/unit").is_null());
  EXPECT_EQ(shown.text("/case/contact/telephone_masked"), "138****8000");
  EXPECT_EQ(shown.at("/case/allowed"), (json::array{"dispatch", "refusal", "merge"}));
  EXPECT_EQ(shown.text("/case/refused/completion/code"), "case_not_incomplete");
  EXPECT_NE(shown.text("/case/refused/refusal_ruling/sentence/zh"),
            shown.text("/case/refused/refusal_ruling/sentence/en"));
}

TEST_F(CentralPage, ASecondPersonConfirmsN7AndBothAreNamed) {
  auto const id = add_case();
  auto const refused = refuse(id, "n7");
  EXPECT_EQ(refused.status, 201);
  EXPECT_EQ(refused.text("/case/state"), "new");
  EXPECT_TRUE(refused.at("/case/refusal/pending").as_bool());
  EXPECT_EQ(refused.text("/case/refusal/by/name"), "王芳");
  EXPECT_EQ(refused.text("/case/refused/refusal_ruling/code"), "same_person");
  EXPECT_EQ(world.get(supervisor_, "/api/cases/" + id).at("/case/allowed"), (json::array{"refusal_ruling"}));
  auto const door = "/api/cases/" + id + "/refusal/ruling";
  EXPECT_EQ(world.post(operator_, door, {{"confirmed", true}}).code(), "same_person");
  EXPECT_EQ(world.post(supervisor_, door, {}).code(), "bad_field") << "silence is no ruling";
  auto const ruled = world.post(supervisor_, door, {{"confirmed", true}});
  EXPECT_EQ(ruled.status, 201);
  EXPECT_EQ(ruled.text("/case/state"), "refused");
  EXPECT_EQ(ruled.text("/case/refusal/confirmed_by/name"), "赵强");
}

TEST_F(CentralPage, ARefusalSaysWhatIsMissing) {
  auto const id = add_case();
  auto const refused = refuse(id, "n1");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.code(), "referral_missing");
  EXPECT_EQ(refuse(id, "n10").code(), "bad_field");
  EXPECT_EQ(refuse(id, "n2", {{"referred_to", "999"}}).code(), "not_an_emergency_line");
  EXPECT_EQ(refuse(id, "n6", {{"earlier_case", "77"}}).code(), "earlier_case_missing");
  EXPECT_EQ(refuse("77", "n9").status, 404);
}

TEST_F(CentralPage, AnEarlierCaseIsNamedBesideTheRefusal) {
  auto const earlier = add_case("井盖丢失");
  auto const id = add_case();
  EXPECT_EQ(refuse(id, "n6", {{"earlier_case", earlier}}).text("/case/refusal/earlier_case/title"), "井盖丢失");
}

TEST_F(CentralPage, AnIncompleteCaseIsCompletedAndDispatched) {
  auto const id = add_case();
  EXPECT_EQ(refuse(id, "n8").text("/case/state"), "incomplete");
  EXPECT_EQ(world.post(operator_, "/api/cases/" + id + "/dispatch", {{"unit", "BH"}}).code(), "case_incomplete");
  auto const done = world.post(operator_, "/api/cases/" + id + "/completion", {{"place", "幸福路 21 号"}});
  EXPECT_EQ(done.status, 201);
  EXPECT_EQ(done.text("/case/state"), "new");
  EXPECT_EQ(done.text("/case/place"), "幸福路 21 号");
  (void)dispatch(id);
  auto const line = world.get(operator_, "/api/cases?q=幸福路 21").at("/items/0");
  EXPECT_EQ(line.at_pointer("/unit/code").as_string(), "BH");
  EXPECT_EQ(line.at_pointer("/stage").as_string(), "open");
}

TEST_F(CentralPage, AMergedCaseNamesTheOtherAndTheUnitsTimelineSaysSo) {
  auto const whole = add_case();
  auto const part = add_case("路灯又坏了");
  auto const assignment = dispatch(whole);
  auto const merged = world.post(operator_, "/api/cases/" + part + "/merge", {{"into", whole}});
  EXPECT_EQ(merged.status, 201);
  EXPECT_EQ(merged.text("/case/merged_into/id"), whole);
  EXPECT_EQ(world.post(operator_, "/api/cases/" + whole + "/merge", {{"into", "0"}}).code(), "bad_field");
  EXPECT_EQ(world.get(operator_, "/api/cases/" + whole).text("/case/merged/0/title"), "路灯又坏了");
  auto const timeline = world.get(operator_, "/api/assignments/" + assignment).at("/assignment/timeline").as_array();
  ASSERT_EQ(timeline.size(), 2U);
  EXPECT_EQ(timeline[1].at("kind").as_string(), "case_update");
  EXPECT_NE(timeline[1].at_pointer("/texts/note").as_string().find("路灯又坏了"), std::string::npos);
  EXPECT_EQ(timeline[1].at_pointer("/staff/name").as_string(), "王芳");
}

TEST_F(CentralPage, SimilarCasesSayWhy) {
  auto const first = add_case();
  auto const second = world.get(operator_, "/api/cases/" + add_case());
  EXPECT_EQ(second.text("/case/similar/0/id"), first);
  EXPECT_EQ(second.text("/case/similar/0/why"), "telephone");
}

TEST_F(CentralPage, ACitizensDataIsShownForAReasonAndOnlyToOperators) {
  auto const id = add_case();
  auto const door = "/api/cases/" + id + "/unmasking";
  EXPECT_EQ(world.post(operator_, door, {}).code(), "bad_field");
  auto const seen = world.post(operator_, door, {{"reason", "回访"}});
  EXPECT_EQ(seen.status, 201);
  EXPECT_EQ(seen.at("/contact"), (json::object{{"name", "李明"}, {"telephone", "13800138000"}, {"address", ""}}));
  auto const auditor = world.sign_in("孙磊", StaffRole::kAuditor);
  EXPECT_EQ(world.post(auditor, door, {{"reason", "检查"}}).status, 403);
  auto const shown = world.get(auditor, "/api/cases/" + id);
  EXPECT_EQ(shown.text("/case/unmaskings/0/reason"), "回访");
  EXPECT_EQ(shown.text("/case/unmaskings/0/by/name"), "王芳");
  EXPECT_EQ(json::serialize(shown.body).find("13800138000"), std::string::npos);
}

TEST_F(CentralPage, WhoOnlyReadsIsAllowedNothing) {
  auto const id = add_case();
  auto const assignment = dispatch(id);
  auto const auditor = world.sign_in("孙磊", StaffRole::kAuditor);
  auto const shown = world.get(auditor, "/api/cases/" + id);
  EXPECT_TRUE(shown.at("/case/allowed").as_array().empty());
  EXPECT_EQ(shown.text("/case/refused/dispatch/code"), "already_dispatched") << "the stronger reason stays";
  EXPECT_EQ(world.get(auditor, "/api/assignments/" + assignment).text("/assignment/refused/take_back/code"),
            "not_allowed");
  for (auto const* door : {"refusal", "refusal/ruling", "completion", "merge", "dispatch"}) {
    EXPECT_EQ(world.post(auditor, "/api/cases/" + id + "/" + door, {}).status, 403) << door;
  }
}

TEST_F(CentralPage, AnAssignmentShowsItsCaseAndWhatTheRulesWouldTake) {
  auto const id = add_case();
  auto const shown = world.get(operator_, "/api/assignments/" + dispatch(id));
  EXPECT_EQ(shown.text("/assignment/case/id"), id);
  EXPECT_EQ(shown.text("/assignment/case/text"), "三天不亮");
  EXPECT_FALSE(shown.at("/assignment/case/confidential").as_bool());
  EXPECT_EQ(shown.text("/assignment/unit/code"), "BH");
  EXPECT_EQ(shown.at("/assignment/allowed"), (json::array{"take_back", "supervision_note", "pause"}));
  EXPECT_EQ(shown.text("/assignment/refused/extension_decision/code"), "no_pending_application");
  EXPECT_EQ(shown.text("/assignment/refused/resume/code"), "not_paused");
  EXPECT_EQ(shown.text("/assignment/refused/close/code"), "not_resolved");
  EXPECT_EQ(shown.text("/assignment/timeline/0/staff/name"), "王芳");
}

TEST_F(CentralPage, UnitsAndStatusCountEverything) {
  (void)dispatch(add_case());
  (void)refuse(add_case(), "n9");
  (void)refuse(add_case(), "n8");
  auto const status = world.get(operator_, "/api/status");
  EXPECT_EQ(
      status.at("/cases"),
      (json::object{{"new", 0}, {"incomplete", 1}, {"dispatched", 1}, {"closed", 0}, {"refused", 1}, {"merged", 0}}));
  EXPECT_EQ(status.at("/assignments"), (json::object{{"open", 1}, {"awaiting", 0}}));
  EXPECT_EQ(status.at("/refusals/n9"), 1);
  EXPECT_EQ(status.at("/refusals/n8"), 1);
  EXPECT_EQ(status.at("/refusals/n1"), 0);
  auto const units = world.get(operator_, "/api/units");
  EXPECT_EQ(units.text("/units/0/code"), "BH");
  EXPECT_EQ(units.at("/units/0/open"), 1);
  EXPECT_EQ(units.at("/units/1/open"), 0);
}

TEST_F(CentralPage, AListIsAskedForInWordsThatAreThere) {
  auto const id = add_case();
  EXPECT_EQ(world.get(operator_, "/api/cases?state=incomplete").at("/total"), 0);
  EXPECT_EQ(world.get(operator_, "/api/cases?category=A2").text("/items/0/id"), id);
  EXPECT_EQ(world.get(operator_, "/api/cases?q=灯").at("/total"), 1);
  EXPECT_EQ(world.get(operator_, "/api/cases?state=lost").code(), "bad_field");
  EXPECT_EQ(world.get(operator_, "/api/cases?category=B1").code(), "bad_field");
  EXPECT_EQ(world.get(operator_, "/api/cases?limit=201").code(), "bad_field");
  EXPECT_EQ(world.get(operator_, "/api/cases/none").status, 404);
}

/// Whoever asks for something twice, or for two things that exclude each other, is told in their own language.
TEST_F(CentralPage, EveryRefusalSpeaksBothLanguages) {
  auto const gone = add_case();
  (void)refuse(gone, "n9");
  auto const with_unit = add_case();
  (void)dispatch(with_unit);
  auto const decisions = "/api/assignments/" + dispatch(add_case()) + "/decisions";
  json::object const final_word{{"kind", "return_decision"}, {"granted", false}, {"final_ruling", true}};
  EXPECT_EQ(world.post(supervisor_, decisions, final_word).code(), "no_pending_application") << "a supervisor may";
  json::object const redact{{"kind", "redact"}, {"act", {{"epoch", "1"}, {"seq", "1"}}}};
  EXPECT_EQ(world.post(supervisor_, decisions, redact).code(), "target_missing") << "nothing was done there yet";
  auto const fresh = add_case();
  auto const path = [](std::string const& id, std::string const& door) { return "/api/cases/" + id + "/" + door; };
  std::vector<std::pair<std::string, Answered>> const answers{
      {"case_refused", world.post(operator_, path(gone, "dispatch"), {{"unit", "BH"}})},
      {"already_dispatched", refuse(with_unit, "n9")},
      {"referral_missing", refuse(fresh, "n3")},
      {"not_an_emergency_line", refuse(fresh, "n2")},
      {"earlier_case_missing", refuse(fresh, "n6")},
      {"bad_refusal_code", refuse(fresh, "not_ours")},
      {"no_pending_refusal", world.post(operator_, path(fresh, "refusal/ruling"), {{"confirmed", true}})},
      {"case_not_incomplete", world.post(operator_, path(fresh, "completion"), {{"title", "x"}})},
      {"completion_empty", world.post(operator_, path(fresh, "completion"), {})},
      {"merge_into_itself", world.post(operator_, path(fresh, "merge"), {{"into", fresh}})},
      {"bad_merge_target", world.post(operator_, path(fresh, "merge"), {{"into", gone}})},
      {"supervisor_rules", world.post(operator_, decisions, final_word)},
      {"supervisor_rules", world.post(operator_, decisions, redact)},
  };
  for (auto const& [code, answer] : answers) {
    EXPECT_EQ(answer.code(), code);
    EXPECT_EQ(answer.status / 100, 4) << code;
    EXPECT_NE(answer.text("/error/sentence/zh"), answer.text("/error/sentence/en")) << code;
  }
}

}  // namespace
}  // namespace fieldnode::central
