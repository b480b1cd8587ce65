#include "sync/rules/digest_form.h"

#include <concepts>
#include <type_traits>

namespace fieldnode::rules {

namespace {

/// Appends values; one overload for each kind of fact.
class Writer {
 public:
  [[nodiscard]] Bytes take() { return std::move(bytes_); }

  template <class... Values>
  void all(Values const&... values) {
    (put(values), ...);
  }

  template <class Number>
  requires std::integral<Number> || std::is_enum_v<Number>
  void put(Number number) {
    auto const bits = static_cast<std::uint64_t>(number);
    for (int shift = 56; shift >= 0; shift -= 8) bytes_.push_back(static_cast<std::uint8_t>(bits >> shift));
  }
  void put(std::string const& text) {
    put(text.size());
    bytes_.insert(bytes_.end(), text.begin(), text.end());
  }
  void put(UtcTime t) { put(ms_of(t)); }
  void put(Position at) { all(at.epoch, at.seq); }
  template <class Tag>
  void put(Id<Tag> id) {
    put(id.value);
  }
  template <class Value>
  void put(std::optional<Value> const& value) {
    put(value.has_value());
    if (value) put(*value);
  }
  template <class Value>
  void put(std::vector<Value> const& values) {
    put(values.size());
    for (auto const& value : values) put(value);
  }
  template <class Key, class Value>
  void put(std::map<Key, Value> const& values) {
    put(values.size());
    for (auto const& [key, value] : values) all(key, value);
  }

  void put(TimeInterval const& v) { all(v.earliest, v.latest); }
  void put(TimeEvidence const& v) { all(v.clock_class, v.interval, v.estimate, v.anchor); }
  void put(Mark const& v) { all(v.at, v.time); }
  void put(OwnLimit const& v) { all(v.clock, v.count, v.unit, v.statute); }
  void put(Dispatch const& v) {
    all(v.case_id, v.cycle, v.category, v.kind, v.lead, v.confidential, v.urgent, v.return_rounds, v.ruled, v.limits);
  }
  void put(ContactFact const& v) { all(v.by, v.outcome); }
  void put(Resolution const& v) { all(v.verified, v.beyond_duty, v.solved, v.unreachable); }
  void put(ResolutionFact const& v) { all(v.by, v.claim, v.confirmed_by); }
  void put(TimeApplication const& v) { all(v.by, v.days); }
  void put(ReturnApplicationFact const& v) { all(v.by, v.reason); }
  void put(GrantedTime const& v) { all(v.application, v.decision, v.days, v.special); }
  void put(PauseSpan const& v) { all(v.from, v.to); }
  void put(StaffFact const& v) { all(v.by, v.to, v.inner_due); }
  void put(CallBackFact const& v) { all(v.by, v.result.reached, v.result.satisfied, v.result.solved); }
  void put(SupervisionFact const& v) { all(v.by, v.note.ground, v.note.veto); }
  void put(RedactFact const& v) { all(v.by, v.redact.target, v.redact.in_journal); }
  void put(TimeRulingFact const& v) { all(v.by, v.ruling.act, v.ruling.clock, v.ruling.in_time); }
  void put(AnomalyFact const& v) { all(v.by, v.anomaly.what, v.anomaly.milliseconds, v.anomaly.anchor); }
  void put(LinkOutage const& v) { all(v.began, v.ended, v.attempts, v.cause); }
  void put(OutageFact const& v) { all(v.by, v.outage); }
  void put(OutageSeenFact const& v) { all(v.by, v.seen.view, v.seen.from, v.seen.until); }
  void put(PhoneReceiptFact const& v) { all(v.by, v.at, v.receipt.upto, v.receipt.challenge, v.receipt.code, v.holds); }
  void put(Period const& v) { all(v.from, v.until); }
  void put(VetoStepFact const& v) { all(v.by, v.at, v.move); }
  void put(VetoFact const& v) {
    all(v.by, v.at, v.first, v.veto.period, v.veto.cause, v.veto.second, v.steps, v.contests);
  }
  void put(PublicationFact const& v) { all(v.by, v.at, v.publication.period, v.publication.corrects); }
  void put(Ending const& v) { all(v.how, v.at, v.time, v.next); }
  void put(ActRecord const& v) { all(v.at, v.origin, v.kind, v.standing, v.code, v.ruled_by); }
  void put(VersionFact const& v) { all(v.at, v.version); }
  void put(RosterEntry const& v) { all(v.role, v.disabled, v.by); }

  void put(AssignmentState const& v) {
    all(v.id, v.dispatched_by, v.dispatched_at, v.dispatch, v.acknowledged, v.contacts, v.resolution,
        v.pending_extension, v.pending_special, v.pending_return, v.granted_return, v.granted, v.return_rounds, v.ruled,
        v.pauses, v.staff, v.call_backs, v.supervision, v.redacted, v.time_rulings, v.notes, v.updates, v.ending,
        v.acts, v.idle_entries);
  }
  void put(UnitState const& v) {
    all(v.assignments, v.policies, v.calendars, v.staff, v.repealed_anchors, v.anomalies, v.outages, v.outages_seen,
        v.phone_receipts, v.vetoes, v.publications, v.supervision);
  }

 private:
  Bytes bytes_;
};

template <class State>
Bytes form_of(State const& state) {
  Writer writer;
  writer.put(state);
  return writer.take();
}

}  // namespace

Bytes digest_form(AssignmentState const& state) { return form_of(state); }
Bytes digest_form(UnitState const& state) { return form_of(state); }

}  // namespace fieldnode::rules
