#include <gtest/gtest.h>

#include "tests/unit/central/central_world.h"

namespace fieldnode::central {
namespace {

struct CaseList : testing::Test {
  CaseList() { (void)world.add_unit("BH"); }

  CaseId add(std::string const& title, std::string const& place, rules::Category category = rules::Category::kA2) {
    auto form = lamp_form();
    form.title = title;
    form.place = place;
    form.category = category;
    return world.add_case(world.fresh(), form).id;
  }
  [[nodiscard]] std::vector<CaseId> found(CaseFilter const& filter) {
    std::vector<CaseId> ids;
    auto const page = world.store.cases(filter);
    for (auto const& line : page.cases) ids.push_back(line.record.id);
    EXPECT_EQ(page.total, ids.size());
    return ids;
  }
  [[nodiscard]] std::vector<CaseId> with_words(std::string const& words) {
    return found({.state = {}, .category = {}, .words = words, .before = {}});
  }
  using Ids = std::vector<CaseId>;

  CentralWorld world;
  CaseId lamp{add("路灯不亮", "幸福路 12 号")};
  CaseId cover{add("井盖丢失", "和平路", rules::Category::kA4)};
  CaseId noise{add("Noise at night", "100 % Lane")};
};

TEST_F(CaseList, IsSearchedByAnyPartOfNumberTitleOrPlace) {
  EXPECT_EQ(with_words("灯"), Ids{lamp});
  EXPECT_EQ(with_words("路灯"), Ids{lamp});
  EXPECT_EQ(with_words("幸福路 12"), Ids{lamp});
  EXPECT_EQ(with_words("路"), (Ids{cover, lamp}));
  EXPECT_EQ(with_words("-000002"), Ids{cover});
  EXPECT_EQ(with_words("noise AT"), Ids{noise});
  EXPECT_EQ(with_words("%"), Ids{noise}) << "no sign means anything else than itself";
  EXPECT_EQ(with_words("没有的"), Ids{});
  EXPECT_EQ(with_words(""), (Ids{noise, cover, lamp}));
}

TEST_F(CaseList, IsFilteredByStateAndCategory) {
  EXPECT_EQ(found({.state = {}, .category = rules::Category::kA4, .words = {}, .before = {}}), Ids{cover});
  ASSERT_TRUE(world.desk.dispatch({}, "d", lamp, "BH", {}, world.now));
  EXPECT_EQ(found({.state = CaseState::kDispatched, .category = {}, .words = {}, .before = {}}), Ids{lamp});
  EXPECT_EQ(found({.state = CaseState::kNew, .category = rules::Category::kA2, .words = "ni", .before = {}}),
            Ids{noise});
}

TEST_F(CaseList, ComesInPagesThatMissNothing) {
  auto const first = world.store.cases({.state = {}, .category = {}, .words = {}, .limit = 2, .before = {}});
  ASSERT_EQ(first.cases.size(), 2U);
  EXPECT_EQ(first.total, 3U);
  auto const second = world.store.cases({.state = {}, .category = {}, .words = {}, .limit = 2, .before = first.next});
  ASSERT_EQ(second.cases.size(), 1U);
  EXPECT_EQ(second.cases[0].record.id, lamp);
  EXPECT_FALSE(second.next);
}

TEST_F(CaseList, ShowsTheUnitOfTheLastAssignment) {
  (void)world.add_unit("QS");
  auto const first = world.desk.dispatch({}, "d-1", lamp, "BH", {}, world.now)->assignment;
  ASSERT_TRUE(world.decisions.decide({}, "t", first, {rules::EntryKind::kTakeBack, rules::TakeBack{}, ""}, world.now));
  auto const second = world.desk.dispatch({}, "d-2", lamp, "QS", {}, world.now)->assignment;
  auto const line = world.store.case_file(lamp)->line;
  EXPECT_EQ(line.last->row.id, second);
  EXPECT_EQ(line.last->unit.code, "QS");
  EXPECT_FALSE(world.store.case_file(cover)->line.last);
}

TEST_F(CaseList, UnitsHaveTheirFigures) {
  NodeByHand node(world, world.add_unit("QS"));
  auto const taken_back = world.dispatched("QS");
  auto const open = world.dispatched("QS");
  ASSERT_TRUE(node.exchange());
  node.act(rules::EntryKind::kExtensionApplication, open,
           rules::ExtensionApplication{.ground = rules::ExtensionGround::kSiteWork, .days = 2}, node.feed.seq);
  ASSERT_TRUE(node.exchange());
  ASSERT_TRUE(
      world.decisions.decide({}, "t", taken_back, {rules::EntryKind::kTakeBack, rules::TakeBack{}, ""}, world.now));
  auto const units = world.store.units();
  ASSERT_EQ(units.size(), 2U);
  EXPECT_EQ(units[1].figures.assignments, 2U);
  EXPECT_EQ(units[1].figures.open, 1U);
  EXPECT_EQ(units[1].figures.awaiting, 1U);
  EXPECT_EQ(units[0].figures.assignments, 0U);
}

}  // namespace
}  // namespace fieldnode::central
