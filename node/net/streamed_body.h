#pragma once

#include "node/net/body_taker.h"
#include "node/net/router.h"

namespace fieldnode::net {

/// A body on its way to the door that takes it in as it comes. What breaks there ends the taking and is the answer.
/// Thread: workers, one call at a time. Never throws.
class StreamedBody {
 public:
  StreamedBody(Route const& route, HttpRequest request, FaultReport const& report)
      : route_(route), request_(std::move(request)), report_(report) {}

  void take(std::string_view piece);
  void finish(Responder const& responder);

 private:
  template <class Step>
  void guarded(Step step);

  Route const& route_;
  HttpRequest request_;
  FaultReport const& report_;
  std::unique_ptr<BodyTaker> taker_;
  std::optional<HttpResponse> fault_;
};

}  // namespace fieldnode::net
