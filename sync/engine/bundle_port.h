#pragma once

#include "sync/base/bytes.h"
#include "sync/base/result.h"

namespace fieldnode::engine {

/// Where a bundle is written, piece by piece. Implementations: a file, memory (the page's download).
class BundleSink {
 public:
  virtual ~BundleSink() = default;
  /// Errors: those of the disk.
  [[nodiscard]] virtual Result<void> put(BytesView bytes) = 0;
};

/// Where a bundle is read, twice: first to believe it, then to take it in. Implementations: a file, memory (the page's
/// upload).
class BundleSource {
 public:
  virtual ~BundleSource() = default;
  /// The next `size` bytes; fewer only where it ends. Errors: those of the disk, a stick that was pulled out among
  /// them.
  [[nodiscard]] virtual Result<Bytes> take(std::size_t size) = 0;
  [[nodiscard]] virtual Result<void> rewind() = 0;
};

}  // namespace fieldnode::engine
