#include "sync/wire/bundle_files.h"

#include <gtest/gtest.h>

namespace fieldnode::wire {
namespace {

Hash address(std::uint8_t fill) {
  Hash hash{};
  hash.fill(fill);
  return hash;
}

BundleFileStates const kStates{Epoch{0x0123'4567'89ab'cdef},
                               {{AssignmentId{5}, address(1), 70'000, true}, {AssignmentId{6}, address(2), 0, false}}};
BundleFilePart const kPart{AssignmentId{5}, address(1), 1 << 20, Bytes{1, 2, 3}};

TEST(BundleFiles, ComeBackAsTheyWereWritten) {
  EXPECT_EQ(decode_file_states(encode_file_states(kStates)).value(), kStates);
  EXPECT_EQ(decode_file_part(encode_file_part(kPart)).value(), kPart);
}

/// As PROTOCOL has it, so that other programs can read it.
TEST(BundleFiles, HaveTheBytesOfTheProtocol) {
  auto const a = to_hex(address(1));
  auto const b = to_hex(address(2));
  EXPECT_EQ(to_hex(encode_file_states(kStates)),
            "0123456789abcdef02"
            "05" +
                a +
                "f0a204"
                "01"
                "06" +
                b + "0000");
  EXPECT_EQ(to_hex(encode_file_part(kPart)), "05" + a +
                                                 "808040"
                                                 "03"
                                                 "010203");
}

TEST(BundleFiles, CutAnywhereTheyAreRefused) {
  auto const states = encode_file_states(kStates);
  for (std::size_t size = 0; size < states.size(); ++size) {
    EXPECT_EQ(decode_file_states(BytesView(states).first(size)).error().code, "malformed_message") << size;
  }
  auto const part = encode_file_part(kPart);
  for (std::size_t size = 0; size < part.size(); ++size) {
    EXPECT_EQ(decode_file_part(BytesView(part).first(size)).error().code, "malformed_message") << size;
  }
}

TEST(BundleFiles, MoreThanABundleHoldsIsRefused) {
  BundleFileStates many{Epoch{1}, std::vector<BundleFileState>(kBundleFilesMost)};
  auto bytes = encode_file_states(many);
  EXPECT_TRUE(decode_file_states(bytes));
  bytes[8] += 1;  // the count's lowest bits
  Bytes const one_more(34 + 1, 0);
  bytes.insert(bytes.end(), one_more.begin(), one_more.end());
  EXPECT_FALSE(decode_file_states(bytes));
  auto const largest = BundleFilePart{AssignmentId{5}, address(1), 0, Bytes(kBundlePartMaxBytes)};
  EXPECT_TRUE(decode_file_part(encode_file_part(largest)));
  auto empty = encode_file_part(kPart);
  empty.resize(empty.size() - 4);
  empty.push_back(0);
  EXPECT_FALSE(decode_file_part(empty));
}

TEST(BundleFiles, WhatALaterVersionAppendsIsPassedOver) {
  auto states = encode_file_states(kStates);
  states.push_back(9);
  EXPECT_EQ(decode_file_states(states).value(), kStates);
  auto part = encode_file_part(kPart);
  part.push_back(9);
  EXPECT_EQ(decode_file_part(part).value(), kPart);
}

}  // namespace
}  // namespace fieldnode::wire
