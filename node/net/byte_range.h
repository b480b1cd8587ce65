#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace fieldnode::net {

/// A part of a body: `count` bytes from `from`.
struct ByteRange {
  std::uint64_t from{};
  std::uint64_t count{};
  friend bool operator==(ByteRange const&, ByteRange const&) = default;
};

enum class RangeAsked { kWhole, kPart, kNone };

struct AskedRange {
  RangeAsked asked{};  ///< kNone: there is no such part (416)
  ByteRange range;     ///< of the whole where the whole is asked
  friend bool operator==(AskedRange const&, AskedRange const&) = default;
};

/// Reads a Range header of a body of `size` bytes. One range; several, other units and what is no range ask for the
/// whole, as RFC 9110 allows. Source: RFC 9110, 14.
[[nodiscard]] AskedRange read_range(std::string_view header, std::uint64_t size);

}  // namespace fieldnode::net
