#include "sync/rules/attempts.h"

#include <algorithm>
#include <vector>

#include "sync/rules/calendar.h"
#include "sync/rules/policy.h"

namespace fieldnode::rules {

std::optional<Mark> decisive_attempt(AssignmentState const& state, Policy const& policy, Calendar const& calendar) {
  std::size_t attempts = 0;
  std::vector<CivilDay> working_days;
  for (auto const& contact : state.contacts) {
    if (contact.outcome == ContactOutcome::kReached) continue;
    ++attempts;
    CivilDay const day = day_of(contact.by.time.estimate);
    bool const working = calendar.covers(day) && calendar.is_working(day);
    if (working && std::ranges::find(working_days, day) == working_days.end()) working_days.push_back(day);
    if (attempts >= policy.unreachable.attempts && working_days.size() >= policy.unreachable.working_days)
      return contact.by;
  }
  return std::nullopt;
}

}  // namespace fieldnode::rules
