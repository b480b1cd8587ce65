#pragma once

#include <span>
#include <vector>

#include "sync/rules/assignment.h"
#include "sync/rules/epoch_order.h"

/// The fold of one assignment over entries that stand elsewhere; `replay.h` is its door.
namespace fieldnode::rules {

/// Entries that the caller keeps alive.
using EntryRefs = std::vector<Placed const*>;

/// `acts` in the order of the fold, those that `journals` does not hold apart.
struct OrderedActs {
  EntryRefs held;
  EntryRefs aside;
};
[[nodiscard]] OrderedActs ordered(EntryRefs acts, EpochOrder const& journals);

/// What the feed says about an act, read before the fold begins.
struct ActVerdict {
  Position act{};
  Standing standing{};
  std::string_view code;
  Position by{};
};
/// The first verdict on each act counts. Shape: views into `feed`.
[[nodiscard]] std::vector<ActVerdict> verdicts_in(std::span<Placed const* const> feed);

/// Shape: `feed` in list order; all entries name `id`.
[[nodiscard]] AssignmentState fold_assignment(AssignmentId id, EntryRefs const& feed, EntryRefs acts,
                                              EpochOrder const& journals);

}  // namespace fieldnode::rules
