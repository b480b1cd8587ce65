#include "tests/sim/oracle/act_roll.h"

#include <fmt/format.h>

#include <algorithm>

namespace fieldnode::sim {
namespace {

constexpr std::string_view kMark = "act-";

using Counts = std::map<std::string, unsigned>;

/// One of several appends of an act.
bool is_one_of_several(rules::ActRecord const& record, rules::AssignmentState const& state) {
  return record.origin ||
         std::ranges::any_of(state.acts, [&](rules::ActRecord const& other) { return other.origin == record.at; });
}

/// Adds those that have a place in the state and are not said to be repeats of another. Two copies may each have
/// appended an act again, and a restored centre have ruled on either: one that is judged away is none more.
void count(lists::StoredEntry const& act, rules::AssignmentState const& state, Counts& counts, Counts& judged_away) {
  auto const* const record = state.act(act.at);
  if (record == nullptr || record->standing == rules::Standing::kRepeated) return;
  auto id = act_id_in(act);
  if (id.empty()) return;
  bool const is_away = record->standing == rules::Standing::kRefused || record->standing == rules::Standing::kVoid;
  if (is_away && is_one_of_several(*record, state)) {
    judged_away[std::move(id)] = 1;
  } else {
    ++counts[std::move(id)];
  }
}

/// What stands in the journals, also on an assignment that the centre has lost: the act is there all the same.
template <class End>
Counts counted(End& end, UnitId unit, std::set<AssignmentId> const& ids) {
  lists::EntryLists lists(end.connection(), end.vault(), unit);
  Counts counts;
  Counts judged_away;
  for (auto const id : ids) {
    auto const state = lists.fold(id);
    if (!state) continue;
    for (auto const& act : lists.entries_of(wire::ListKind::kJournal, id)) count(act, *state, counts, judged_away);
  }
  counts.merge(judged_away);
  return counts;
}

unsigned count_of(Counts const& counts, std::string const& id) {
  auto const found = counts.find(id);
  return found == counts.end() ? 0 : found->second;
}

}  // namespace

/// It stands as a text of its own: its length in one byte before it.
std::string act_id_in(lists::StoredEntry const& act) {
  auto const body = text_of(act.entry.body.bytes);
  auto const at = body.rfind(kMark);
  if (at == std::string_view::npos || at == 0) return {};
  return std::string(body.substr(at, static_cast<std::uint8_t>(body[at - 1])));
}

void ActRoll::told(SimOffice const& machine, std::string const& act_id, AssignmentId assignment) {
  auto const unit = machine.identity().unit;
  if (auto const left = revoked_.find(&machine); left != revoked_.end()) {
    units_[unit].told.emplace(act_id, assignment);
    if (!left->second.contains(act_id)) units_[unit].outside.insert(act_id);
    return;
  }
  auto& here = machines_[&machine];
  here.unit = unit;
  here.acts.insert(act_id);
  units_[unit].told.emplace(act_id, assignment);
  units_[unit].awaited.insert(act_id);
}

void ActRoll::forget(UnitId unit, std::string const& act_id) {
  units_[unit].told.erase(act_id);
  units_[unit].awaited.erase(act_id);
}

std::uint64_t ActRoll::size() const {
  std::uint64_t size = 0;
  for (auto const& [id, unit] : units_) size += unit.told.size();
  return size;
}

std::set<std::string> ActRoll::on(SimOffice const& machine) const {
  auto const found = machines_.find(&machine);
  return found == machines_.end() ? std::set<std::string>{} : found->second.acts;
}

void ActRoll::look_at(SimOffice& machine) {
  auto& here = machines_[&machine];
  here.unit = machine.identity().unit;
  auto const& unit = units_[here.unit];
  std::set<AssignmentId> asked;
  for (auto const& act : unit.awaited) {
    if (!here.acts.contains(act)) asked.insert(unit.told.at(act));
  }
  for (auto const& [act, times] : counted(machine, here.unit, asked)) here.acts.insert(act);
}

void ActRoll::put_back(SimOffice const& machine, std::set<std::string> const& acts, SimCentre& centre) {
  auto const unit = machine.identity().unit;
  machines_[&machine] = {unit, acts};
  recount(unit, centre);
}

void ActRoll::copied(SimOffice const& original, SimOffice const& copy) {
  machines_[&copy] = {original.identity().unit, on(original)};
}

void ActRoll::gone(SimOffice const& machine, SimCentre& centre) {
  machines_.erase(&machine);
  recount(machine.identity().unit, centre);
}

void ActRoll::replaced(SimOffice const& machine, SimCentre& centre) {
  auto const unit = machine.identity().unit;
  // Also assignments of which no page was told anything yet: whoever presses once more hears that it was saved.
  std::set<AssignmentId> ids;
  auto stood_on = centre.connection().prepare("SELECT DISTINCT assignment FROM entry WHERE assignment <> 0");
  for (db::Row const row : stood_on) ids.insert(row.get<AssignmentId>(0));
  auto& held = revoked_[&machine];
  for (auto const& [act, times] : counted(centre, unit, ids)) held.insert(act);
  for (auto const& act : on(machine)) {
    if (!held.contains(act)) units_[unit].outside.insert(act);
  }
  machines_.erase(&machine);
  recount(unit, centre);
}

void ActRoll::recount(UnitId unit, SimCentre& centre) {
  auto& here = units_[unit];
  std::set<AssignmentId> ids;
  for (auto const& act : here.awaited) ids.insert(here.told.at(act));
  auto const there = counted(centre, unit, ids);
  std::erase_if(here.awaited, [&](std::string const& act) {
    bool const on_machine = std::ranges::any_of(machines_, [&](auto const& machine) {
      return machine.second.unit == unit && machine.second.acts.contains(act);
    });
    return !on_machine && count_of(there, act) == 0;
  });
}

void ActRoll::compare(SimOffice& office, SimCentre& centre) {
  auto const unit = office.identity().unit;
  auto const known = office.assignments();
  std::set<AssignmentId> ids(known.begin(), known.end());
  for (auto const& [act, assignment] : units_[unit].told) ids.insert(assignment);
  auto const here = counted(office, unit, ids);
  auto const there = counted(centre, unit, ids);
  for (auto const& [act, assignment] : units_[unit].told) {
    judge(unit, act, count_of(here, act), count_of(there, act));
  }
}

void ActRoll::judge(UnitId unit, std::string const& act_id, unsigned at_office, unsigned at_centre) {
  auto const found = fmt::format("unit {}: act {} counts {} times at its office and {} times at the centre", unit.value,
                                 act_id, at_office, at_centre);
  bool const counts = at_office + at_centre > 0;
  if (counts && units_[unit].outside.contains(act_id)) return findings_.add("I9", found + ", of a revoked node");
  if (at_office > 1 || at_centre > 1) return findings_.add("I2", found);
  if (at_office != at_centre) return findings_.add("I4", found);
  if (at_office == 0 && units_[unit].awaited.contains(act_id)) findings_.add("I1", found + " and was told to be saved");
}

}  // namespace fieldnode::sim
