#pragma once

#include "sync/base/bytes.h"
#include "sync/base/result.h"
#include "sync/base/time.h"

namespace fieldnode::engine {

/// Carries one request to the centre and brings one reply. Implementations: HTTPS, the simulated network.
/// Errors: any code; whatever fails, the request may or may not have been taken in.
class Transport {
 public:
  virtual ~Transport() = default;
  [[nodiscard]] virtual Result<Bytes> exchange(BytesView request, std::chrono::seconds wait) = 0;
};

}  // namespace fieldnode::engine
