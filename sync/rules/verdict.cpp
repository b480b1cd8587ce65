#include "sync/rules/verdict.h"

#include <algorithm>

#include "sync/rules/calendar.h"
#include "sync/rules/references.h"

namespace fieldnode::rules {
namespace {

bool is_at_least(ClockClass claimed, ClockClass wanted) {
  auto const rank = [](ClockClass one) { return one == ClockClass::kCentral ? 0 : static_cast<int>(one); };
  return claimed != ClockClass::kNone && rank(claimed) <= rank(wanted);
}

bool contradicts(TimeInterval const& claimed, TimeInterval const& proven) {
  return (proven.latest && claimed.earliest > *proven.latest) || (claimed.latest && *claimed.latest < proven.earliest);
}

/// What the node claims, as far as it is not proven otherwise. A carried clock claims its estimate, and no more than
/// the floor where that is all it has.
TimeInterval narrowed(TimeEvidence const& claimed, TimeInterval const& proven) {
  TimeInterval interval = claimed.interval;
  if (claimed.clock_class == ClockClass::kCarried) interval = exactly(claimed.estimate);
  interval.earliest = std::max(interval.earliest, proven.earliest);
  if (!interval.latest || (proven.latest && *proven.latest < *interval.latest)) interval.latest = proven.latest;
  return interval;
}

/// A limit that had passed when the centre ended the assignment was broken, by the centre's own time; one that had not
/// is owed no more.
std::optional<Verdict> verdict_at_end(DeadlineClock const& clock) {
  bool const owed = clock.kind != ClockKind::kReturn && !clock.extension_pending;
  if (!owed || is_after(exactly(*clock.ended_at), *clock.due()) != Certainty::kCertainly) return std::nullopt;
  return Verdict::kLateProven;
}

/// D12: a calendar that the node did not know does not make its act late.
void forgive(ClockVerdict& verdict, AssignmentState const& state, VerdictContext const& context) {
  auto const* const then = context.calendar_then ? context.calendar_then(*verdict.act) : nullptr;
  if (then == nullptr) return;
  auto const due = due_while_running(state, verdict.kind, context.policy, *then, context.delivered_at);
  if (!due || !*due || !verdict.due || **due <= *verdict.due) return;
  verdict.due = **due;
  verdict.forgiven = true;
}

bool is_proven(Verdict verdict) { return verdict == Verdict::kInTimeProven || verdict == Verdict::kLateProven; }

std::optional<TimeRulingFact> ruling_on(AssignmentState const& state, Position act, ClockKind clock) {
  std::optional<TimeRulingFact> last;
  for (auto const& fact : state.time_rulings) {
    if (fact.ruling.clock == clock && names_act(state, fact.ruling.act, act)) last = fact;
  }
  return last;
}

ClockVerdict judge_clock(DeadlineClock const& clock, AssignmentState const& state, VerdictContext const& context) {
  ClockVerdict verdict{.kind = clock.kind, .due = clock.due(), .verdict = {}, .act = clock.met_by};
  bool const open = clock.state == ClockState::kRunning || clock.state == ClockState::kPaused ||
                    clock.state == ClockState::kVoid || clock.awaits_confirmation;
  if (open || !verdict.due) return verdict;
  if (!verdict.act) {
    verdict.verdict = verdict_at_end(clock);
    return verdict;
  }
  forgive(verdict, state, context);
  auto const proof = context.proof_of(*verdict.act);
  verdict.bracket = proof.bracket();
  verdict.trust = trust_in(verdict.act->time, proof, context.policy.node_clock_counts);
  verdict.verdict = verdict_on(*verdict.due, verdict.act->time, proof, context.policy.node_clock_counts);
  if (!is_proven(*verdict.verdict)) verdict.ruled = ruling_on(state, verdict.act->at, clock.kind);
  return verdict;
}

}  // namespace

TimeInterval ActProof::bracket() const {
  return {std::max(anchored_at.value_or(UtcTime{}), made_on.value_or(UtcTime{})), held_at};
}

ClockTrust trust_in(TimeEvidence const& claimed, ActProof const& proof, NodeClockRule const& rule) {
  if (!is_at_least(claimed.clock_class, rule.clock_class)) return ClockTrust::kClassTooLow;
  if (!proof.anchored_at || claimed.estimate - *proof.anchored_at > rule.within) return ClockTrust::kAnchorTooOld;
  if (rule.without_anomaly && proof.anomaly) return ClockTrust::kAnomalySince;
  return contradicts(claimed.interval, proof.bracket()) ? ClockTrust::kContradictsProof : ClockTrust::kEnough;
}

Verdict verdict_on(UtcTime due, TimeEvidence const& claimed, ActProof const& proof, NodeClockRule const& rule) {
  auto const proven = proof.bracket();
  auto const surely = is_after(proven, due);
  if (surely == Certainty::kNo) return Verdict::kInTimeProven;
  if (surely == Certainty::kCertainly) return Verdict::kLateProven;
  if (trust_in(claimed, proof, rule) != ClockTrust::kEnough) return Verdict::kUndetermined;
  switch (is_after(narrowed(claimed, proven), due)) {
    case Certainty::kNo:
      return Verdict::kInTimeByClock;
    case Certainty::kCertainly:
      return Verdict::kLateByClock;
    case Certainty::kMaybe:
      break;
  }
  return Verdict::kUndetermined;
}

Result<std::vector<ClockVerdict>> verdicts_of(AssignmentState const& state, VerdictContext const& context) {
  auto const clocks = clocks_of(state, context.policy, context.calendar, context.delivered_at);
  if (!clocks) return clocks.error();
  std::vector<ClockVerdict> verdicts;
  for (auto const& clock : *clocks) verdicts.push_back(judge_clock(clock, state, context));
  return verdicts;
}

}  // namespace fieldnode::rules
