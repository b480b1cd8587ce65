#include "node/net/streamed_body.h"

namespace fieldnode::net {

template <class Step>
void StreamedBody::guarded(Step step) {
  if (fault_) return;
  try {
    if (!taker_) taker_ = std::get<StreamHandler>(route_.handler)(request_);
    step();
  } catch (...) {
    fault_ = answer_to_fault(route_, report_);
  }
}

void StreamedBody::take(std::string_view piece) {
  guarded([&] { taker_->take(bytes_of(piece)); });
}

void StreamedBody::finish(Responder const& responder) {
  guarded([&] { taker_->finish(responder); });
  if (fault_) responder.answer(*std::move(fault_));
}

}  // namespace fieldnode::net
