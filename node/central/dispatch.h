#pragma once

#include <vector>

#include "node/central/store/unit_work.h"
#include "sync/base/random.h"

namespace fieldnode::central {

/// A case to be given to a unit for one cycle.
struct DispatchOrder {
  AssignmentId id{};
  CaseRecord record;
  CaseContact contact;
  std::vector<rules::OwnLimit> limits;
  std::uint32_t cycle{1};
  std::uint32_t return_rounds{};  ///< made on the case before, by any unit (B4)
  bool ruled{};
  StaffId staff{};
  UtcTime at{};
};

/// Appends the dispatch to the feed of the unit whose transaction `work` is, with fresh salt keys, and after it what is
/// part of the case.
/// Errors: those of `rules::judge_decision` for a dispatch (`category_missing`, ...), `entry_too_large`.
[[nodiscard]] Result<Position> append_dispatch(UnitWork& work, DispatchOrder const& order, Random& random);

/// What a unit is told about a case in words.
[[nodiscard]] wire::Body words_of(CaseRecord const& record);

}  // namespace fieldnode::central
