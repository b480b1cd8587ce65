#include "sync/base/bytes.h"

#include <gtest/gtest.h>

namespace fieldnode {
namespace {

TEST(Bytes, HexGoesThereAndBack) {
  Bytes const bytes{0x00, 0x7f, 0xff, 0xa5};
  EXPECT_EQ(to_hex(bytes), "007fffa5");
  EXPECT_EQ(from_hex("007FffA5"), bytes);
}

TEST(Bytes, HexRefusesOddLengthAndForeignLetters) {
  EXPECT_FALSE(from_hex("abc"));
  EXPECT_FALSE(from_hex("0g"));
}

}  // namespace
}  // namespace fieldnode
