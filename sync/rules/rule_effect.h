#pragma once

#include <cstdint>
#include <optional>

#include "sync/rules/clocks.h"
#include "sync/rules/rule_book.h"

/// What other rules do to what is running: asked before they are published, and told when they are applied.
namespace fieldnode::rules {

/// The first duty of an assignment whose due instant moves. A due instant that appears where none was (the calendar
/// did not reach) moves earlier, one that vanishes later.
struct MovedDue {
  ClockKind clock{};
  std::optional<UtcTime> before;
  std::optional<UtcTime> after;
  bool overdue{};  ///< some duty is certainly overdue by the new rules, and was not by the old ones

  [[nodiscard]] bool earlier() const { return after && (!before || *after < *before); }
  friend bool operator==(MovedDue const&, MovedDue const&) = default;
};

struct RuleChange {
  RuleBook const& before;
  RuleBook const& after;
  TimeInterval now{};
};

/// Nothing where no running duty moves. `delivered_at` matters only if a policy starts the limits at delivery.
[[nodiscard]] std::optional<MovedDue> effect_on(AssignmentState const& state, RuleChange const& change,
                                                std::optional<UtcTime> delivered_at = std::nullopt);

/// How many assignments move.
struct EffectCounts {
  std::uint32_t earlier{};
  std::uint32_t later{};
  std::uint32_t overdue{};

  void add(MovedDue const& moved);
  friend bool operator==(EffectCounts const&, EffectCounts const&) = default;
};

/// The first day that both calendars cover and on which they differ. A change of days that are past, which may be
/// undone by nobody's work, needs two persons.
[[nodiscard]] std::optional<CivilDay> first_changed_day(Calendar const& before, Calendar const& after);

}  // namespace fieldnode::rules
