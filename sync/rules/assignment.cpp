#include "sync/rules/assignment.h"

#include <algorithm>

namespace fieldnode::rules {

Stage AssignmentState::stage() const {
  if (ending) return ending->how;
  if (dispatched_by.seq == 0) return Stage::kUndispatched;
  if (resolution) {
    bool const unconfirmed = resolution->claim.unreachable && resolution->confirmed_by.seq == 0;
    return unconfirmed ? Stage::kUnconfirmed : Stage::kResolved;
  }
  return reached() ? Stage::kContacted : Stage::kOpen;
}

ContactFact const* AssignmentState::reached() const {
  auto const found = std::ranges::find(contacts, ContactOutcome::kReached, &ContactFact::outcome);
  return found == contacts.end() ? nullptr : &*found;
}

bool AssignmentState::paused() const { return !pauses.empty() && !pauses.back().to; }

CallBackFact const* AssignmentState::answered_call_back() const {
  for (auto it = call_backs.rbegin(); it != call_backs.rend(); ++it) {
    if (it->result.reached) return &*it;
  }
  return nullptr;
}

bool AssignmentState::unsatisfied() const {
  auto const* const last = answered_call_back();
  return last && (last->result.satisfied == Degree::kNo || last->result.solved == Degree::kNo);
}

ActRecord const* AssignmentState::act(Position at) const {
  auto const own = std::ranges::find(acts, at, &ActRecord::at);
  if (own != acts.end() && own->standing != Standing::kSetAside) return &*own;
  auto const again = std::ranges::find_if(
      acts, [at](ActRecord const& record) { return record.origin == at && record.standing != Standing::kRepeated; });
  if (again != acts.end()) return &*again;
  return own == acts.end() ? nullptr : &*own;
}

std::vector<Position> AssignmentState::open_conflicts() const {
  std::vector<Position> open;
  for (auto const& record : acts) {
    if (record.standing == Standing::kConflict) open.push_back(record.at);
  }
  return open;
}

}  // namespace fieldnode::rules
