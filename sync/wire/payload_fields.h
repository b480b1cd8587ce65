#pragma once

#include "sync/rules/entry.h"
#include "sync/wire/archive.h"

/// The wire fields of each payload, one list for both directions. Order is the format: fields are only appended, at
/// the end of a payload; `OwnLimit`, `Resolution`, `ListCount` and
/// `Period` stand inside others and are closed. A payload without fields
/// needs no line. Private to this room. Source: PROTOCOL, "Payloads".
namespace fieldnode::wire {

// clang-format off
template <class A> void serialize(A& a, rules::OwnLimit& p) { a(p.clock, p.count, p.unit, p.statute); }

template <class A> void serialize(A& a, rules::Opening& p) { a(p.parent, p.parent_hash); }
template <class A> void serialize(A& a, rules::Resolution& p) { a(p.verified, p.beyond_duty, p.solved, p.unreachable); }
template <class A> void serialize(A& a, rules::Contact& p) { a(p.channel, p.outcome, p.completes); }
template <class A> void serialize(A& a, rules::ExtensionApplication& p) { a(p.ground, p.days); }
template <class A> void serialize(A& a, rules::ReturnApplication& p) { a(p.reason, p.suggested); }
template <class A> void serialize(A& a, rules::SpecialApplication& p) { a(p.days); }
template <class A> void serialize(A& a, rules::StaffAssignment& p) { a(p.to, p.inner_due); }
template <class A> void serialize(A& a, rules::Correction& p) { a(p.act, p.outcome); }
template <class A> void serialize(A& a, rules::Withdrawal& p) { a(p.application); }
template <class A> void serialize(A& a, rules::Anomaly& p) {
  a(p.what, p.milliseconds);
  if (a.has_appended(p.anchor != 0)) a.fixed(p.anchor);
}
template <class A> void serialize(A& a, rules::StaffChange& p) { a(p.who, p.role, p.disabled); }
template <class A> void serialize(A& a, rules::LinkOutage& p) {
  a(p.began.earliest, p.began.latest, p.ended.earliest, p.ended.latest, p.attempts, p.cause);
}
template <class A> void serialize(A& a, rules::ListCount& p) { a(p.journal, p.epoch, p.entries); }
template <class A> void serialize(A& a, rules::EvidenceExport& p) { a(p.counts, p.of_unit); }
template <class A> void serialize(A& a, rules::VetoContest& p) { a(p.veto); }
template <class A> void serialize(A& a, rules::RulesApplied& p) {
  a(p.policy_before, p.policy_after, p.calendar_before, p.calendar_after, p.earlier, p.later, p.overdue);
}

template <class A> void serialize(A& a, rules::Dispatch& p) {
  a(p.case_id, p.cycle, p.category, p.kind, p.lead, p.confidential, p.urgent, p.return_rounds, p.ruled, p.limits);
}
template <class A> void serialize(A& a, rules::ExtensionDecision& p) { a(p.application, p.granted, p.days); }
template <class A> void serialize(A& a, rules::ReturnDecision& p) { a(p.application, p.granted, p.final_ruling); }
template <class A> void serialize(A& a, rules::SpecialDecision& p) { a(p.application, p.granted, p.days); }
template <class A> void serialize(A& a, rules::UnreachableDecision& p) { a(p.resolution, p.confirmed); }
template <class A> void serialize(A& a, rules::RefusalOfAct& p) { a(p.act, p.code); }
template <class A> void serialize(A& a, rules::Conflict& p) { a(p.act); }
template <class A> void serialize(A& a, rules::Settlement& p) { a(p.act, p.stands); }
template <class A> void serialize(A& a, rules::SetAside& p) { a(p.act, p.code); }
template <class A> void serialize(A& a, rules::Adopt& p) {
  a(p.act);
  if (a.has_appended(!p.carried.empty())) {
    a.sized(p.carried);
    a(p.held_at);
  }
}
template <class A> void serialize(A& a, rules::CallBack& p) { a(p.reached, p.satisfied, p.solved); }
template <class A> void serialize(A& a, rules::SupervisionNote& p) { a(p.ground, p.veto); }
template <class A> void serialize(A& a, rules::Redo& p) { a(p.next); }
template <class A> void serialize(A& a, rules::Redact& p) { a(p.target, p.in_journal); }
template <class A> void serialize(A& a, rules::TimeCorrection& p) {
  a.fixed(p.anchor);
  if (a.has_appended(bool(p.second))) a(p.second);
}
template <class A> void serialize(A& a, rules::PolicyVersion& p) { a(p.version); }
template <class A> void serialize(A& a, rules::CalendarVersion& p) {
  a(p.version);
  if (a.has_appended(bool(p.second))) a(p.second);
}
template <class A> void serialize(A& a, rules::TimeRuling& p) { a(p.act, p.clock, p.in_time); }
template <class A> void serialize(A& a, rules::OutageSeen& p) { a(p.view, p.from, p.until); }
template <class A> void serialize(A& a, rules::PhoneReceipt& p) {
  a(p.upto);
  a.fixed(p.challenge);
  a.fixed(p.code);
}
template <class A> void serialize(A& a, rules::PhoneCheck& p) { a(p.receipt, p.holds); }
template <class A> void serialize(A& a, rules::Period& p) { a(p.from, p.until); }
template <class A> void serialize(A& a, rules::Veto& p) { a(p.period, p.cause, p.second); }
template <class A> void serialize(A& a, rules::VetoStep& p) { a(p.veto, p.move); }
template <class A> void serialize(A& a, rules::Publication& p) { a(p.period, p.corrects); }
// clang-format on

}  // namespace fieldnode::wire
