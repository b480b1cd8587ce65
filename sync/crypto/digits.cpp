#include "sync/crypto/digits.h"

#include <algorithm>
#include <charconv>

#include "sync/base/check.h"

namespace fieldnode::crypto {
namespace {

constexpr std::size_t kCheckDigits = 2;
constexpr unsigned kModulus = 97;
/// What an input method writes for 0 to 9, and for a blank, in UTF-8.
constexpr std::string_view kWideDigit = "\xEF\xBC";
constexpr char kWideZero = '\x90';
constexpr std::string_view kWideBlank = "\xE3\x80\x80";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

unsigned remainder_after(unsigned remainder, std::string_view digits) {
  for (char const c : digits) remainder = (remainder * 10 + static_cast<unsigned>(c - '0')) % kModulus;
  return remainder;
}

/// The pair that makes the whole leave 1: 02 to 98, so that every text has one.
std::string check_digits(std::string_view digits, std::string_view context) {
  check(std::ranges::all_of(digits, is_digit) && std::ranges::all_of(context, is_digit), "digits are 0 to 9");
  check(digits.size() + context.size() <= kDigitsMost, "too many digits to read out");
  unsigned const remainder = remainder_after(remainder_after(0, context), digits) * 100 % kModulus;
  return padded(kModulus + 1 - remainder, kCheckDigits);
}

Refusal bad_digits(std::string const& what) {
  return refuse("bad_digits", "The digits cannot be right: " + what + " Read them out again, then type them again.");
}

/// Takes one character off the front; nothing when it may be passed over.
Result<std::string> next_digit(std::string_view& rest) {
  if (rest.starts_with(kWideBlank)) {
    rest.remove_prefix(kWideBlank.size());
    return std::string();
  }
  bool const is_wide = rest.starts_with(kWideDigit) && rest.size() > kWideDigit.size();
  if (is_wide) rest.remove_prefix(kWideDigit.size());
  char const c = is_wide ? static_cast<char>('0' + (rest.front() - kWideZero)) : rest.front();
  rest.remove_prefix(1);
  if (is_digit(c)) return std::string(1, c);
  bool const is_blank = !is_wide && std::string_view(" -\t\r\n").find(c) != std::string_view::npos;
  if (is_blank) return std::string();
  return bad_digits("something else than a digit stands among them.");
}

}  // namespace

std::string with_check_digits(std::string_view digits, std::string_view context) {
  return std::string(digits) + check_digits(digits, context);
}

Result<std::string> read_check_digits(std::string_view typed, std::string_view context) {
  std::string digits;
  while (!typed.empty()) {
    auto const digit = next_digit(typed);
    if (!digit) return digit.error();
    digits += *digit;
    if (digits.size() + context.size() > kDigitsMost) return bad_digits("there are too many.");
  }
  if (digits.size() <= kCheckDigits) return bad_digits("there are too few.");
  auto const given = digits.substr(digits.size() - kCheckDigits);
  digits.resize(digits.size() - kCheckDigits);
  if (given != check_digits(digits, context)) {
    return bad_digits("one is wrong, missing or in another's place, or they belong to another call.");
  }
  return digits;
}

std::string in_groups(std::string_view digits, std::initializer_list<std::size_t> sizes) {
  std::string grouped;
  for (auto const size : sizes) {
    grouped += digits.substr(0, size);
    digits.remove_prefix(std::min(size, digits.size()));
    if (digits.empty()) return grouped;
    grouped += ' ';
  }
  return grouped.append(digits);
}

std::string padded(std::uint64_t number, std::size_t width) {
  auto const digits = std::to_string(number);
  check(digits.size() <= width, "a number has more digits than its place");
  return std::string(width - digits.size(), '0') + digits;
}

std::uint64_t number_of(std::string_view digits) {
  std::uint64_t number = 0;
  auto const read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  check(read.ec == std::errc{} && read.ptr == digits.data() + digits.size(), "digits are no number");
  return number;
}

}  // namespace fieldnode::crypto
