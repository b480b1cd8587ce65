#include "tests/sim/disk/disk_file.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace fieldnode::sim {
namespace {

Bytes filled(std::size_t sectors, std::uint8_t with) { return Bytes(sectors * kSectorBytes, with); }

/// Old content on the disk, and three writes of two sectors each over it that no sync has seen.
DiskFile with_unsynced_writes() {
  DiskFile file(filled(4, 0));
  file.write(0, filled(2, 1), 1);
  file.write(2 * kSectorBytes, filled(2, 2), 2);
  file.write(kSectorBytes, filled(2, 3), 3);
  return file;
}

TEST(DiskFile, ShowsWhatWasWrittenAtOnce) {
  auto const file = with_unsynced_writes();
  EXPECT_EQ(file.content().at(0), 1);
  EXPECT_EQ(file.content().at(kSectorBytes), 3);
  EXPECT_EQ(file.content().at(3 * kSectorBytes), 2);
}

TEST(DiskFile, LosesOnlyWhatNoSyncHasSeen) {
  SeededRandom random(1);
  auto file = with_unsynced_writes();
  file.sync();
  auto const synced = file.content();
  file.write(0, filled(1, 9), 4);
  file.truncate(kSectorBytes);
  auto const losses = file.lose_power(LossMode::kLoseAll, random, false);
  EXPECT_TRUE(losses.lost);
  EXPECT_EQ(file.content(), synced);
}

TEST(DiskFile, KeepsAllWhereTheCacheWasWrittenInTime) {
  SeededRandom random(1);
  auto file = with_unsynced_writes();
  auto const seen = file.content();
  EXPECT_FALSE(file.lose_power(LossMode::kKeepAll, random, false).lost);
  EXPECT_EQ(file.content(), seen);
}

TEST(DiskFile, TearsAtSectorsAndOutOfOrder) {
  bool torn = false;
  bool reordered = false;
  bool untouched = false;
  bool whole = false;
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    SCOPED_TRACE(seed);
    SeededRandom random(seed);
    auto file = with_unsynced_writes();
    auto const losses = file.lose_power(LossMode::kTear, random, false);
    torn |= losses.torn;
    reordered |= losses.reordered;
    untouched |= file.content() == filled(4, 0);
    whole |= !losses.lost;
    for (std::size_t sector = 0; sector < 4; ++sector) {
      auto const begin = file.content().begin() + static_cast<std::ptrdiff_t>(sector * kSectorBytes);
      EXPECT_TRUE(std::all_of(begin, begin + kSectorBytes, [&](auto const byte) { return byte == *begin; }))
          << "a sector is written whole or not at all";
    }
    EXPECT_TRUE(file.content()[0] <= 1) << "only versions that the sector had";
  }
  EXPECT_TRUE(torn && reordered && untouched && whole);
}

TEST(DiskFile, GrowsBeforeItsContentComes) {
  bool grown_with_junk = false;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    SeededRandom random(seed);
    DiskFile file(filled(1, 5));
    file.write(kSectorBytes, filled(1, 6), 1);
    file.lose_power(LossMode::kTear, random, false);
    EXPECT_EQ(file.content().at(0), 5);
    grown_with_junk |= file.content().size() == 2 * kSectorBytes && file.content()[kSectorBytes] != 6;
  }
  EXPECT_TRUE(grown_with_junk);
}

TEST(DiskFile, AFailedSyncIsNotMadeGoodByTheNext) {
  SeededRandom random(1);
  DiskFile file(filled(2, 0));
  file.write(0, filled(1, 1), 1);
  file.fail_sync();
  file.write(kSectorBytes, filled(1, 2), 2);
  file.sync();
  EXPECT_EQ(file.content().at(0), 1) << "the cache still shows it";
  file.lose_power(LossMode::kLoseAll, random, false);
  EXPECT_EQ(file.content().at(0), 0) << "and the disk never had it";
  EXPECT_EQ(file.content().at(kSectorBytes), 2);
}

TEST(DiskFile, WhatWasCutOffIsGoneAlsoWhereTheFileGrowsAgain) {
  SeededRandom random(1);
  DiskFile file(filled(3, 7));
  file.truncate(kSectorBytes);
  file.write(2 * kSectorBytes, filled(1, 8), 1);
  file.sync();
  file.lose_power(LossMode::kLoseAll, random, false);
  EXPECT_EQ(file.content().at(0), 7);
  EXPECT_EQ(file.content().at(kSectorBytes), 0);
  EXPECT_EQ(file.content().at(2 * kSectorBytes), 8);
}

TEST(DiskFile, AFlippedBitIsOnTheDiskAndInEachVersion) {
  SeededRandom random(1);
  for (auto const mode : {LossMode::kKeepAll, LossMode::kLoseAll}) {
    DiskFile file(filled(1, 0));
    file.write(0, filled(1, 0), 1);
    file.flip_bit(11);
    EXPECT_EQ(file.content().at(1), 8);
    file.lose_power(mode, random, false);
    EXPECT_EQ(file.content().at(1), 8);
  }
}

}  // namespace
}  // namespace fieldnode::sim
