#include "node/web/views.h"

#include <gtest/gtest.h>

#include "node/web/words_json.h"
#include "sync/rules/civil.h"
#include "sync/rules/replay.h"

namespace fieldnode::web {
namespace {

using boost::json::object;

UtcTime at(std::string_view text) { return rules::parse_moment(text).value(); }

TEST(Views, MomentsAreInPlusEightAndKeepMilliseconds) {
  EXPECT_EQ(moment(at("2026-10-10T09:00:00Z")), "2026-10-10T17:00:00+08:00");
  EXPECT_EQ(moment(at("2026-10-10T17:00:00.045+08:00")), "2026-10-10T17:00:00.045+08:00");
}

TEST(Views, AnUnknownLatestIsNull) {
  auto const t = at("2026-10-10T17:00:00+08:00");
  auto const view = time_view({rules::ClockClass::kFloor, {t, std::nullopt}, t, 0});
  EXPECT_TRUE(view.at("latest").is_null());
  EXPECT_EQ(view.at("class"), "floor");
}

TEST(Views, ContactDataIsMasked) {
  EXPECT_EQ(masked(wire::ContactTag::kName, "欧阳小明"), "欧**");
  EXPECT_EQ(masked(wire::ContactTag::kTelephone, "13812348000"), "138****8000");
  EXPECT_EQ(masked(wire::ContactTag::kTelephone, "12345"), "****");
  EXPECT_EQ(masked(wire::ContactTag::kAddress, "幸福路12号院3栋"), "幸福路***");
  auto const view =
      masked_contact({{{wire::ContactTag::kName, "张三"}, {wire::ContactTag::kTelephone, "13812348000"}}, {}});
  EXPECT_EQ(view.at("name_masked"), "张**");
  EXPECT_EQ(view.at("address_masked"), "");
}

TEST(Views, ClocksSayWhyTheyAreDue) {
  rules::Skeleton dispatch;
  dispatch.kind = rules::EntryKind::kDispatch;
  dispatch.assignment = AssignmentId{7};
  dispatch.time = rules::central_time(at("2026-09-29T15:00:00+08:00"));
  dispatch.payload =
      rules::Dispatch{.case_id = CaseId{1}, .category = rules::Category::kA2, .kind = rules::CaseKind::kComplaint};
  std::vector<rules::Placed> const feed{{{Epoch{1}, 2}, dispatch}};
  auto const state = rules::replay_assignment(AssignmentId{7}, feed, {}, rules::EpochOrder(Epoch{9}));
  auto const views = clock_views(state, rules::built_in_rule_book(), exactly(at("2026-10-09T18:00:00+08:00")), {});
  ASSERT_EQ(views.size(), 4u);
  auto const& contact = views[1].as_object();
  EXPECT_EQ(contact.at("clock"), "contact");
  EXPECT_EQ(contact.at("limit"), "3wd");
  EXPECT_EQ(contact.at("due"), "2026-10-09T17:00:00+08:00");
  EXPECT_EQ(contact.at("overdue"), "certainly");
  EXPECT_EQ(contact.at("source"), "measures");
  bool names_the_holiday = false;
  for (auto const& reason : contact.at("reasons").as_array()) {
    names_the_holiday |= reason.at("code") == "days_off" && reason.at("from") == "2026-10-01";
  }
  EXPECT_TRUE(names_the_holiday) << contact.at("reasons").as_array().size();
}

TEST(Views, ARefusedActCarriesItsReasonInBothLanguages) {
  rules::Skeleton act;
  act.kind = rules::EntryKind::kResolution;
  act.assignment = AssignmentId{7};
  act.payload = rules::Resolution{rules::Degree::kYes, false, rules::Degree::kPartly, false};
  rules::ActRecord record;
  record.standing = rules::Standing::kRefused;
  record.code = "contact_missing";
  auto const view =
      item_view({Epoch{1}, 5}, act, {{{wire::TextTag::kPublicAnswer, "已处理"}}, {}}, &record, {"", "refused", ""});
  EXPECT_EQ(view.at("list"), "act");
  EXPECT_EQ(view.at("fields").at("solved"), "partly");
  EXPECT_EQ(view.at("texts").at("public_answer"), "已处理");
  EXPECT_EQ(view.at("standing"), "refused");
  auto const& sentence = view.at("refusal").at("sentence");
  EXPECT_NE(sentence.at("zh"), sentence.at("en"));
  EXPECT_TRUE(view.at("receipt").is_null());
}

TEST(WordsJson, EveryKindThatAFormCanNameHasAWord) {
  for (std::uint16_t number = 1; number <= 14; ++number) {
    auto const kind = static_cast<rules::EntryKind>(number);
    EXPECT_FALSE(word_of(kind).empty()) << number;
    EXPECT_EQ(read_word<rules::EntryKind>(word_of(kind)), kind);
  }
  EXPECT_EQ(word_of(static_cast<rules::EntryKind>(63)), "");
  EXPECT_FALSE(read_word<rules::EntryKind>("dance"));
}

}  // namespace
}  // namespace fieldnode::web
