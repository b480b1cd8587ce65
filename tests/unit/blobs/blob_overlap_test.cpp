#include "node/blobs/blob_overlap.h"

#include <gtest/gtest.h>

#include "tests/unit/blobs/blob_world.h"

namespace fieldnode::blobs {
namespace {

class BlobOverlapTest : public testing::Test {
 protected:
  [[nodiscard]] BytesView bytes(std::size_t from, std::size_t upto) {
    return bytes_of(content).subspan(from, upto - from);
  }
  [[nodiscard]] Result<TakenPart> take(std::size_t from, std::size_t upto) {
    return take_overlapping(world.store, file, from, bytes(from, upto), world.rule, kNow);
  }

  BlobWorld world;
  std::string content{photo(100'000)};
  NamedFile file{kOwner, crypto::sha256(bytes_of(content)), content.size()};
};

TEST_F(BlobOverlapTest, OnlyWhatIsNewOfAPartIsTaken) {
  EXPECT_EQ(take(0, 60'000).value().added, 60'000U);
  EXPECT_EQ(take(0, 60'000).value().added, 0U) << "twice";
  EXPECT_EQ(take(10'000, 30'000).value().added, 0U) << "an older, smaller one";
  auto const last = take(40'000, 100'000);
  ASSERT_TRUE(last);
  EXPECT_EQ(last->added, 40'000U);
  EXPECT_TRUE(last->arrived);
  auto const again = take(40'000, 100'000);
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->state.here);
  EXPECT_FALSE(again->arrived) << "it was here";
  EXPECT_TRUE(world.store.find(kOwner, file.address));
}

TEST_F(BlobOverlapTest, APartBehindAGapIsRefusedAndNothingIsTaken) {
  ASSERT_TRUE(take(0, 10'000));
  auto const gap = take(20'000, 30'000);
  ASSERT_FALSE(gap);
  EXPECT_EQ(gap.error().code, "wrong_offset");
  EXPECT_TRUE(is_of_the_file(gap.error()));
  EXPECT_EQ(world.store.state(file).held, 10'000U);
}

TEST_F(BlobOverlapTest, OtherContentThanTheEntryNamesIsThrownAwayAndMayComeAgain) {
  auto const other = photo(100'000, 2);
  auto const wrong = take_overlapping(world.store, file, 0, bytes_of(other), world.rule, kNow);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, "wrong_content");
  EXPECT_TRUE(is_of_the_file(wrong.error()));
  EXPECT_EQ(world.store.state(file).held, 0U);
  EXPECT_TRUE(take(0, 100'000).value().arrived);
}

TEST_F(BlobOverlapTest, AFileLongerThanAnnouncedIsRefused) {
  auto const longer = content + "more";
  EXPECT_EQ(take_overlapping(world.store, file, 0, bytes_of(longer), world.rule, kNow).error().code, "too_long");
  EXPECT_EQ(world.store.state(file).held, 0U);
}

TEST_F(BlobOverlapTest, ABrokenStoreIsNoFaultOfTheFile) {
  world.writer.stop_writing(refuse("storage_failed", "The disk is gone."));
  auto const taken = take(0, 10'000);
  ASSERT_FALSE(taken);
  EXPECT_FALSE(is_of_the_file(taken.error()));
}

}  // namespace
}  // namespace fieldnode::blobs
