#include "sync/rules/epoch_order.h"

namespace fieldnode::rules {

std::optional<std::size_t> EpochOrder::rank(Epoch epoch) const {
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    if (runs_[i].epoch == epoch) return i;
  }
  return std::nullopt;
}

bool EpochOrder::holds(Position at) const {
  auto const place = rank(at.epoch);
  return place && at.seq <= runs_[*place].end;
}

bool EpochOrder::covers(Position upto, Position at) const {
  auto const last = rank(upto.epoch);
  auto const place = rank(at.epoch);
  if (!last || !place || at.seq > runs_[*place].end) return false;
  return *place < *last || (*place == *last && at.seq <= upto.seq);
}

bool EpochOrder::before(Position left, Position right) const {
  auto const left_rank = rank(left.epoch);
  auto const right_rank = rank(right.epoch);
  if (left_rank != right_rank) return left_rank < right_rank;
  return left.seq < right.seq;
}

}  // namespace fieldnode::rules
