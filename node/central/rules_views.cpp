#include "node/central/rules_views.h"

#include <boost/json/array.hpp>
#include <map>

#include "node/central/unit_views.h"
#include "node/web/rule_views.h"
#include "node/web/views.h"
#include "node/web/words_json.h"
#include "sync/rules/civil.h"

namespace fieldnode::central {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

object text_view(RuleText const& text) {
  return {{"kind", web::word_of(text.kind)}, {"version", text.version}, {"document", text.document}};
}

value moment_or_null(std::optional<UtcTime> t) { return t ? value(web::moment(*t)) : value(nullptr); }

void add_counts(object& view, rules::EffectCounts const& counts) {
  view["earlier"] = counts.earlier;
  view["later"] = counts.later;
  view["overdue"] = counts.overdue;
}

object moved_view(MovedAssignment const& moved) {
  return {{"assignment", std::to_string(moved.id.value)},
          {"unit", std::to_string(moved.unit.value)},
          {"case_number", moved.case_number},
          {"title", moved.title},
          {"clock", web::word_of(moved.due.clock)},
          {"before", moment_or_null(moved.due.before)},
          {"after", moment_or_null(moved.due.after)},
          {"overdue", moved.due.overdue}};
}

}  // namespace

object publication_view(RuleRecord const& record, StaffNames const& staff) {
  auto view = text_view(record.text);
  view["number"] = record.number;
  view["staff"] = staff_view(record.staff, staff);
  view["second"] = staff_view(record.second, staff);
  view["published_at"] = web::moment(record.published_at);
  return view;
}

object proposal_view(RuleProposal const& proposal, StaffNames const& staff) {
  auto view = text_view(proposal.text);
  view["id"] = std::to_string(proposal.id);
  view["staff"] = staff_view(proposal.staff, staff);
  view["proposed_at"] = web::moment(proposal.proposed_at);
  return view;
}

object trial_view(RuleTrial const& trial) {
  auto const& effect = trial.effect;
  object view{
      {"kind", web::word_of(trial.text.kind)},
      {"version", trial.text.version},
      {"published", trial.published},
      {"first_changed_day", trial.first_changed ? value(rules::format_day(*trial.first_changed)) : value(nullptr)},
      {"needs_second", trial.needs_second},
      {"open", effect.open}};
  add_counts(view, effect.counts);
  array units;
  for (auto const& one : effect.units) {
    object unit{{"unit", unit_view(one.unit)}};
    add_counts(unit, one.counts);
    units.push_back(std::move(unit));
  }
  view["units"] = std::move(units);
  array moved;
  for (auto const& one : effect.moved) moved.push_back(moved_view(one));
  view["moved"] = std::move(moved);
  return view;
}

value applied_by_view(std::optional<lists::StoredEntry> const& entry) {
  auto const* const applied = entry ? std::get_if<rules::RulesApplied>(&entry->skeleton.payload) : nullptr;
  if (applied == nullptr) return nullptr;
  auto view = web::applied_view(*applied);
  view["at"] = web::time_view(entry->skeleton.time);
  return view;
}

}  // namespace fieldnode::central
