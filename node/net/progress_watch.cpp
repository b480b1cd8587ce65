#include "node/net/progress_watch.h"

namespace fieldnode::net {

void ProgressWatch::allow(Milliseconds limit, Instant now) { limit_ = Limit{now + limit, limit, 0, 0}; }

void ProgressWatch::demand(std::uint64_t bytes, Milliseconds window, std::uint64_t counted, Instant now) {
  limit_ = Limit{now + window, window, bytes, counted};
}

bool ProgressWatch::is_overdue(std::uint64_t counted, Instant now) {
  if (!limit_) return false;
  if (limit_->demanded > 0 && counted >= limit_->from + limit_->demanded) {
    limit_->from = counted;
    limit_->end = now + limit_->window;
    return false;
  }
  return now >= limit_->end;
}

}  // namespace fieldnode::net
