#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "node/net/http.h"
#include "node/net/responder.h"

namespace fieldnode::net {

/// Takes a request's body in while it comes, and answers when it is whole. A client that is lost before that leaves
/// what was given so far. Thread: workers, one call at a time.
class BodyTaker {
 public:
  virtual ~BodyTaker() = default;
  virtual void take(BytesView piece) = 0;
  virtual void finish(Responder responder) = 0;
};

/// Begins with a request whose body is still to come.
using StreamHandler = std::function<std::unique_ptr<BodyTaker>(HttpRequest const&)>;

}  // namespace fieldnode::net
