#include "node/office/file_rests.h"

#include <gtest/gtest.h>

#include "tests/support/test_clock.h"

namespace fieldnode::office {
namespace {

constexpr Milliseconds kMost = std::chrono::hours(1);

class FileRestsTest : public testing::Test {
 protected:
  static blobs::BlobKey key(std::uint64_t assignment) { return {AssignmentId{assignment}, Hash{}}; }

  /// How long it rests after one more failure; it is awake afterwards.
  Milliseconds rest_of(blobs::BlobKey const& key) {
    rests.failed(key);
    auto const rest = rests.first_end(kMost);
    EXPECT_TRUE(rests.rests(key));
    clock.advance(rest);
    EXPECT_FALSE(rests.rests(key));
    return rest;
  }

  test::TestClock clock{utc_from_ms(1'700'000'000'000)};
  SeededRandom random{3};
  FileRests rests{clock, random};
};

TEST_F(FileRestsTest, AFileRestsForSecondsAtFirstAndThenLongerAndLonger) {
  EXPECT_LE(rest_of(key(1)), std::chrono::seconds(5));
  for (int i = 0; i < 12; ++i) static_cast<void>(rest_of(key(1)));
  EXPECT_GE(rest_of(key(1)), std::chrono::minutes(7));
  EXPECT_LE(rest_of(key(2)), std::chrono::seconds(5)) << "another file has not failed so often";
}

TEST_F(FileRestsTest, AFileThatArrivedIsForgotten) {
  for (int i = 0; i < 12; ++i) static_cast<void>(rest_of(key(1)));
  rests.arrived(key(1));
  EXPECT_EQ(rests.count(), 0u);
  EXPECT_LE(rest_of(key(1)), std::chrono::seconds(5));
}

TEST_F(FileRestsTest, WhoeverWaitsComesBackForTheFirst) {
  EXPECT_EQ(rests.first_end(kMost), kMost);
  for (int i = 0; i < 12; ++i) static_cast<void>(rest_of(key(1)));
  rests.failed(key(1));
  rests.failed(key(2));
  EXPECT_LE(rests.first_end(kMost), std::chrono::seconds(5));
  EXPECT_TRUE(rests.rests(key(1)));
}

}  // namespace
}  // namespace fieldnode::office
