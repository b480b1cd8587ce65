#include <gtest/gtest.h>

#include "sync/engine/list_walk.h"
#include "tests/support/poisoner.h"
#include "tests/unit/office/office_world.h"

/// Whatever the centre says, the entries behind it come in. Source: I13.
namespace fieldnode::office {
namespace {

constexpr int kSeeds = 40;
constexpr int kEntriesEach = 60;
constexpr AssignmentId kLamp{5};
constexpr AssignmentId kNoise{6};
constexpr AssignmentId kLate{7};

void expect_the_office_works(OfficeWorld& world) {
  world.feed.dispatch(kLate, world.clock.truth(), "最后一件");
  world.settle(world.journal_seq());
  ASSERT_TRUE(world.store->row_of(kLate)) << "what comes behind poison arrives";
  EXPECT_EQ(world.store->snapshot().feed.seq, world.feed.head().seq);
  EXPECT_TRUE(world.append(world.acknowledgement(kLate)));
  for (auto const id : {kLamp, kNoise}) EXPECT_TRUE(world.store->file_of(id));
  auto const checked = world.check();
  ASSERT_TRUE(checked) << checked.error().sentence;
}

/// The exchange verifies what came before the store sees it.
void expect_a_walk_agrees(OfficeWorld& world) {
  engine::ListWalk walk(wire::ChainState::start(kFeed), [](auto) { return std::nullopt; });
  for (auto& arrival : world.feed.arrivals(0, world.feed.head().seq)) {
    auto const step = walk.step(std::move(arrival.entry));
    ASSERT_TRUE(step) << step.error().sentence;
  }
  EXPECT_EQ(walk.chain().hash, world.feed.head().hash);
}

TEST(Poison, WhateverTheCentreSaysTheNextEntriesComeIn) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    OfficeWorld world;
    SeededRandom random(seed);
    world.feed.dispatch(kLamp, world.clock.truth());
    world.feed.dispatch(kNoise, world.clock.truth());
    world.settle(0);
    ASSERT_TRUE(world.append(world.acknowledgement(kLamp)));
    test::Poisoner poisoner(random, {kLamp, kNoise});
    for (int i = 0; i < kEntriesEach; ++i) {
      world.feed.append(poisoner.draw());
      if (random.below(3) == 0) world.settle(world.journal_seq());
    }
    expect_a_walk_agrees(world);
    expect_the_office_works(world);
  }
}

TEST(Poison, AnEntryOfTheFutureIsKeptAndTheRestFlows) {
  OfficeWorld world;
  world.feed.dispatch(kLamp, world.clock.truth());
  auto entry = wire::encode_entry({.kind = rules::EntryKind::kSupervisionNote,
                                   .assignment = kLamp,
                                   .number = 2,
                                   .time = rules::central_time(world.clock.truth()),
                                   .payload = rules::SupervisionNote{}},
                                  {}, {})
                   .value();
  entry.skeleton.at(1) = test::Poisoner::kFutureEntry;
  auto const sent = entry.skeleton;
  world.feed.append(std::move(entry));
  world.feed.dispatch(kNoise, world.clock.truth());
  world.settle(0);
  auto const file = world.store->file_of(kLamp).value();
  ASSERT_EQ(file.feed.size(), 2U);
  EXPECT_EQ(file.feed.back().entry.skeleton, sent) << "kept as it came";
  expect_the_office_works(world);
}

}  // namespace
}  // namespace fieldnode::office
