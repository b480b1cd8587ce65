#include "node/blobs/blob_state.h"

#include <gtest/gtest.h>

namespace fieldnode::blobs {
namespace {

TEST(BlobState, ComesBackAsItWasSaid) {
  for (BlobState const& state :
       {BlobState{}, BlobState{.held = 5, .size = 9}, BlobState{.held = 9, .size = 9, .here = true},
        BlobState{.held = 1ULL << 40U, .size = UINT64_MAX}}) {
    EXPECT_EQ(unpack_blob_state(pack_blob_state(state)).value(), state);
  }
}

TEST(BlobState, AnEndThatLiesIsNotBelieved) {
  auto const code = [](Bytes const& bytes) {
    auto const state = unpack_blob_state(bytes);
    return state ? std::string() : state.error().code;
  };
  auto const good = pack_blob_state({.held = 5, .size = 9});
  EXPECT_EQ(code(Bytes(good.begin(), good.end() - 1)), "malformed_message");
  EXPECT_EQ(code({}), "malformed_message");
  auto long_one = good;
  long_one.push_back(0);
  EXPECT_EQ(code(long_one), "malformed_message");
  auto two = good;
  two[0] = 2;
  EXPECT_EQ(code(two), "malformed_message");
  auto here = good;
  here[0] = 1;
  EXPECT_EQ(code(here), "malformed_message") << "here, and not whole";
  EXPECT_EQ(code(pack_blob_state({.held = 10, .size = 9})), "malformed_message");
}

TEST(BlobState, AKeyIsANumberAndSixtyFourDigits) {
  Hash address{};
  address[0] = 0xAB;
  BlobKey const key{AssignmentId{12}, address};
  EXPECT_EQ(blob_path(key), "/sync/v1/blobs/12/ab" + std::string(62, '0'));
  EXPECT_EQ(read_blob_key("12", "ab" + std::string(62, '0')), key);
  EXPECT_FALSE(read_blob_key("0", std::string(64, '0')));
  EXPECT_FALSE(read_blob_key("-1", std::string(64, '0')));
  EXPECT_FALSE(read_blob_key("12x", std::string(64, '0')));
  EXPECT_FALSE(read_blob_key("12", std::string(62, '0')));
  EXPECT_FALSE(read_blob_key("12", std::string(64, 'g')));
  EXPECT_FALSE(read_blob_key("12", "../" + std::string(61, '0')));
  EXPECT_FALSE(read_offset("18446744073709551616"));
  EXPECT_EQ(read_offset("18446744073709551615"), UINT64_MAX);
  EXPECT_FALSE(read_offset(""));
  EXPECT_FALSE(read_offset("+1"));
}

}  // namespace
}  // namespace fieldnode::blobs
