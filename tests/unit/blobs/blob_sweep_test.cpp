#include "node/blobs/blob_sweep.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/unit/blobs/blob_world.h"

namespace fieldnode::blobs {
namespace {

class BlobSweepTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(world.store.begin(upload, world.rule, kNow));
    ASSERT_TRUE(world.store.take(upload, 0, bytes_of(content), kNow).value().address);
  }
  [[nodiscard]] bool here() { return world.store.find(kOwner, crypto::sha256(bytes_of(content))).has_value(); }
  Swept sweep(std::chrono::hours after) { return sweep_blobs(world.store, kNow + after).value(); }

  BlobWorld world;
  std::string content{photo(1'000)};
  Upload upload{upload_of(content)};
};

TEST_F(BlobSweepTest, AnUploadThatNoActUsedGoesAfterATime) {
  EXPECT_EQ(sweep(kUploadKept).blobs, 0u);
  EXPECT_TRUE(here());
  EXPECT_EQ(sweep(kUploadKept + std::chrono::hours(1)).blobs, 1u);
  EXPECT_FALSE(here());
  EXPECT_TRUE(std::filesystem::is_empty(world.files()));
}

TEST_F(BlobSweepTest, WhatAnEntryNamesStays) {
  auto& connection = world.writer.connection();
  connection.execute("INSERT INTO list (id, kind, unit, node, epoch, rank, hash) VALUES (1, 1, 11, 1, 1, 1, x'')");
  connection.prepare("INSERT INTO named_blob VALUES (1, 1, 0, 11, 7, :address, 1000)")
      .bind(":address", crypto::sha256(bytes_of(content)))
      .run();
  EXPECT_EQ(sweep(kUploadKept * 100).blobs, 0u);
  EXPECT_TRUE(here());
  connection.execute("DELETE FROM named_blob");
  EXPECT_EQ(sweep(kUploadKept * 100).blobs, 1u) << "redacted";
}

TEST_F(BlobSweepTest, AFileWhoseDataKeyIsDestroyedGoesAtOnce) {
  world.vault.destroy(world.writer.connection(), kOwner.unit, kOwner.assignment);
  EXPECT_EQ(sweep(std::chrono::hours(0)).blobs, 1u);
  EXPECT_TRUE(std::filesystem::is_empty(world.files()));
}

TEST_F(BlobSweepTest, ARowWhoseFileIsMissingIsHereNoMoreAndComesAgain) {
  std::filesystem::remove_all(world.files());
  EXPECT_EQ(sweep(std::chrono::hours(0)).lost, 1u);
  EXPECT_FALSE(here());
  NamedFile const file{kOwner, crypto::sha256(bytes_of(content)), content.size()};
  EXPECT_EQ(world.store.state(file).held, 0u);
  EXPECT_TRUE(world.store.take(file, 0, bytes_of(content), world.rule, kNow).value().here);
  EXPECT_TRUE(here());
}

TEST_F(BlobSweepTest, AFileThatNoRowNamesGoes) {
  std::ofstream(world.files() / "999") << "left by a stop";
  std::ofstream(world.files() / "999.tail") << "left by a stop";
  EXPECT_EQ(sweep(std::chrono::hours(0)).files, 2u);
  EXPECT_TRUE(here());
}

TEST_F(BlobSweepTest, WhatAStopHasLeftBesideAWholeFileGoes) {
  auto const id = std::to_string(world.store.find(kOwner, crypto::sha256(bytes_of(content)))->id.value);
  std::ofstream(world.files() / (id + ".tail")) << "left by a stop";
  std::ofstream(world.files() / (id + ".new")) << "left by a stop";
  EXPECT_EQ(sweep(std::chrono::hours(0)).files, 2u);
  EXPECT_TRUE(here());
  EXPECT_EQ(sweep(std::chrono::hours(0)).files, 0u);
}

TEST_F(BlobSweepTest, TheTailOfAFileThatStillGrowsStays) {
  NamedFile const file{{kOwner.unit, AssignmentId{8}}, crypto::sha256(bytes_of("abcdef")), 6};
  ASSERT_EQ(world.store.take(file, 0, bytes_of("abc"), world.rule, kNow).value().held, 3u);
  EXPECT_EQ(sweep(std::chrono::hours(0)).files, 0u);
  EXPECT_EQ(world.store.state(file).held, 3u);
}

}  // namespace
}  // namespace fieldnode::blobs
