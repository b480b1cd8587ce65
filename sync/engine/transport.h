#pragma once

#include <functional>

#include "sync/base/bytes.h"
#include "sync/base/result.h"
#include "sync/base/time.h"

namespace fieldnode::engine {

/// Takes a reply in as it comes; a refusal ends the exchange with it.
using ReplySink = std::function<Result<void>(BytesView piece)>;

/// Carries one request to the centre and brings one reply, in as many pieces as it comes in. Implementations: HTTPS,
/// the simulated network. Errors: any code, that of `take` included. Whatever fails, the request may or may not have
/// been taken in, and what `take` was given before counts: a reply that breaks off is not lost as far as it came.
class Transport {
 public:
  virtual ~Transport() = default;
  [[nodiscard]] virtual Result<void> exchange(BytesView request, std::chrono::seconds wait, ReplySink const& take) = 0;
};

}  // namespace fieldnode::engine
