#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "node/central/store/records.h"
#include "sync/rules/rule_effect.h"

/// What the centre keeps of policies and calendars, as values.
namespace fieldnode::central {

/// A policy or a calendar as its author wrote it. Shape: `kind` is kPolicy or kCalendar.
struct RuleText {
  rules::EntryKind kind{};
  std::string version;  ///< as the text names itself
  std::string document;
  friend bool operator==(RuleText const&, RuleText const&) = default;
};

/// Published; never changed.
struct RuleRecord {
  std::uint64_t number{};  ///< 1, 2, 3, ...: the order of publication
  RuleText text;
  StaffId staff{};   ///< none: at the command line
  StaffId second{};  ///< whoever confirmed it; none: nobody had to
  UtcTime published_at{};
  friend bool operator==(RuleRecord const&, RuleRecord const&) = default;
};

enum class RuleStanding : std::uint8_t { kWaits = 1, kConfirmed = 2, kDeclined = 3 };

/// A calendar that changes days that are past, on its way through two pairs of hands.
struct RuleProposal {
  std::uint64_t id{};
  RuleText text;
  StaffId staff{};
  UtcTime proposed_at{};
  RuleStanding standing{RuleStanding::kWaits};
  StaffId ruled_by{};
  std::optional<UtcTime> ruled_at;
  friend bool operator==(RuleProposal const&, RuleProposal const&) = default;
};

/// One assignment that a version would move.
struct MovedAssignment {
  AssignmentId id{};
  UnitId unit{};
  std::string case_number;
  std::string title;
  rules::MovedDue due;
};

struct UnitEffect {
  UnitRecord unit;
  rules::EffectCounts counts;
};

/// What a version would do to what is open now.
struct RulePreview {
  std::uint64_t open{};  ///< assignments looked at
  rules::EffectCounts counts;
  std::vector<UnitEffect> units;       ///< those in which something moves, by code
  std::vector<MovedAssignment> moved;  ///< the most pressing ones
};

}  // namespace fieldnode::central
