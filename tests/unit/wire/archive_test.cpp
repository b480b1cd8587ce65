#include "sync/wire/archive.h"

#include <gtest/gtest.h>

namespace fieldnode::wire {
namespace {

template <class T>
Bytes packed(T const& value) {
  PackedOutput output;
  output(value);
  return output.take();
}

template <class T>
Result<T> unpacked(Bytes const& bytes) {
  return decoded(bytes, "malformed_entry", "value", [](PackedInput& input) {
    T value{};
    input(value);
    return value;
  });
}

Bytes hex(std::string_view text) { return from_hex(text).value(); }

TEST(Archive, NumbersTakeSevenBitsAByte) {
  EXPECT_EQ(to_hex(packed(std::uint64_t{0})), "00");
  EXPECT_EQ(to_hex(packed(std::uint64_t{127})), "7f");
  EXPECT_EQ(to_hex(packed(std::uint64_t{300})), "ac02");
  EXPECT_EQ(to_hex(packed(UINT64_MAX)), "ffffffffffffffffff01");
  EXPECT_EQ(to_hex(packed(std::int64_t{-1})), "01");
  EXPECT_EQ(to_hex(packed(INT64_MIN)), "ffffffffffffffffff01");
}

TEST(Archive, EveryWidthOfNumberComesBack) {
  for (unsigned shift = 0; shift < 64; ++shift) {
    for (std::uint64_t const near : {-1, 0, 1}) {
      std::uint64_t const value = (std::uint64_t{1} << shift) + near;
      EXPECT_EQ(unpacked<std::uint64_t>(packed(value)).value(), value);
      auto const as_signed = static_cast<std::int64_t>(value);
      EXPECT_EQ(unpacked<std::int64_t>(packed(as_signed)).value(), as_signed);
    }
  }
}

struct BadInput {
  char const* bytes;
  char const* why;
};

TEST(Archive, NumbersThatAreNotInTheirShortestFormAreRefused) {
  for (auto const& [bytes, why] : {BadInput{"8000", "longer than it needs"},
                                   {"ff8000", "longer than it needs"},
                                   {"ffffffffffffffffff02", "more than 64 bits"},
                                   {"ffffffffffffffffff8100", "more than 64 bits"},
                                   {"80", "ends inside"},
                                   {"", "ends"}}) {
    auto const read = unpacked<std::uint64_t>(hex(bytes));
    ASSERT_FALSE(read) << bytes;
    EXPECT_EQ(read.error().code, "malformed_entry");
    EXPECT_NE(read.error().sentence.find(why), std::string::npos) << read.error().sentence;
  }
}

TEST(Archive, ANumberBeyondItsTypeIsRefused) {
  EXPECT_TRUE(unpacked<std::uint8_t>(hex("ff01")));
  EXPECT_FALSE(unpacked<std::uint8_t>(hex("8002")));
  EXPECT_FALSE(unpacked<std::uint32_t>(hex("8080808010")));
}

TEST(Archive, ABoolIsZeroOrOne) {
  EXPECT_EQ(unpacked<bool>(hex("01")).value(), true);
  EXPECT_EQ(unpacked<bool>(hex("00")).value(), false);
  EXPECT_FALSE(unpacked<bool>(hex("02")));
  EXPECT_FALSE(unpacked<std::optional<std::uint8_t>>(hex("0207")));
}

TEST(Archive, ALengthBeyondTheInputIsRefusedBeforeAnythingIsReserved) {
  EXPECT_FALSE(unpacked<std::string>(hex("0361")));
  EXPECT_FALSE(unpacked<std::string>(hex("ffffffffffffffffff01")));
  EXPECT_FALSE(unpacked<std::vector<std::string>>(hex("ffffffff0f")));
  EXPECT_FALSE(unpacked<Hash>(hex("00112233")));
}

TEST(Archive, EveryPairOfMomentsHasADifference) {
  auto const first = utc_from_ms(INT64_MIN);
  auto const last = utc_from_ms(INT64_MAX);
  for (auto const base : {first, utc_from_ms(0), last}) {
    for (auto const value : {first, utc_from_ms(-1), last}) {
      PackedOutput output;
      output.delta(value, base);
      PackedInput input(output.view());
      UtcTime read{};
      input.delta(read, base);
      EXPECT_EQ(read, value);
    }
  }
}

TEST(Archive, TheRefusalNamesThePlaceInTheWholeInput) {
  auto const bytes = hex("0102036180");
  auto const read = decoded(bytes, "malformed_entry", "value", [](PackedInput& input) {
    std::uint8_t first{};
    input(first);
    auto block = input.get_block();
    std::string text;
    block(text);
    return text;
  });
  EXPECT_EQ(read.error().sentence, "The value cannot be read at byte 3: the input ends 2 bytes too early.");
}

}  // namespace
}  // namespace fieldnode::wire
