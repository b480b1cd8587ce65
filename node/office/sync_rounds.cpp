#include "node/office/sync_rounds.h"

#include <algorithm>

namespace fieldnode::office {

std::uint64_t SyncRounds::ask() {
  if (!is_waited_for()) report_ = {};
  return ++asked_;
}

void SyncRounds::count(engine::ExchangeOutcome const& outcome) {
  if (!is_waited_for()) return;
  ++report_.exchanges;
  report_.acts_sent += outcome.acts_sent;
  report_.entries_received += outcome.entries_received;
}

void SyncRounds::serve(std::uint64_t number, Position feed_head) {
  if (number <= served_) return;
  served_ = number;
  goal_ = feed_head;
}

bool SyncRounds::reach(Position feed_held) {
  // Another feed than the one that was promised is a new one: what it begins with has been read.
  bool const reached = feed_held.epoch != goal_.epoch || feed_held.seq >= goal_.seq;
  if (served_ <= done_ || !reached) return false;
  done_ = served_;
  failure_.reset();
  return true;
}

bool SyncRounds::fail(std::uint64_t number, Refusal const& why) {
  if (number <= done_) return false;
  done_ = number;
  failure_ = why;
  return true;
}

Result<RoundReport> SyncRounds::result() const {
  if (failure_) return *failure_;
  return report_;
}

}  // namespace fieldnode::office
