#pragma once

#include <string_view>

#include "node/central/store/central_store.h"

namespace fieldnode::central {

/// Makes appeals about one matter one case (K7). A repeat under the same client-made id does nothing. Thread: any.
class MergeDesk {
 public:
  explicit MergeDesk(CentralStore& store) : store_(store) {}

  /// Makes the case part of `into`; the unit that has that one is told in its feed. `now` is the centre's time.
  /// Errors: `unknown_case`; those of `require_unsettled` and `require_mergeable_into`; `merge_into_itself`;
  /// `case_moves`, when `into` changes hands again and again; `entry_too_large`, `bad_request_id`, `request_id_reused`.
  [[nodiscard]] Result<void> merge(StaffId who, std::string_view request_id, CaseId id, CaseId into, UtcTime now);

 private:
  struct Order;
  [[nodiscard]] Result<void> try_merge(Order const& order);

  CentralStore& store_;
};

/// What an entry says on an assignment about an appeal that is part of its case: number, words, place. As a note,
/// because other tags would take the place of the case's own words at the office. The caller's data is not in it.
[[nodiscard]] FeedDraft merged_appeal(AssignmentId assignment, CaseRecord const& appeal, StaffId staff, UtcTime at);

}  // namespace fieldnode::central
