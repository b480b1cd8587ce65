#include "node/lists/carried_entry.h"

#include "sync/wire/carried_act.h"

namespace fieldnode::lists {

std::optional<StoredEntry> carried_entry(StoredEntry const& entry) {
  auto act = wire::carried_act(entry.skeleton);
  if (!act) return std::nullopt;
  return StoredEntry{act->at, {}, {}, std::move(act->skeleton), entry.entry};
}

}  // namespace fieldnode::lists
