#pragma once

#include "sync/base/result.h"
#include "sync/base/time.h"
#include "sync/rules/assignment.h"
#include "sync/rules/epoch_order.h"
#include "sync/rules/lifecycle.h"

/// May this be done? Asked once at the office before an act is recorded and once at the centre when it is admitted.
/// The only part of the lifecycle that reads policy, calendar and time; `replay.h` never asks again.
namespace fieldnode::rules {

struct Policy;

enum class Side : std::uint8_t { kOffice = 1, kCentre = 2 };

struct JudgeContext {
  Policy const& policy;
  Calendar const& calendar;
  Side side{};
  /// When the act is (was) made. Office: the node's trusted interval. Centre: what is proven whatever the node says,
  /// after the anchor that the act embeds and before its receipt. A decision: the centre's own time.
  TimeInterval now{};
  /// Feed epochs in registered order; null: every position is of one epoch.
  EpochOrder const* feeds{};
  /// D12: the calendar that the node knew when it made the act, if another; the later due counts.
  Calendar const* calendar_then{};
  /// When the dispatch reached the node; read only if the policy starts the limits at delivery.
  std::optional<UtcTime> delivered_at{};
};

enum class Ruling : std::uint8_t {
  kAdmit = 1,
  kRefuse = 2,
  kConflict = 3,  ///< centre only: made without knowledge of the end (B6)
  kSetAside = 4   ///< kept without effect: not an act, or of a kind that this program does not know
};

/// `undetermined`: an application that was perhaps made after its limit; taken, shown with its bracket (design 5).
struct Judgement {
  Ruling ruling{Ruling::kAdmit};
  Refusal why{};  ///< kRefuse, kConflict, kSetAside
  bool undetermined{};
};

/// What the centre does with `act`, given `state` before it. `kRefuse` codes: every code of `refusals.h` that the
/// lifecycle table gives for an act. An office never gets kConflict: it knows the end and refuses `assignment_ended`.
[[nodiscard]] Judgement classify(AssignmentState const& state, Skeleton const& act, JudgeContext const& context);

/// The office's question: anything but kAdmit is a refusal. Errors: as `classify`.
[[nodiscard]] Result<void> judge(AssignmentState const& state, Skeleton const& act, JudgeContext const& context);

/// May the centre append this decision? Errors: the codes that the lifecycle table gives for decisions.
[[nodiscard]] Result<void> judge_decision(AssignmentState const& state, Skeleton const& decision,
                                          JudgeContext const& context);

}  // namespace fieldnode::rules
