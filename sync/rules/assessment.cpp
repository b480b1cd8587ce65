#include "sync/rules/assessment.h"

#include <algorithm>
#include <numeric>

namespace fieldnode::rules {
namespace {

constexpr std::array<std::string_view, kClockCells> kCellNames{
    "in_time_proven", "in_time_by_clock", "ruled_in_time", "undetermined", "ruled_late",         "late_by_clock",
    "late_proven",    "overdue",          "outage",        "on_delivery",  "on_delivery_outage", "held",
    "running",        "paused",           "not_owed",      "unused"};

bool lies_in(UtcTime moment, Period const& period) { return period.from <= moment && moment < period.until; }

bool is_certainly_after(TimeInterval when, UtcTime due) { return is_after(when, due) == Certainty::kCertainly; }

bool is_late(ClockCell cell) { return cell >= ClockCell::kRuledLate && cell <= ClockCell::kOverdue; }

ClockCell cell_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kInTimeProven:
      return ClockCell::kInTimeProven;
    case Verdict::kInTimeByClock:
      return ClockCell::kInTimeByClock;
    case Verdict::kUndetermined:
      return ClockCell::kUndetermined;
    case Verdict::kLateByClock:
      return ClockCell::kLateByClock;
    case Verdict::kLateProven:
      return ClockCell::kLateProven;
  }
  return ClockCell::kUndetermined;
}

/// Of a clock without a verdict: it runs, stands still, or was not owed to its end.
ClockCell cell_of_open(DeadlineClock const& clock, TimeInterval now) {
  if (clock.state == ClockState::kVoid) return ClockCell::kNotOwed;
  bool const waits = clock.extension_pending || clock.awaits_confirmation;
  if (clock.state == ClockState::kEnded && !waits) {
    return clock.kind == ClockKind::kReturn ? ClockCell::kUnused : ClockCell::kNotOwed;
  }
  if (!clock.due()) return ClockCell::kPaused;
  if (!is_certainly_after(now, *clock.due())) return ClockCell::kRunning;
  if (clock.kind == ClockKind::kReturn) return ClockCell::kUnused;
  return waits ? ClockCell::kHeld : ClockCell::kOverdue;
}

ClockCell cell_of(DeadlineClock const& clock, ClockVerdict const& verdict, TimeInterval now) {
  if (verdict.ruled) return verdict.ruled->ruling.in_time ? ClockCell::kRuledInTime : ClockCell::kRuledLate;
  return verdict.verdict ? cell_of(*verdict.verdict) : cell_of_open(clock, now);
}

/// One assignment under the rules that it is judged by.
class Reading {
 public:
  Reading(UnitState const& unit, AssignmentState const& state, TimeSpans const& outages, TimeInterval now,
          VerdictContext const& rules)
      : unit_(unit), state_(state), outages_(outages), now_(now), rules_(rules) {}

  [[nodiscard]] Result<std::vector<ClockLine>> lines() const {
    auto const clocks = clocks_of(state_, rules_.policy, rules_.calendar, rules_.delivered_at);
    if (!clocks) return clocks.error();
    auto verdicts = verdicts_of(state_, rules_);
    if (!verdicts) return verdicts.error();
    std::vector<ClockLine> lines;
    for (std::size_t i = 0; i < clocks->size(); ++i) {
      ClockLine line{state_.id, cell_of((*clocks)[i], (*verdicts)[i], now_), std::move((*verdicts)[i]), {}};
      if (is_late(line.cell)) set_apart(line, (*clocks)[i]);
      lines.push_back(std::move(line));
    }
    return lines;
  }

 private:
  void set_apart(ClockLine& line, DeadlineClock const& clock) const {
    bool const on_delivery = was_unreachable(unit_, state_.dispatched_at, *line.verdict.due);
    bool const outage = is_explained(line, clock);
    if (on_delivery) {
      line.cell = outage ? ClockCell::kOnDeliveryOutage : ClockCell::kOnDelivery;
    } else if (outage) {
      line.cell = ClockCell::kOutage;
    }
  }

  /// Would it have been in time, had the clock stood still while the unit provably could not exchange? A statute's
  /// clock never stands still (E5).
  [[nodiscard]] bool is_explained(ClockLine& line, DeadlineClock const& clock) const {
    auto paused = state_;
    for (auto const& outage : outages_) paused.pauses.push_back({outage.from, outage.until});
    auto const due = due_while_running(paused, clock.kind, rules_.policy, rules_.calendar, rules_.delivered_at);
    if (!due || !*due || **due <= *line.verdict.due) return false;
    line.due_without_outages = *due;
    return is_in_time_by(**due, line, clock);
  }

  [[nodiscard]] bool is_in_time_by(UtcTime due, ClockLine const& line, DeadlineClock const& clock) const {
    if (auto const& act = line.verdict.act) {
      auto const verdict = verdict_on(due, act->time, rules_.proof_of(*act), rules_.policy.node_clock_counts);
      return verdict == Verdict::kInTimeProven || verdict == Verdict::kInTimeByClock;
    }
    return !is_certainly_after(clock.ended_at ? exactly(*clock.ended_at) : now_, due);
  }

  UnitState const& unit_;
  AssignmentState const& state_;
  TimeSpans const& outages_;
  TimeInterval now_;
  VerdictContext const& rules_;
};

bool is_granted(AssignmentState const& state, Position application) {
  bool const time = std::ranges::find(state.granted, application, &GrantedTime::application) != state.granted.end();
  return time || (state.granted_return && state.granted_return->by.at == application);
}

bool is_pending(AssignmentState const& state, Position application) {
  auto const is = [&](auto const& pending) { return pending && pending->by.at == application; };
  return is(state.pending_extension) || is(state.pending_special) || is(state.pending_return);
}

/// What became of an application. One that the end overtook has a decision of its own only where it was not ruled in by
/// an operator, whose entry stands at the same place of the record.
std::uint32_t& outcome_of(ApplicationCounts& counts, AssignmentState const& state, ActRecord const& act) {
  bool const ruled_in = act.standing == Standing::kStands || act.standing == Standing::kAdopted;
  if (act.standing == Standing::kWithdrawn) return counts.withdrawn;
  if (is_granted(state, act.at)) return counts.granted;
  if (is_pending(state, act.at)) return state.ending ? counts.void_by_end : counts.pending;
  return act.ruled_by.seq == 0 || (ruled_in && state.ending) ? counts.void_by_end : counts.denied;
}

void count(ApplicationCounts& counts, AssignmentState const& state, ActRecord const& act) {
  ++counts.asked;
  ++outcome_of(counts, state, act);
}

bool counts_at_all(Standing standing) {
  return standing == Standing::kTaken || standing == Standing::kStands || standing == Standing::kAdopted ||
         standing == Standing::kWithdrawn;
}

class Tally {
 public:
  Tally(UnitState const& unit, AssessmentContext const& context)
      : unit_(unit), context_(context), outages_(proven_outages(unit)) {
    result_.period = context.period;
    result_.outage_excuses = context.outage_excuses;
    for (auto const& outage : outages_) {
      TimeSpan const part{std::max(outage.from, context.period.from), std::min(outage.until, context.period.until)};
      if (part.from < part.until) result_.outages.push_back(part);
    }
  }

  void add(AssignmentState const& state) {
    if (state.dispatched_by.seq == 0) return;
    bool const is_new = lies_in(state.dispatched_at, context_.period);
    if (is_new) ++result_.dispatched;
    add_moments(state);
    auto const rules = context_.verdicts(state);
    auto const lines = Reading(unit_, state, outages_, context_.now, rules).lines();
    if (!lines) {
      if (is_new) ++result_.outside_calendar;
      return;
    }
    for (auto const& line : *lines) add_clock(state, line);
  }

  Assessment finish() {
    for (auto const& fact : unit_.supervision) add_ground(result_.on_unit, fact);
    for (auto const& veto : unit_.vetoes) {
      bool const concerns =
          veto.veto.period.from < context_.period.until && context_.period.from < veto.veto.period.until;
      if (concerns) result_.vetoes.push_back(veto);
    }
    return std::move(result_);
  }

 private:
  void add_clock(AssignmentState const& state, ClockLine const& line) {
    if (!lies_in(line.verdict.due.value_or(state.dispatched_at), context_.period)) return;
    auto const kind = line.verdict.kind;
    ++result_.clocks.at(static_cast<std::size_t>(kind) - 1).at(static_cast<std::size_t>(line.cell));
    if (context_.each) context_.each(line);
    if (kind == ClockKind::kResolve) add_applications(state, EntryKind::kExtensionApplication, result_.extensions);
    if (kind == ClockKind::kResolve) add_applications(state, EntryKind::kSpecialApplication, result_.specials);
    if (kind == ClockKind::kReturn) add_applications(state, EntryKind::kReturnApplication, result_.returns);
  }

  static void add_applications(AssignmentState const& state, EntryKind kind, ApplicationCounts& counts) {
    for (auto const& act : state.acts) {
      if (act.kind == kind && counts_at_all(act.standing)) count(counts, state, act);
    }
  }

  void add_moments(AssignmentState const& state) {
    for (auto const& fact : state.supervision) add_ground(result_.on_assignments, fact);
    for (auto const& call : state.call_backs) {
      if (!call.result.reached && lies_in(call.by.time.estimate, context_.period)) ++result_.satisfaction.not_reached;
    }
    auto const* const answered = state.answered_call_back();
    if (answered == nullptr || !lies_in(answered->by.time.estimate, context_.period)) return;
    ++result_.satisfaction.satisfied.at(static_cast<std::size_t>(answered->result.satisfied));
    ++result_.satisfaction.solved.at(static_cast<std::size_t>(answered->result.solved));
  }

  void add_ground(GroundCounts& counts, SupervisionFact const& fact) const {
    if (lies_in(fact.by.time.estimate, context_.period)) ++counts.at(static_cast<std::size_t>(fact.note.ground));
  }

  UnitState const& unit_;
  AssessmentContext const& context_;
  TimeSpans outages_;
  Assessment result_;
};

}  // namespace

ClockSums sums_of(CellCounts const& cells, bool outage_excuses) {
  auto const of = [&](ClockCell cell) { return cells[static_cast<std::size_t>(cell)]; };
  auto const apart = of(ClockCell::kOutage) + of(ClockCell::kOnDeliveryOutage);
  ClockSums sums;
  sums.in_time = of(ClockCell::kInTimeProven) + of(ClockCell::kInTimeByClock) + of(ClockCell::kRuledInTime);
  sums.undetermined = of(ClockCell::kUndetermined);
  sums.late = of(ClockCell::kRuledLate) + of(ClockCell::kLateByClock) + of(ClockCell::kLateProven) +
              of(ClockCell::kOverdue) + of(ClockCell::kOnDelivery);
  (outage_excuses ? sums.excused : sums.late) += apart;
  sums.judged = sums.in_time + sums.undetermined + sums.late;
  return sums;
}

std::uint32_t total_of(CellCounts const& cells) { return std::accumulate(cells.begin(), cells.end(), 0U); }

VetoState state_of(VetoFact const& veto) {
  auto const steps = [&](VetoMove move) { return std::ranges::count(veto.steps, move, &VetoStepFact::move); };
  if (steps(VetoMove::kWithdrawn) > 0) return VetoState::kWithdrawn;
  auto const contests = static_cast<std::ptrdiff_t>(veto.contests.size());
  return contests > steps(VetoMove::kRejected) ? VetoState::kContested : VetoState::kStands;
}

bool Assessment::vetoed() const {
  return std::ranges::any_of(vetoes, [](VetoFact const& veto) { return state_of(veto) != VetoState::kWithdrawn; });
}

Assessment assess(UnitState const& state, AssessmentContext const& context) {
  Tally tally(state, context);
  for (auto const& [id, assignment] : state.assignments) tally.add(assignment);
  return tally.finish();
}

std::string_view name_of(ClockCell cell) { return kCellNames.at(static_cast<std::size_t>(cell)); }

std::optional<ClockCell> cell_named(std::string_view name) {
  auto const found = std::ranges::find(kCellNames, name);
  if (found == kCellNames.end()) return std::nullopt;
  return static_cast<ClockCell>(found - kCellNames.begin());
}

}  // namespace fieldnode::rules
