#include "sync/crypto/token.h"

#include <gtest/gtest.h>

namespace fieldnode::crypto {
namespace {

TEST(Token, Has256BitsAndNeverComesTwice) {
  SeededRandom random(1);
  auto const first = random_token(random);
  EXPECT_EQ(from_hex(first).value().size(), 32u);
  EXPECT_NE(first, random_token(random));
  EXPECT_EQ(random_token_base32(random).size(), 52u);
}

TEST(Token, Base32IsCrockfords) {
  EXPECT_EQ(to_base32(Bytes{0xff, 0xff, 0xff, 0xff, 0xff}), "ZZZZZZZZ");
  EXPECT_EQ(to_base32(Bytes{0x00, 0x44, 0x32, 0x14, 0xc7}), "01234567");
  EXPECT_EQ(to_base32(Bytes{0x80}), "G0");
}

TEST(Code, OfEveryLengthReadsBack) {
  SeededRandom random(2);
  for (std::size_t size = 1; size <= kCodeMaxBytes; ++size) {
    Bytes payload(size);
    random.fill(payload);
    auto const code = to_code(payload);
    auto const read = read_code(code);
    ASSERT_TRUE(read) << code;
    EXPECT_EQ(*read, payload) << code;
  }
  EXPECT_EQ(random_code(random, 16).size(), 28u + 6u);
}

TEST(Code, ForgivesCaseSpacesAndLookalikes) {
  Bytes const payload{0x00, 0x44, 0x32, 0x14, 0xc7};
  auto code = to_code(payload);
  ASSERT_TRUE(code.starts_with("0123-4567")) << code;
  code[0] = 'o';
  code[1] = 'l';
  EXPECT_EQ(read_code(" " + code + "\n").value(), payload);
  code[1] = 'I';
  EXPECT_EQ(read_code(code).value(), payload);
}

std::string without_hyphens(std::string code) {
  std::erase(code, '-');
  return code;
}

TEST(Code, FindsEveryWrongCharacterAndEveryPairOfThem) {
  SeededRandom random(3);
  auto const right = without_hyphens(random_code(random, kCodeMaxBytes));
  constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  for (std::size_t i = 0; i < right.size(); ++i) {
    for (std::size_t j = i; j < right.size(); ++j) {
      auto wrong = right;
      wrong[i] = kAlphabet[(kAlphabet.find(right[i]) + 1 + random.below(31)) % 32];
      if (j != i) wrong[j] = kAlphabet[(kAlphabet.find(right[j]) + 1 + random.below(31)) % 32];
      EXPECT_EQ(read_code(wrong).error().code, "bad_code") << wrong << " for " << right;
    }
  }
}

TEST(Code, FindsEverySwapOfTwoUnequalCharacters) {
  SeededRandom random(4);
  auto const right = without_hyphens(random_code(random, 16));
  for (std::size_t i = 0; i < right.size(); ++i) {
    for (std::size_t j = i + 1; j < right.size(); ++j) {
      auto wrong = right;
      std::swap(wrong[i], wrong[j]);
      if (wrong != right) {
        EXPECT_FALSE(read_code(wrong)) << wrong;
      }
    }
  }
}

TEST(Code, RefusalsNameWhatIsWrong) {
  EXPECT_NE(read_code("AB*D").error().sentence.find("character 3"), std::string::npos);
  EXPECT_NE(read_code("UUUU").error().sentence.find("character 1"), std::string::npos);
  EXPECT_NE(read_code("").error().sentence.find("short"), std::string::npos);
  EXPECT_NE(read_code(std::string(100, '0')).error().sentence.find("long"), std::string::npos);
  EXPECT_NE(read_code("000").error().sentence.find("length"), std::string::npos);
}

}  // namespace
}  // namespace fieldnode::crypto
