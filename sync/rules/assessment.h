#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "sync/rules/outages.h"
#include "sync/rules/verdict.h"

/// How a unit did in a period: a fold over what replay gives, so both ends and a later reader come to the same figures.
///
/// What counts in which period. A clock counts where it is *due*, by the due that its verdict was made with; one that
/// has no due (paused, never owed) where its assignment was dispatched. So every clock of every assignment stands in
/// exactly one cell of exactly one of the periods that follow each other. What is about a clock counts with it:
/// extensions and special circumstances with the resolution, returns with the return. Call-backs, supervision notes and
/// vetoes count by their own moments. Source: requirements Q1 to Q3, Q7.
namespace fieldnode::rules {

/// What became of one clock. A late one (ruled so, by the node's clock, proven, overdue) stands apart where there is
/// more to say: in kOutage where a proven outage explains the delay (had the clock stood still meanwhile, it would have
/// been in time), in kOnDelivery where it was due before the office could have it, in kOnDeliveryOutage where both are
/// so.
enum class ClockCell : std::uint8_t {
  kInTimeProven = 0,
  kInTimeByClock = 1,  ///< by the node's clock
  kRuledInTime = 2,    ///< by an operator, where nobody can prove it
  kUndetermined = 3,
  kRuledLate = 4,
  kLateByClock = 5,
  kLateProven = 6,
  kOverdue = 7,  ///< it runs, and is certainly overdue
  kOutage = 8,
  kOnDelivery = 9,
  kOnDeliveryOutage = 10,
  kHeld = 11,     ///< overdue, were it not for an application made in time, or a claim that waits to be confirmed
  kRunning = 12,  ///< not certainly overdue
  kPaused = 13,
  kNotOwed = 14,  ///< never ran, or the assignment ended before it was due
  kUnused = 15    ///< the right to return lapsed
};
inline constexpr std::size_t kClockCells = 16;

using CellCounts = std::array<std::uint32_t, kClockCells>;

/// What the cells of one kind of clock come to. Shape: `in_time` + `late` + `undetermined` = `judged`.
struct ClockSums {
  std::uint32_t
      judged{};  ///< what a rate is taken of; where the policy excuses outages, without those explained by one
  std::uint32_t in_time{};
  std::uint32_t undetermined{};
  std::uint32_t late{};     ///< with those on delivery, and those explained by an outage that does not excuse
  std::uint32_t excused{};  ///< left out of `judged`
};
[[nodiscard]] ClockSums sums_of(CellCounts const& cells, bool outage_excuses);
/// All of them.
[[nodiscard]] std::uint32_t total_of(CellCounts const& cells);

/// Applications of one kind. Shape: `asked` = the sum of the others.
struct ApplicationCounts {
  std::uint32_t asked{};
  std::uint32_t granted{};
  std::uint32_t denied{};
  std::uint32_t pending{};
  std::uint32_t withdrawn{};
  std::uint32_t void_by_end{};  ///< the assignment ended before the centre ruled
  friend bool operator==(ApplicationCounts const&, ApplicationCounts const&) = default;
};

/// Call-backs. An assignment counts once, by the last one that reached its citizen.
struct SatisfactionCounts {
  std::array<std::uint32_t, 4> satisfied{};  ///< by Degree; kNone: not said
  std::array<std::uint32_t, 4> solved{};
  std::uint32_t not_reached{};  ///< call-backs that reached nobody
  friend bool operator==(SatisfactionCounts const&, SatisfactionCounts const&) = default;
};

/// By SupervisionGround.
using GroundCounts = std::array<std::uint32_t, 10>;

/// Where a veto stands: the last of its steps that decides.
enum class VetoState : std::uint8_t { kStands = 1, kContested = 2, kWithdrawn = 3 };
[[nodiscard]] VetoState state_of(VetoFact const& veto);

struct Assessment {
  Period period{};
  std::array<CellCounts, 4> clocks{};  ///< by ClockKind: acknowledge, contact, return, resolve
  bool outage_excuses{};               ///< as the policy in force says
  std::uint32_t dispatched{};          ///< assignments that the unit got in the period
  std::uint32_t outside_calendar{};    ///< of those, how many no calendar reaches: their clocks stand in no cell
  ApplicationCounts extensions;
  ApplicationCounts specials;
  ApplicationCounts returns;  ///< each is a round (B4)
  SatisfactionCounts satisfaction;
  GroundCounts on_assignments{};  ///< supervision notes
  GroundCounts on_unit{};
  std::vector<VetoFact> vetoes;  ///< of this period or a part of it, withdrawn ones too
  TimeSpans outages;             ///< proven, as far as they lie in the period

  [[nodiscard]] CellCounts const& of(ClockKind kind) const { return clocks.at(static_cast<std::size_t>(kind) - 1); }
  /// Q2: a veto stands, contested or not.
  [[nodiscard]] bool vetoed() const;
  friend bool operator==(Assessment const&, Assessment const&) = default;
};

/// One clock in its cell, for those who want to see what a figure is made of.
struct ClockLine {
  AssignmentId assignment{};
  ClockCell cell{};
  ClockVerdict verdict;
  std::optional<UtcTime> due_without_outages;  ///< where a proven outage moves the due
};

struct AssessmentContext {
  Period period{};
  TimeInterval now{};
  bool outage_excuses{};
  /// The rules by which the assignment is judged, and the proofs of its acts.
  std::function<VerdictContext(AssignmentState const&)> verdicts;
  /// Told of each clock that counts in the period; may be empty.
  std::function<void(ClockLine const&)> each{};
};

[[nodiscard]] Assessment assess(UnitState const& state, AssessmentContext const& context);

/// A name for a cell, as the API and the tables of the tests use it.
[[nodiscard]] std::string_view name_of(ClockCell cell);
[[nodiscard]] std::optional<ClockCell> cell_named(std::string_view name);

}  // namespace fieldnode::rules
