#include <gtest/gtest.h>

#include "tests/unit/central/page_world.h"

namespace fieldnode::central {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using rules::StaffRole;

struct AssessmentPage : testing::Test {
  AssessmentPage() {
    unit = world.centre->store().add_unit("BH", "滨海街道", world.clock.wall()).value();
    door = "/api/assessment/units/" + std::to_string(unit.id.value);
  }
  json::object october(json::object more = {}) const {
    more["from"] = "2026-10-01";
    more["until"] = "2026-11-01";
    return more;
  }
  static std::string asked(std::string const& path) { return path + "?from=2026-10-01&until=2026-11-01"; }

  PageWorld world;
  std::string operator_{world.sign_in("王芳", StaffRole::kOperator)};
  std::string supervisor{world.sign_in("李强", StaffRole::kSupervisor)};
  std::string auditor{world.sign_in("钱进", StaffRole::kAuditor)};
  UnitRecord unit;
  std::string door;
};

TEST_F(AssessmentPage, EveryUnitHasALine) {
  (void)world.centre->store().add_unit("HX", "河西街道", world.clock.wall());
  auto const all = world.get(auditor, asked("/api/assessment"));
  ASSERT_EQ(all.status, 200) << json::serialize(all.body);
  ASSERT_EQ(all.at("/units").as_array().size(), 2U);
  EXPECT_EQ(all.text("/period/until"), "2026-11-01T00:00:00+08:00");
  EXPECT_EQ(all.at("/units/0/figures/clocks/acknowledge/total").to_number<int>(), 0);
  EXPECT_EQ(all.at("/units/0/figures/clocks/acknowledge/cells").as_object().size(), 16U);
  EXPECT_TRUE(all.at("/units/0/published_at").is_null());
}

TEST_F(AssessmentPage, APeriodIsTwoDaysInOrder) {
  for (auto const* const query : {"", "?from=2026-10-01", "?from=2026-10-02&until=2026-10-02",
                                  "?from=2026-02-30&until=2026-03-01", "?from=2001-01-01&until=2026-01-01"}) {
    EXPECT_EQ(world.get(operator_, std::string("/api/assessment") + query).code(), "bad_field") << query;
  }
}

TEST_F(AssessmentPage, ANoteAVetoOfTwoPersonsAndWhatFollows) {
  auto const noted = world.post(operator_, door + "/notes", october({{"ground", "fraud"}, {"text", "编造联系记录"}}));
  ASSERT_EQ(noted.status, 201) << json::serialize(noted.body);
  EXPECT_EQ(noted.at("/assessment/figures/supervision/unit/fraud").to_number<int>(), 1);
  EXPECT_EQ(noted.text("/assessment/notes/0/staff/name"), "王芳");
  auto const cause = noted.at("/assessment/notes/0/at");
  auto const proposed =
      world.post(operator_, door + "/veto-proposals", october({{"cause", cause}, {"reason", "后果严重"}}));
  ASSERT_EQ(proposed.status, 201) << json::serialize(proposed.body);
  auto const proposal = proposed.at("/assessment/proposals/0/id");
  EXPECT_EQ(proposed.text("/assessment/proposals/0/standing"), "pending");
  auto const ruling = october({{"proposal", proposal}, {"confirmed", true}});
  EXPECT_EQ(world.post(operator_, door + "/veto-rulings", ruling).code(), "proposed_by_same_person");
  EXPECT_EQ(world.post(auditor, door + "/veto-rulings", ruling).status, 403);
  auto const vetoed = world.post(supervisor, door + "/veto-rulings", ruling);
  ASSERT_EQ(vetoed.status, 201) << json::serialize(vetoed.body);
  EXPECT_TRUE(vetoed.at("/assessment/figures/vetoed").as_bool());
  EXPECT_EQ(vetoed.text("/assessment/vetoes/0/first/name"), "王芳");
  EXPECT_EQ(vetoed.text("/assessment/vetoes/0/second/name"), "李强");
  EXPECT_EQ(vetoed.text("/assessment/vetoes/0/cause/ground"), "fraud");

  auto const veto = vetoed.at("/assessment/vetoes/0/at");
  auto const step = [&](std::string const& session, std::string const& move, json::object more) {
    more["veto"] = veto;
    more["move"] = move;
    return world.post(session, door + "/veto-steps", october(std::move(more)));
  };
  EXPECT_EQ(step(operator_, "referred", {{"date", "2026-10-20"}}).code(), "bad_field") << "a paper has a number";
  auto const referred =
      step(operator_, "referred", {{"number", "监7号"}, {"date", "2026-10-20"}, {"evidence", "a.fne"}});
  ASSERT_EQ(referred.status, 201) << json::serialize(referred.body);
  EXPECT_EQ(referred.text("/assessment/vetoes/0/steps/0/texts/document_number"), "监7号");
  EXPECT_EQ(step(operator_, "withdrawn", {{"text", "查无实据"}}).code(), "supervisor_decides");
  EXPECT_EQ(step(supervisor, "withdrawn", {}).code(), "bad_field") << "say why";
  auto const withdrawn = step(supervisor, "withdrawn", {{"text", "查无实据"}});
  EXPECT_FALSE(withdrawn.at("/assessment/figures/vetoed").as_bool());
  EXPECT_EQ(withdrawn.text("/assessment/vetoes/0/state"), "withdrawn");
}

TEST_F(AssessmentPage, PublishingIsForThoseWhoDecide) {
  world.clock.pass(24h * 30);  // nobody stays signed in so long
  auditor = world.sign_in("钱进二", StaffRole::kAuditor);
  operator_ = world.sign_in("王芳二", StaffRole::kOperator);
  EXPECT_EQ(world.post(auditor, door + "/publications", october()).status, 403);
  auto const published = world.post(operator_, door + "/publications", october());
  ASSERT_EQ(published.status, 201) << json::serialize(published.body);
  EXPECT_EQ(published.at("/assessment/publications").as_array().size(), 1U);
  EXPECT_FALSE(published.at("/assessment/changed").as_bool());
  EXPECT_EQ(world.post(operator_, door + "/publications", october()).code(), "nothing_to_correct");
  auto const listed = world.get(operator_, asked("/api/assessment"));
  EXPECT_FALSE(listed.at("/units/0/published_at").is_null());
}

TEST_F(AssessmentPage, TheClocksOfACellAreAskedByName) {
  auto const door_of = asked(door + "/clocks");
  EXPECT_EQ(world.get(operator_, door_of + "&clock=acknowledge&cell=late").code(), "bad_field");
  EXPECT_EQ(world.get(operator_, door_of + "&clock=return&cell=unused").at("/total").to_number<int>(), 0);
  EXPECT_EQ(world.get(operator_, asked("/api/assessment/units/99")).status, 404);
}

TEST_F(AssessmentPage, NotesOnThePlatformsOwnPeopleAreASupervisors) {
  auto const about = std::to_string(world.centre->accounts().list().front().id.value);
  json::object const note{{"about", about}, {"ground", "slow_data"}, {"text", "三日未派单"}};
  EXPECT_EQ(world.post(operator_, "/api/operator-notes", note).status, 403);
  auto const written = world.post(supervisor, "/api/operator-notes", note);
  ASSERT_EQ(written.status, 201) << json::serialize(written.body);
  EXPECT_EQ(written.text("/notes/0/ground"), "slow_data");
  EXPECT_EQ(world.get(operator_, "/api/operator-notes").status, 403);
  EXPECT_EQ(world.get(auditor, "/api/operator-notes").at("/notes").as_array().size(), 1U);
  EXPECT_EQ(
      world.post(supervisor, "/api/operator-notes", {{"about", "9999"}, {"ground", "other"}, {"text", "x"}}).code(),
      "bad_field");
}

}  // namespace
}  // namespace fieldnode::central
