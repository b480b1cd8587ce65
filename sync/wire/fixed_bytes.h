#pragma once

#include "sync/base/bytes.h"

namespace fieldnode::wire {

/// What is hashed or signed has a fixed layout: every number as 8 bytes, big end first.
class FixedBytes {
 public:
  FixedBytes& number(std::uint64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8) bytes_.push_back(static_cast<std::uint8_t>(value >> shift));
    return *this;
  }
  FixedBytes& raw(BytesView bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    return *this;
  }
  [[nodiscard]] BytesView view() const { return bytes_; }
  [[nodiscard]] Bytes take() { return std::move(bytes_); }

 private:
  Bytes bytes_;
};

}  // namespace fieldnode::wire
