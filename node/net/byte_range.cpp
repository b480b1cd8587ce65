#include "node/net/byte_range.h"

#include <algorithm>
#include <charconv>

namespace fieldnode::net {
namespace {

std::optional<std::uint64_t> number_of(std::string_view text) {
  std::uint64_t number = 0;
  auto const read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

/// "-500": the last 500 bytes.
AskedRange last_bytes(std::string_view count_text, AskedRange const& whole) {
  auto const count = number_of(count_text);
  if (!count) return whole;
  auto const size = whole.range.count;
  if (*count == 0 || size == 0) return {RangeAsked::kNone, {}};
  auto const taken = std::min(*count, size);
  return {RangeAsked::kPart, {size - taken, taken}};
}

}  // namespace

AskedRange read_range(std::string_view header, std::uint64_t size) {
  AskedRange const whole{RangeAsked::kWhole, {0, size}};
  constexpr std::string_view kUnit = "bytes=";
  if (!header.starts_with(kUnit)) return whole;
  auto const range = header.substr(kUnit.size());
  auto const dash = range.find('-');
  if (dash == range.npos) return whole;
  if (dash == 0) return last_bytes(range.substr(1), whole);
  auto const from = number_of(range.substr(0, dash));
  auto const last_text = range.substr(dash + 1);
  auto const last = last_text.empty() ? std::optional(UINT64_MAX) : number_of(last_text);
  if (!from || !last || *last < *from) return whole;
  if (*from >= size) return {RangeAsked::kNone, {}};
  return {RangeAsked::kPart, {*from, std::min(*last, size - 1) - *from + 1}};
}

}  // namespace fieldnode::net
