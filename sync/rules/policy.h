#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sync/base/result.h"
#include "sync/rules/attachment_rule.h"
#include "sync/rules/deadline.h"
#include "sync/rules/limit.h"
#include "sync/rules/words.h"

/// The numbers of the measures. Where their notice is silent or has two readings a number is a *choice* and stands
/// here, so that a city changes a signed file and not the program. The defaults are `measures-v1`. Source:
/// requirements.
namespace fieldnode::rules {

/// D2: which moment starts the limits that the notice counts from receiving.
enum class ClockStart : std::uint8_t { kDispatch = 1, kDelivery = 2, kAcknowledgement = 3 };

/// E2 for extensions of the resolution. Units: the last two are multiples of the base limit; the total counts the base.
struct ExtensionRule {
  std::uint32_t count_max{2};
  std::uint32_t each_times_base{1};
  std::uint32_t total_times_base{3};

  friend bool operator==(ExtensionRule const&, ExtensionRule const&) = default;
};

/// D3: failed attempts that allow a resolution as unreachable.
struct UnreachableRule {
  std::uint32_t attempts{3};
  std::uint32_t working_days{2};  ///< different ones among the attempts
  bool meets_contact{true};       ///< once confirmed, the contact clock is met at the last of those attempts

  friend bool operator==(UnreachableRule const&, UnreachableRule const&) = default;
};

/// Design 5: when the node's own clock is enough for a verdict on a limit.
struct NodeClockRule {
  ClockClass clock_class{ClockClass::kAnchored};  ///< this class or a better one
  std::chrono::hours within{24};                  ///< of the anchor that the act rests on
  bool without_anomaly{true};                     ///< none since that anchor

  friend bool operator==(NodeClockRule const&, NodeClockRule const&) = default;
};

struct Policy {
  std::string version{"measures-v1"};

  // D1-D5, B1
  Limit acknowledge{2, LimitUnit::kHours};  ///< kWorkingHours by switch
  Limit contact{3, LimitUnit::kWorkingDays};
  Limit return_application{1, LimitUnit::kWorkingDays};
  Limit resolve{5, LimitUnit::kWorkingDays};
  Limit resolve_consultation{3, LimitUnit::kWorkingDays};
  ClockStart start{ClockStart::kDispatch};
  DayEnd day_end{DayEnd::kClose};

  // when whoever has it is warned, and then a supervisor: before a limit in hours, before one in days
  std::chrono::minutes warn_before_hours{30};
  std::uint32_t warn_before_days{1};  ///< Units: working days
  std::chrono::minutes escalate_before_hours{10};
  std::chrono::hours escalate_before_days{2};  ///< Units: office hours before close of business of the last day

  ExtensionRule extension{};
  UnreachableRule unreachable{};
  std::uint32_t return_rounds_max{2};  ///< B4: then a supervisor rules

  NodeClockRule node_clock_counts{};
  std::uint32_t drift_ppm{1000};  ///< design 5: the bound of a node's clock; a policy can only narrow it

  bool outage_excuses{};  ///< Q3: delay that a proven outage explains is left out of the rates; else only shown apart

  std::vector<Category> confidential{Category::kA3, Category::kA5};
  bool accused_head_to_superior{true};                                            ///< A3
  std::vector<std::string> emergency_lines{"110", "119", "120", "122", "96333"};  ///< N2
  std::uint32_t retention_months{36};                                             ///< K8
  AttachmentRule attachments{};

  /// The limit of the measures for one clock of an assignment.
  [[nodiscard]] Limit limit_of(ClockKind clock, CaseKind kind) const;

  friend bool operator==(Policy const&, Policy const&) = default;
};

/// Whether one more extension of `days` may be granted on `base` when `granted` were before.
/// Units: working days. Errors: `extension_not_days` for a base in another unit, `extension_empty`,
/// `extension_too_many`, `extension_too_long`, `extension_total`. Source: requirement E2.
[[nodiscard]] Result<> admit_extension(ExtensionRule const& rule, Limit base, std::span<std::uint32_t const> granted,
                                       std::uint32_t days);

}  // namespace fieldnode::rules
