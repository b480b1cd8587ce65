#include "sync/rules/outages.h"

#include <algorithm>
#include <optional>

namespace fieldnode::rules {
namespace {

TimeSpans united(TimeSpans spans) {
  std::erase_if(spans, [](TimeSpan const& span) { return span.until <= span.from; });
  std::ranges::sort(spans, {}, &TimeSpan::from);
  TimeSpans apart;
  for (auto const& span : spans) {
    if (!apart.empty() && span.from <= apart.back().until) {
      apart.back().until = std::max(apart.back().until, span.until);
    } else {
      apart.push_back(span);
    }
  }
  return apart;
}

/// What is certain of the node's word; nothing where its clock did not know when the attempts began to fail.
std::optional<TimeSpan> certain_part(LinkOutage const& outage) {
  if (!outage.began.latest) return std::nullopt;
  return TimeSpan{*outage.began.latest, outage.ended.earliest};
}

}  // namespace

TimeSpans proven_outages(UnitState const& state) {
  TimeSpans proven;
  for (auto const& [by, seen] : state.outages_seen) {
    if (seen.view == OutageView::kCentreDown) proven.push_back({seen.from, seen.until});
    if (seen.view != OutageView::kNodeSilent) continue;
    for (auto const& fact : state.outages) {
      if (auto const logged = certain_part(fact.outage)) {
        proven.push_back({std::max(seen.from, logged->from), std::min(seen.until, logged->until)});
      }
    }
  }
  return united(std::move(proven));
}

/// No two spans are united here: where one ends and the next begins there was an exchange. What was dispatched in the
/// moment of the last exchange before the silence may have come with it.
bool was_unreachable(UnitState const& state, UtcTime from, UtcTime until) {
  return std::ranges::any_of(state.outages_seen, [&](OutageSeenFact const& fact) {
    return fact.seen.view != OutageView::kNone && fact.seen.from < from && until < fact.seen.until;
  });
}

}  // namespace fieldnode::rules
