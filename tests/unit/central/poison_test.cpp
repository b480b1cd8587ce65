#include <gtest/gtest.h>

#include "sync/wire/payload_kinds.h"
#include "tests/support/poisoner.h"
#include "tests/unit/central/central_world.h"

/// Whatever an act says, the acts behind it come in. Source: I13.
namespace fieldnode::central {
namespace {

constexpr int kSeeds = 40;
constexpr int kActsEach = 60;

TEST(Poison, TheKindOfTheFutureIsUnknownToday) {
  EXPECT_EQ(wire::blank_payload(static_cast<rules::EntryKind>(test::Poisoner::kFutureAct)).index(), 0U);
}

TEST(Poison, WhateverAnActSaysTheNextOnesComeIn) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    CentralWorld world(seed);
    auto const unit = world.add_unit("XF");
    NodeByHand node(world, unit);
    ASSERT_TRUE(node.exchange());
    std::vector<AssignmentId> assignments;
    for (int i = 0; i < 4; ++i) assignments.push_back(world.dispatched("XF"));
    ASSERT_TRUE(node.exchange());
    test::Poisoner poisoner(world.random, assignments);
    for (int i = 0; i < kActsEach; ++i) {
      node.append(poisoner.draw());
      if (world.random.below(3) != 0) continue;
      world.pass(std::chrono::minutes(1));
      auto const taken = node.exchange();
      ASSERT_TRUE(taken) << taken.error().code << ": " << taken.error().sentence;
    }
    node.act(rules::EntryKind::kNote, assignments.front(), rules::Note{}, node.feed.seq);
    ASSERT_TRUE(node.exchange());
    EXPECT_EQ(node.covered, node.acts.size());
    for (auto const id : assignments) {
      auto const dossier = world.store.dossier(id);
      ASSERT_TRUE(dossier);
      if (id != assignments.front()) continue;
      EXPECT_EQ(dossier->acts.back().skeleton.kind, rules::EntryKind::kNote);
    }
    auto const verified = world.store.verify();
    ASSERT_TRUE(verified) << verified.error().sentence;
  }
}

TEST(Poison, AnActOfTheFutureIsSetAsideWithItsReason) {
  CentralWorld world;
  NodeByHand node(world, world.add_unit("XF"));
  auto const id = world.dispatched("XF");
  ASSERT_TRUE(node.exchange());
  auto entry = wire::encode_entry({.kind = rules::EntryKind::kNote,
                                   .assignment = id,
                                   .number = 1,
                                   .basis = node.feed,
                                   .payload = rules::Note{}},
                                  {}, {})
                   .value();
  entry.skeleton.at(1) = test::Poisoner::kFutureAct;
  auto const sent = entry;
  node.append(std::move(entry));
  node.act(rules::EntryKind::kNote, id, rules::Note{}, node.feed.seq);
  ASSERT_TRUE(node.exchange());
  auto const dossier = world.store.dossier(id);
  ASSERT_EQ(dossier->acts.size(), 2U);
  EXPECT_EQ(dossier->acts.front().entry.skeleton, sent.skeleton) << "kept as it came";
  auto const& ruling = dossier->feed.back().skeleton;
  ASSERT_EQ(ruling.kind, rules::EntryKind::kSetAside);
  EXPECT_EQ(std::get<rules::SetAside>(ruling.payload).code, "unknown_kind");
  EXPECT_EQ(dossier->state.act(dossier->acts.back().at)->standing, rules::Standing::kTaken) << "the rest flows";
}

}  // namespace
}  // namespace fieldnode::central
