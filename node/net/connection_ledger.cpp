#include "node/net/connection_ledger.h"

#include "sync/base/check.h"

namespace fieldnode::net {

bool ConnectionLedger::enter(std::string const& holder, std::size_t holder_max) {
  std::lock_guard const lock(mutex_);
  if (total_ >= max_) return false;
  auto const found = by_holder_.find(holder);
  if ((found == by_holder_.end() ? 0 : found->second) >= holder_max) return false;
  ++by_holder_[holder];
  ++total_;
  return true;
}

bool ConnectionLedger::move(std::string const& from, std::string const& to, std::size_t to_max) {
  std::lock_guard const lock(mutex_);
  auto const found = by_holder_.find(to);
  if ((found == by_holder_.end() ? 0 : found->second) >= to_max) return false;
  take_off(from);
  ++by_holder_[to];
  return true;
}

void ConnectionLedger::leave(std::string const& holder) {
  std::lock_guard const lock(mutex_);
  take_off(holder);
  --total_;
}

std::size_t ConnectionLedger::total() const {
  std::lock_guard const lock(mutex_);
  return total_;
}

void ConnectionLedger::take_off(std::string const& holder) {
  auto const found = by_holder_.find(holder);
  check(found != by_holder_.end(), "a connection leaves a holder that it never entered");
  if (--found->second == 0) by_holder_.erase(found);
}

}  // namespace fieldnode::net
