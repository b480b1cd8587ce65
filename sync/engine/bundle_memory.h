#pragma once

#include <algorithm>

#include "sync/engine/bundle_port.h"

namespace fieldnode::engine {

/// A bundle in memory, as the page hands one out or takes one in. Whoever fills it bounds it.
class MemoryBundle final : public BundleSink, public BundleSource {
 public:
  MemoryBundle() = default;
  explicit MemoryBundle(Bytes bytes) : bytes_(std::move(bytes)) {}

  [[nodiscard]] Result<void> put(BytesView bytes) override {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    return {};
  }
  [[nodiscard]] Result<Bytes> take(std::size_t size) override {
    auto const part = BytesView(bytes_).subspan(at_, std::min(size, bytes_.size() - at_));
    at_ += part.size();
    return Bytes(part.begin(), part.end());
  }
  [[nodiscard]] Result<void> rewind() override {
    at_ = 0;
    return {};
  }

  [[nodiscard]] Bytes const& bytes() const { return bytes_; }

 private:
  Bytes bytes_;
  std::size_t at_{};
};

}  // namespace fieldnode::engine
