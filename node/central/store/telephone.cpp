#include "node/central/store/telephone.h"

#include <algorithm>

namespace fieldnode::central {
namespace {

constexpr std::size_t kTellingDigits = 7;  // of a local line; less is an extension or a service
constexpr std::size_t kMobileDigits = 11;
constexpr std::string_view kAbroad = "00";
constexpr std::string_view kChina = "86";

}  // namespace

std::string dialled_digits(std::string_view text) {
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
  if (digits.starts_with(kAbroad)) digits.erase(0, kAbroad.size());
  if (digits.starts_with(kChina) && digits.size() >= kChina.size() + kMobileDigits) digits.erase(0, kChina.size());
  return digits.size() < kTellingDigits ? std::string() : digits;
}

}  // namespace fieldnode::central
