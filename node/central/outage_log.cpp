#include "node/central/outage_log.h"

#include "sync/rules/outages.h"

namespace fieldnode::central {
namespace {

void say(UnitWork& work, rules::OutageView view, rules::TimeSpan const& span, UtcTime now) {
  work.append_entry(rules::EntryKind::kOutageSeen, {}, rules::OutageSeen{view, span.from, span.until}, now);
}

}  // namespace

bool log_outages(UnitWork& work, UtcTime now) {
  if (work.epochs().awaits_report()) return false;  // nothing is said to the unit meanwhile
  auto const gaps = work.take_untold_gaps();
  for (auto const& gap : gaps) say(work, rules::OutageView::kCentreDown, gap, now);
  auto const node = work.find_node(work.heads().node);
  auto const heard = node ? node->news.last_exchange_at : std::nullopt;
  bool const silent = heard && now - *heard >= rules::kOutageLeast;
  if (silent) say(work, rules::OutageView::kNodeSilent, {*heard, now}, now);
  return silent || !gaps.empty();
}

}  // namespace fieldnode::central
