#include "sync/rules/proofs.h"

#include <algorithm>
#include <array>

namespace fieldnode::rules {
namespace {

/// A boot is none: it is said by the class that the node claims, and what a carried clock is worth is the policy's
/// word.
constexpr std::array kClockAnomalies{AnomalyKind::kWallStep, AnomalyKind::kSuspend, AnomalyKind::kClockUnsound};

bool is_repealed(UnitState const& unit, std::uint64_t anchor) {
  return std::ranges::find(unit.repealed_anchors, anchor) != unit.repealed_anchors.end();
}

bool is_before(Position earlier, Position later) { return earlier.epoch == later.epoch && earlier.seq < later.seq; }

/// Findings are journaled before the next act, under the anchor that was in force.
bool is_since_anchor(AnomalyFact const& fact, Mark const& act) {
  return fact.by.time.anchor == act.time.anchor && is_before(fact.by.at, act.at);
}

bool concerns(AnomalyFact const& fact, Mark const& act) {
  if (std::ranges::find(kClockAnomalies, fact.anomaly.what) == kClockAnomalies.end()) return false;
  return fact.anomaly.anchor != 0 ? fact.anomaly.anchor == act.time.anchor : is_since_anchor(fact, act);
}

std::optional<UtcTime> earlier_of(std::optional<UtcTime> one, std::optional<UtcTime> other) {
  return one && other ? std::min(*one, *other) : (one ? one : other);
}

/// Whoever names an anchor cannot have acted before it was given: a receipt that was sent, or an answer by telephone,
/// which goes by the number of its challenge. Of that the feed knows the moment, an office that waits for the feed only
/// the minute.
std::optional<UtcTime> anchored_at(std::uint64_t anchor, UnitState const& unit, Witness& witness) {
  if (anchor == 0 || is_repealed(unit, anchor)) return std::nullopt;
  auto const told = std::ranges::find(unit.phone_receipts, anchor,
                                      [](PhoneReceiptFact const& fact) { return fact.receipt.challenge; });
  return told == unit.phone_receipts.end() ? witness.anchor_sent_at(anchor) : told->at;
}

/// The first moment at which somebody said the head of a journal that holds the act.
std::optional<UtcTime> told_at(Position act, UnitState const& unit) {
  std::optional<UtcTime> told;
  for (auto const& fact : unit.phone_receipts) {
    auto const upto = fact.receipt.upto;
    if (fact.holds.value_or(false) && upto.epoch == act.epoch && act.seq <= upto.seq) told = earlier_of(told, fact.at);
  }
  return told;
}

std::optional<UtcTime> held_at(Position act, UnitState const& unit, Witness& witness) {
  return earlier_of(witness.received_at(act), told_at(act, unit));
}

}  // namespace

ActProof proof_of(AssignmentState const& state, Mark const& act, UnitState const& unit, Witness& witness) {
  ActProof proof;
  proof.anchored_at = anchored_at(act.time.anchor, unit, witness);
  if (auto const basis = witness.made_on(act.at)) proof.made_on = witness.feed_entry_time(*basis);
  proof.held_at = held_at(act.at, unit, witness);
  auto const* const record = state.act(act.at);
  if (record != nullptr && record->origin) {
    proof.held_at = earlier_of(proof.held_at, held_at(*record->origin, unit, witness));
  }
  if (record != nullptr) proof.held_at = earlier_of(proof.held_at, record->held_at);
  proof.anomaly = std::ranges::any_of(unit.anomalies, [&](AnomalyFact const& fact) { return concerns(fact, act); });
  return proof;
}

VerdictContext verdict_context(AssignmentState const& state, UnitState const& unit, RuleShelf const& rules,
                               Witness& witness) {
  auto const& book = *rules.book_for(state);
  auto const calendar_then = [&](Mark const& act) -> Calendar const* {
    auto const basis = witness.made_on(act.at);
    return basis ? &rules.calendar_then(*basis) : nullptr;
  };
  return {.policy = book.policy,
          .calendar = book.calendar,
          .calendar_then = calendar_then,
          .proof_of = [&](Mark const& act) { return proof_of(state, act, unit, witness); }};
}

Result<std::vector<ClockVerdict>> verdicts_of(AssignmentState const& state, UnitState const& unit,
                                              RuleShelf const& rules, Witness& witness) {
  return verdicts_of(state, verdict_context(state, unit, rules, witness));
}

}  // namespace fieldnode::rules
