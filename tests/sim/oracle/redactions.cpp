#include "tests/sim/oracle/redactions.h"

#include <fmt/format.h>

#include <algorithm>

namespace fieldnode::sim {

using wire::ListKind;

void Redactions::add(UnitId unit, Redaction const& redaction) { all_[unit].push_back(redaction); }

bool Redactions::has(UnitId unit, std::string const& act_id) const {
  auto const found = all_.find(unit);
  return found != all_.end() && std::ranges::find(found->second, act_id, &Redaction::act_id) != found->second.end();
}

void Redactions::look_at(SimOffice& office) {
  lists::EntryLists lists(office.connection(), office.vault(), office.identity().unit);
  look_at(lists, office.identity().unit, "its office");
}

void Redactions::look_at(SimCentre& centre, UnitId unit) {
  lists::EntryLists lists(centre.connection(), centre.vault(), unit);
  look_at(lists, unit, "the centre");
}

void Redactions::look_at(lists::EntryLists& lists, UnitId unit, std::string_view place) {
  rules::EpochOrder const feeds(lists.feed_runs());
  for (auto const& redaction : all_[unit]) {
    if (!feeds.holds(redaction.entry)) continue;  // the centre has lost it, and may give the words back
    auto const order = lists.entry_at(ListKind::kFeed, redaction.entry);
    // A restored centre may have lost it and given its place to something else.
    auto const* const said = order ? std::get_if<rules::Redact>(&order->skeleton.payload) : nullptr;
    if (said == nullptr || said->target != redaction.act) continue;
    auto const act = lists.entry_at(ListKind::kJournal, redaction.act);
    if (!act || act->entry.body.bytes.empty() || act->entry.body.form == wire::PartForm::kErased) continue;
    findings_.add("I8", fmt::format("unit {}: {} still has the words of act {}, which were redacted", unit.value, place,
                                    redaction.act_id));
  }
}

}  // namespace fieldnode::sim
