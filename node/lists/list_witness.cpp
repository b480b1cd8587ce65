#include "node/lists/list_witness.h"

#include <algorithm>

namespace fieldnode::lists {

using wire::ListKind;

std::optional<Position> ListWitness::made_on(Position act) {
  auto const skeleton = lists_.skeleton_at(ListKind::kJournal, act);
  if (!skeleton || skeleton->basis.seq == 0) return std::nullopt;
  return Position{skeleton->basis.epoch, std::max(skeleton->basis.seq, skeleton->previewed)};
}

std::optional<UtcTime> ListWitness::feed_entry_time(Position entry) {
  auto const skeleton = lists_.skeleton_at(ListKind::kFeed, entry);
  if (!skeleton) return std::nullopt;
  return skeleton->time.interval.earliest;
}

}  // namespace fieldnode::lists
