#include "node/net/byte_range.h"

#include <gtest/gtest.h>

namespace fieldnode::net {
namespace {

TEST(ByteRange, ReadsOnePart) {
  EXPECT_EQ(read_range("bytes=0-9", 100), (AskedRange{RangeAsked::kPart, {0, 10}}));
  EXPECT_EQ(read_range("bytes=90-", 100), (AskedRange{RangeAsked::kPart, {90, 10}}));
  EXPECT_EQ(read_range("bytes=90-18446744073709551615", 100), (AskedRange{RangeAsked::kPart, {90, 10}}));
  EXPECT_EQ(read_range("bytes=-7", 100), (AskedRange{RangeAsked::kPart, {93, 7}}));
  EXPECT_EQ(read_range("bytes=-700", 100), (AskedRange{RangeAsked::kPart, {0, 100}}));
}

TEST(ByteRange, APartThatIsNotThereIsNone) {
  EXPECT_EQ(read_range("bytes=100-", 100).asked, RangeAsked::kNone);
  EXPECT_EQ(read_range("bytes=-0", 100).asked, RangeAsked::kNone);
  EXPECT_EQ(read_range("bytes=0-", 0).asked, RangeAsked::kNone);
}

TEST(ByteRange, WhatIsNoRangeAsksForTheWhole) {
  for (auto const* header : {"", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=9-1", "bytes=1-2,4-5", "pages=1-2",
                             "bytes=18446744073709551616-", "bytes= 1-2"}) {
    EXPECT_EQ(read_range(header, 100), (AskedRange{RangeAsked::kWhole, {0, 100}})) << header;
  }
}

}  // namespace
}  // namespace fieldnode::net
