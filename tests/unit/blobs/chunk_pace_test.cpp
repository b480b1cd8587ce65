#include "node/blobs/chunk_pace.h"

#include <gtest/gtest.h>

namespace fieldnode::blobs {
namespace {

/// What a link of so many bytes a second settles at.
std::uint64_t settled(std::uint64_t bytes_a_second) {
  ChunkPace pace;
  for (int i = 0; i < 30; ++i) {
    auto const chunk = pace.next();
    pace.took(chunk, Milliseconds(chunk * 1000 / bytes_a_second));
  }
  return pace.next();
}

TEST(ChunkPace, TakesOneToTwoSecondsOfTheLinkWhateverItIs) {
  EXPECT_EQ(settled(100), kChunkLeastBytes) << "never so small that it is all overhead";
  EXPECT_EQ(settled(16 * 1024), 24u * 1024);
  EXPECT_EQ(settled(100 * 1024), 148u * 1024);
  EXPECT_EQ(settled(100'000'000), kChunkMostBytes);
}

TEST(ChunkPace, GrowsByDoublingAndHalvesWhenTheLinkBreaks) {
  ChunkPace pace;
  auto const first = pace.next();
  pace.took(first, Milliseconds(1));
  EXPECT_EQ(pace.next(), 2 * first);
  pace.broke();
  EXPECT_EQ(pace.next(), first);
  for (int i = 0; i < 20; ++i) pace.broke();
  EXPECT_EQ(pace.next(), kChunkLeastBytes);
}

TEST(ChunkPace, AfterARestItIsSmallAgain) {
  ChunkPace pace;
  for (int i = 0; i < 20; ++i) pace.took(pace.next(), Milliseconds(1));
  EXPECT_EQ(pace.next(), kChunkMostBytes);
  pace.rested();
  EXPECT_EQ(pace.next(), ChunkPace().next());
}

TEST(ChunkPace, TheShortEndOfAFileDoesNotSayThatTheLinkIsFast) {
  ChunkPace pace;
  pace.took(10, Milliseconds(1));
  EXPECT_EQ(pace.next(), ChunkPace().next());
}

}  // namespace
}  // namespace fieldnode::blobs
