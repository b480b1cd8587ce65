#include "sync/wire/carried_act.h"

#include <gtest/gtest.h>

#include "sync/rules/adoption.h"
#include "sync/wire/entry.h"
#include "sync/wire/skeleton.h"

namespace fieldnode::wire {
namespace {

constexpr AssignmentId kAssignment{7};
constexpr Position kAside{Epoch{0x99}, 4};
auto const kHeldAt = utc_from_ms(1'790'000'000'000);

rules::Skeleton act_of(rules::EntryKind kind, rules::Payload payload, AssignmentId assignment = kAssignment) {
  rules::Skeleton act;
  act.kind = kind;
  act.assignment = assignment;
  act.staff = StaffId{3};
  auto const at = utc_from_ms(1'780'000'000'000);
  act.time = {rules::ClockClass::kAnchored, exactly(at), at, 17};
  act.payload = std::move(payload);
  return act;
}

rules::Skeleton note() { return act_of(rules::EntryKind::kNote, rules::Note{}); }

rules::Skeleton adoption_of(Bytes carried) {
  return act_of(rules::EntryKind::kAdopt, rules::Adopt{kAside, std::move(carried), kHeldAt});
}

TEST(CarriedAct, ComesThroughTheWireAsItsNodeWroteIt) {
  auto const bytes = skeleton_bytes(adoption_of(skeleton_bytes(note())));
  auto const entry = decode_skeleton(bytes);
  ASSERT_TRUE(entry) << entry.error().sentence;
  EXPECT_EQ(std::get<rules::Adopt>(entry->payload).held_at, kHeldAt);
  auto const act = carried_act(*entry);
  ASSERT_TRUE(act);
  EXPECT_EQ(act->at, kAside);
  auto expected = note();
  expected.time = rules::adopted_time(expected.time, kHeldAt);
  EXPECT_EQ(act->skeleton, expected);
}

TEST(CarriedAct, AnAdoptOfAnActThatIsHeldHasTheBytesThatItAlwaysHad) {
  auto const plain = skeleton_bytes(adoption_of({}));
  auto const carrying = skeleton_bytes(adoption_of(skeleton_bytes(note())));
  EXPECT_LT(plain.size(), carrying.size());
  auto const entry = decode_skeleton(plain);
  ASSERT_TRUE(entry);
  EXPECT_EQ(std::get<rules::Adopt>(entry->payload), (rules::Adopt{kAside, {}, std::nullopt}));
  EXPECT_FALSE(carried_act(*entry));
}

TEST(CarriedAct, WhatIsNoReadableActOnTheEntrysAssignmentRulesNothingIn) {
  auto const none = [](Bytes carried) { return !carried_act(adoption_of(std::move(carried))).has_value(); };
  EXPECT_TRUE(none({0xff, 0x01})) << "garbled";
  EXPECT_TRUE(none(skeleton_bytes(act_of(rules::EntryKind::kNote, rules::Note{}, AssignmentId{8})))) << "another one's";
  EXPECT_TRUE(none(skeleton_bytes(act_of(rules::EntryKind::kTakeBack, rules::TakeBack{})))) << "a decision";
  EXPECT_TRUE(none(skeleton_bytes(adoption_of(skeleton_bytes(note()))))) << "an adoption in an adoption";
  EXPECT_FALSE(carried_act(note())) << "an act carries none";
}

TEST(CarriedAct, StandsBesideTheActsThatAreHeldAndInPlaceOfNone) {
  std::vector<rules::Placed> const feed{{{Epoch{0x22}, 1}, adoption_of(skeleton_bytes(note()))}};
  std::vector<rules::Placed> acts{{{Epoch{0x11}, 1}, note()}};
  add_carried(feed, acts);
  ASSERT_EQ(acts.size(), 2u);
  EXPECT_EQ(acts[1].at, kAside);
  add_carried(feed, acts);
  EXPECT_EQ(acts.size(), 2u) << "the same act twice is one";
}

}  // namespace
}  // namespace fieldnode::wire
