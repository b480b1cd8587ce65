#pragma once

#include "node/lists/entry_lists.h"
#include "sync/rules/proofs.h"

namespace fieldnode::lists {

/// What a unit's two lists testify. Receipts and marks are kept apart from them, each end in its own tables.
class ListWitness : public rules::Witness {
 public:
  explicit ListWitness(EntryLists& lists) : lists_(lists) {}

  [[nodiscard]] std::optional<Position> made_on(Position act) final;
  [[nodiscard]] std::optional<UtcTime> feed_entry_time(Position entry) final;

 private:
  EntryLists& lists_;
};

}  // namespace fieldnode::lists
