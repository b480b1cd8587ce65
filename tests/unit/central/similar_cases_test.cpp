#include <gtest/gtest.h>

#include "node/central/store/telephone.h"
#include "node/central/store/title_words.h"
#include "tests/unit/central/central_world.h"

namespace fieldnode::central {
namespace {

TEST(Telephone, IsTheSameHoweverItWasWritten) {
  for (auto const* text : {"13800138000", "138 0013 8000", "138-0013-8000", "+86 13800138000", "0086-138 0013 8000",
                           "8613800138000", "电话：13800138000"}) {
    EXPECT_EQ(dialled_digits(text), "13800138000") << text;
  }
  EXPECT_EQ(dialled_digits("0571-8765 4321"), "057187654321");
  EXPECT_EQ(dialled_digits("8612345"), "8612345") << "a local line that begins like the country";
  EXPECT_EQ(dialled_digits("110"), "");
  EXPECT_EQ(dialled_digits(""), "");
}

TEST(TitleWords, CountWhatTheyShareInPairsOfCharacters) {
  auto const likeness = [](std::string_view a, std::string_view b) { return TitleWords(a).likeness(TitleWords(b)); };
  EXPECT_EQ(likeness("路灯不亮", "路灯不亮"), 1.0);
  EXPECT_EQ(likeness("路灯不亮", "路灯 不亮！"), 2.0 * 3 / 7) << "an ideographic mark is a character";
  EXPECT_EQ(likeness("Street Light", "street-light"), 1.0);
  EXPECT_EQ(likeness("路灯不亮", "道路积水"), 0.0);
  EXPECT_GT(likeness("小区路灯不亮", "小区门口路灯不亮"), 0.5);
  EXPECT_EQ(likeness("", ""), 0.0);
  EXPECT_EQ(likeness("路", "路"), 0.0) << "one character is no word";
  EXPECT_EQ(likeness("\xff\xfe", "\xe8\xb7"), 0.0) << "ill-formed text is text";
}

struct SimilarCases : testing::Test {
  CaseId add(std::string const& title, std::string const& where, std::string const& telephone) {
    auto form = lamp_form();
    form.title = title;
    form.place = where;
    form.contact.clear();
    if (!telephone.empty()) form.contact = {{wire::ContactTag::kTelephone, telephone}};
    return world.add_case(world.fresh(), form).id;
  }
  [[nodiscard]] std::vector<std::pair<CaseId, Likeness>> of(CaseId id) {
    std::vector<std::pair<CaseId, Likeness>> found;
    auto const file = world.store.case_file(id);
    for (auto const& [record, why] : file->similar) found.emplace_back(record.id, why);
    return found;
  }
  using Found = std::vector<std::pair<CaseId, Likeness>>;

  CentralWorld world;
  CaseId caller{add("井盖丢失", "和平路 3 号", "138-0013-8000")};
  CaseId place{add("噪声扰民", "幸福路 12 号", "")};
  CaseId words{add("小区门口路灯不亮", "人民路", "13900139000")};
  CaseId nothing{add("咨询社保缴费", "", "13700137000")};
};

TEST_F(SimilarCases, AreFoundByCallerPlaceAndWordsInThatOrder) {
  auto const id = add("小区路灯不亮", "幸福路 12 号", "+86 13800138000");
  EXPECT_EQ(of(id), (Found{{caller, Likeness::kTelephone}, {place, Likeness::kPlace}, {words, Likeness::kWords}}));
  EXPECT_EQ(of(nothing), Found{});
}

TEST_F(SimilarCases, ACaseStandsOnceForItsSurestReason) {
  auto const id = add("井盖丢失", "和平路 3 号", "13800138000");
  EXPECT_EQ(of(id), (Found{{caller, Likeness::kTelephone}}));
}

TEST_F(SimilarCases, WhatIsPartOfAnotherCaseIsNotOffered) {
  auto const id = add("井盖丢失", "和平路 3 号", "13800138000");
  ASSERT_TRUE(world.merges.merge({}, world.fresh(), caller, id, world.now));
  EXPECT_EQ(of(id), Found{});
}

TEST_F(SimilarCases, TheHashFollowsTheTelephoneAndHidesIt) {
  auto const id = add("x", "", "13800138000");
  ASSERT_TRUE(
      world.intakes.refuse_case({}, world.fresh(), id, {rules::ReturnReason::kN8, "缺要素", {}, {}}, world.now));
  CompletionForm const corrected{
      .title = {}, .text = {}, .place = {}, .contact = {{wire::ContactTag::kTelephone, "13700137000"}}};
  ASSERT_TRUE(world.intakes.complete({}, world.fresh(), id, corrected, world.now));
  EXPECT_EQ(of(id), (Found{{nothing, Likeness::kTelephone}}));
  auto const hashes = world.writer.connection()
                          .prepare("SELECT count(*) FROM city_case WHERE instr(telephone_hash, '138') > 0")
                          .one<int>();
  EXPECT_EQ(hashes, 0);
}

TEST_F(SimilarCases, TheWorkIsBoundedByAWindowOfIds) {
  for (int i = 0; i < 1'100; ++i) (void)add("另一件事" + std::to_string(i), "", "");
  EXPECT_EQ(of(add("小区门口路灯不亮", "", "")), Found{}) << "of the same words, but long ago";
}

}  // namespace
}  // namespace fieldnode::central
