#include "sync/crypto/digits.h"

#include <gtest/gtest.h>

#include "sync/base/random.h"

namespace fieldnode::crypto {
namespace {

constexpr std::string_view kContext = "1417";

/// What a message may be, in digits without check digits: a challenge, an answer, the longest code.
constexpr std::size_t kLengths[] = {1, 8, 15, 18, 27};

std::string random_digits(Random& random, std::size_t length) {
  std::string digits;
  while (digits.size() < length) digits += static_cast<char>('0' + random.below(10));
  return digits;
}

bool is_found(std::string const& typed) {
  auto const read = read_check_digits(typed, kContext);
  return !read && read.error().code == "bad_digits";
}

TEST(Digits, CheckDigitsAreThoseOfTheStandard) {
  // ISO 7064 MOD 97-10 of 794 is 44, as the standard's own example says.
  EXPECT_EQ(with_check_digits("794", ""), "79444");
  EXPECT_EQ(read_check_digits("79444", "").value(), "794");
}

TEST(Digits, ReadBackAsTheyWereSaid) {
  SeededRandom random(11);
  for (auto const length : kLengths) {
    for (int i = 0; i < 200; ++i) {
      auto const digits = random_digits(random, length);
      EXPECT_EQ(read_check_digits(with_check_digits(digits, kContext), kContext).value(), digits);
    }
  }
}

TEST(Digits, EveryWrongDigitIsFound) {
  SeededRandom random(12);
  for (auto const length : kLengths) {
    auto const right = with_check_digits(random_digits(random, length), kContext);
    for (std::size_t at = 0; at < right.size(); ++at) {
      for (char digit = '0'; digit <= '9'; ++digit) {
        auto wrong = right;
        wrong[at] = digit;
        EXPECT_EQ(is_found(wrong), wrong != right) << wrong << " for " << right;
      }
    }
  }
}

TEST(Digits, AnyTwoThatAreSwappedAreFoundWhereverTheyStand) {
  SeededRandom random(13);
  for (auto const length : kLengths) {
    for (int i = 0; i < 20; ++i) {
      auto const right = with_check_digits(random_digits(random, length), kContext);
      for (std::size_t a = 0; a < right.size(); ++a) {
        for (std::size_t b = a + 1; b < right.size(); ++b) {
          auto wrong = right;
          std::swap(wrong[a], wrong[b]);
          EXPECT_EQ(is_found(wrong), wrong != right) << wrong << " for " << right;
        }
      }
    }
  }
}

TEST(Digits, ADoubledDigitHeardAsAnotherDoubleIsFound) {
  for (char heard = '0'; heard <= '9'; ++heard) {
    auto wrong = with_check_digits("12335678", kContext);
    wrong[2] = wrong[3] = heard;
    EXPECT_EQ(is_found(wrong), heard != '3') << wrong;
  }
}

TEST(Digits, OfAnythingElseOneInNinetySevenIsMissed) {
  SeededRandom random(14);
  int missed = 0;
  constexpr int kTries = 100'000;
  for (int i = 0; i < kTries; ++i) missed += is_found(random_digits(random, 20)) ? 0 : 1;
  EXPECT_NEAR(missed, kTries / 97, 150);
}

TEST(Digits, OfAnotherContextAreFound) {
  // Contexts next to each other differ by one digit or by a swap, which is always found.
  auto const said = with_check_digits("12345678", "1417");
  for (auto const* other : {"1418", "1471", "2417", "141"}) EXPECT_FALSE(read_check_digits(said, other)) << other;
}

TEST(Digits, MayBeTypedWithBlanksHyphensAndWide) {
  EXPECT_EQ(read_check_digits(" 7-9 4\t44\n", "").value(), "794");
  EXPECT_EQ(read_check_digits("\xEF\xBC\x97\xEF\xBC\x99\xEF\xBC\x94\xE3\x80\x80"
                              "44",
                              "")
                .value(),
            "794");
}

TEST(Digits, WhatIsNoneIsRefusedInWords) {
  for (auto const* typed : {"", "4", "44", "79a44", "7\xEF\xBC", "\xEF\xBC\xA1\x34\x34", "79,444", "\xE3\x80"}) {
    EXPECT_EQ(read_check_digits(typed, "").error().code, "bad_digits") << typed;
  }
  EXPECT_NE(read_check_digits(std::string(200, '1'), "").error().sentence.find("too many"), std::string::npos);
}

TEST(Digits, StandInGroups) {
  EXPECT_EQ(in_groups("4271903815", {5}), "42719 03815");
  EXPECT_EQ(in_groups("26112614371234567896", {6, 4, 4, 4}), "261126 1437 1234 5678 96");
  EXPECT_EQ(in_groups("123", {3, 5}), "123");
  EXPECT_EQ(padded(7, 3), "007");
}

}  // namespace
}  // namespace fieldnode::crypto
