#include "tests/sim/disk/disk_names.h"

#include <gtest/gtest.h>

namespace fieldnode::sim {
namespace {

DiskNames::File file() { return std::make_shared<DiskFile>(); }

TEST(DiskNames, ANameIsDurableWhenItsOwnDirectoryIsSynced) {
  SeededRandom random(1);
  DiskNames names;
  names.put("data/", file());
  names.sync("");
  names.put("data/1", file());
  names.put("other", file());
  names.sync("data");
  EXPECT_TRUE(names.lose_power(LossMode::kLoseAll, random));
  EXPECT_TRUE(names.has("data/1"));
  EXPECT_FALSE(names.has("other"));
}

TEST(DiskNames, WhatLiesInALostDirectoryIsLost) {
  SeededRandom random(1);
  DiskNames names;
  names.put("data/", file());
  names.put("data/1", file());
  names.sync("data");
  EXPECT_TRUE(names.lose_power(LossMode::kLoseAll, random));
  EXPECT_TRUE(names.seen().empty());
}

TEST(DiskNames, ADirectoryMovesWithAllThatIsInIt) {
  SeededRandom random(1);
  DiskNames names;
  names.put("new.part/", file());
  names.put("new.part/sub/", file());
  names.put("new.part/sub/1", file());
  names.put("new.part/2", file());
  for (auto const* directory : {"", "new.part", "new.part/sub"}) names.sync(directory);
  names.put("new.part/late", file());
  names.move("new.part", "new");
  EXPECT_TRUE(names.has("new/sub/1"));
  names.sync("");
  EXPECT_TRUE(names.lose_power(LossMode::kLoseAll, random)) << "one name within it had not been synced";
  EXPECT_TRUE(names.has("new/sub/1") && names.has("new/2"));
  EXPECT_FALSE(names.has("new/late"));
  EXPECT_FALSE(names.has("new.part/2"));
}

TEST(DiskNames, AMoveThatWasNotSyncedIsUndoneWhole) {
  SeededRandom random(1);
  DiskNames names;
  names.put("new.part/", file());
  names.put("new.part/1", file());
  names.sync("");
  names.sync("new.part");
  names.move("new.part", "new");
  EXPECT_TRUE(names.lose_power(LossMode::kLoseAll, random));
  EXPECT_TRUE(names.has("new.part/1"));
  EXPECT_FALSE(names.has("new/"));
}

}  // namespace
}  // namespace fieldnode::sim
