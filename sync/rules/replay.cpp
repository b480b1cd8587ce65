#include "sync/rules/replay.h"

#include <algorithm>
#include <set>
#include <variant>

#include "sync/rules/fold.h"

namespace fieldnode::rules {

namespace {

EntryRefs refs_on(AssignmentId id, std::span<Placed const> entries) {
  EntryRefs refs;
  refs.reserve(entries.size());
  for (auto const& entry : entries) {
    if (entry.skeleton.assignment == id) refs.push_back(&entry);
  }
  return refs;
}

using Groups = std::map<AssignmentId, EntryRefs>;

Groups by_assignment(std::span<Placed const> entries) {
  Groups groups;
  for (auto const& entry : entries) groups[entry.skeleton.assignment].push_back(&entry);
  return groups;
}

EntryRefs taken(Groups& groups, AssignmentId id) {
  auto node = groups.extract(id);
  return node ? std::move(node.mapped()) : EntryRefs{};
}

VetoFact* veto_at(UnitState& state, Position at) {
  auto const found = std::ranges::find(state.vetoes, at, &VetoFact::by);
  return found == state.vetoes.end() ? nullptr : &*found;
}

/// What acts on the unit as a whole change. They are facts of the node: only a verdict keeps one out.
struct UnitAct {
  UnitState& state;
  Mark mark;
  void operator()(StaffChange const& change) const { state.staff[change.who] = {change.role, change.disabled, mark}; }
  void operator()(Anomaly const& anomaly) const { state.anomalies.push_back({mark, anomaly}); }
  void operator()(LinkOutage const& outage) const { state.outages.push_back({mark, outage}); }
  void operator()(VetoContest const& contest) const {
    if (auto* const veto = veto_at(state, contest.veto)) veto->contests.push_back(mark);
  }
  template <class Other>
  void operator()(Other const&) const {}
};

struct UnitEntry {
  UnitState& state;
  Position at;
  UtcTime time;
  StaffId staff;
  [[nodiscard]] Mark mark() const { return {at, central_time(time)}; }
  void operator()(PolicyVersion const& policy) const { state.policies.push_back({at, policy.version}); }
  void operator()(CalendarVersion const& calendar) const { state.calendars.push_back({at, calendar.version}); }
  void operator()(TimeCorrection const& correction) const { state.repealed_anchors.push_back(correction.anchor); }
  void operator()(OutageSeen const& seen) const { state.outages_seen.push_back({at, seen}); }
  void operator()(PhoneReceipt const& receipt) const { state.phone_receipts.push_back({at, time, receipt, {}}); }
  void operator()(PhoneCheck const& check) const {
    auto const checked = std::ranges::find(state.phone_receipts, check.receipt, &PhoneReceiptFact::by);
    if (checked != state.phone_receipts.end() && !checked->holds) checked->holds = check.holds;
  }
  void operator()(Veto const& veto) const { state.vetoes.push_back({at, time, staff, veto, {}, {}}); }
  void operator()(VetoStep const& step) const {
    if (auto* const veto = veto_at(state, step.veto)) veto->steps.push_back({at, time, step.move});
  }
  void operator()(Publication const& publication) const { state.publications.push_back({at, time, publication}); }
  void operator()(SupervisionNote const& note) const { state.supervision.push_back({mark(), note}); }
  template <class Other>
  void operator()(Other const&) const {}
};

std::set<Position> adopted_in(EntryRefs const& feed) {
  std::set<Position> adopted;
  for (auto const* const entry : feed) {
    if (auto const* const adopt = std::get_if<Adopt>(&entry->skeleton.payload)) adopted.insert(adopt->act);
  }
  return adopted;
}

void fold_unit_wide(UnitState& state, EntryRefs const& feed, EntryRefs acts, EpochOrder const& journals) {
  for (auto const* const entry : feed) {
    std::visit(UnitEntry{state, entry->at, entry->skeleton.time.estimate, entry->skeleton.staff},
               entry->skeleton.payload);
  }

  std::set<Position> out;
  for (auto const& verdict : verdicts_in(feed)) out.insert(verdict.act);
  auto const adopted = adopted_in(feed);
  auto const order = ordered(std::move(acts), journals);
  std::set<Position> counted;
  auto const fold = [&](Placed const& act) {
    if (!counted.insert(act.skeleton.origin.value_or(act.at)).second) return;
    std::visit(UnitAct{state, {act.at, act.skeleton.time}}, act.skeleton.payload);
  };
  for (auto const* const act : order.aside) {
    if (adopted.contains(act->at)) fold(*act);
  }
  for (auto const* const act : order.held) {
    if (!out.contains(act->at) || adopted.contains(act->at)) fold(*act);
  }
}

}  // namespace

AssignmentState replay_assignment(AssignmentId id, std::span<Placed const> feed, std::span<Placed const> acts,
                                  EpochOrder const& journals) {
  return fold_assignment(id, refs_on(id, feed), refs_on(id, acts), journals);
}

UnitState replay(std::span<Placed const> feed, std::span<Placed const> acts, EpochOrder const& journals) {
  UnitState state;
  auto feed_groups = by_assignment(feed);
  auto act_groups = by_assignment(acts);
  fold_unit_wide(state, taken(feed_groups, {}), taken(act_groups, {}), journals);
  for (auto& [id, entries] : feed_groups) {
    state.assignments.emplace(id, fold_assignment(id, entries, taken(act_groups, id), journals));
  }
  for (auto& [id, entries] : act_groups) {
    state.assignments.emplace(id, fold_assignment(id, {}, std::move(entries), journals));
  }
  return state;
}

}  // namespace fieldnode::rules
