#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "sync/base/time.h"
#include "sync/rules/assignment.h"
#include "sync/rules/clocks.h"
#include "sync/rules/entry.h"
#include "sync/rules/rule_book.h"
#include "sync/rules/verdict.h"
#include "sync/wire/entry.h"

/// What the pages of both ends show of entries and clocks, as JSON. Instants are texts in +08:00, ids are texts.
namespace fieldnode::web {

/// `2026-10-10T17:00:00+08:00`, with milliseconds where they are not 0.
[[nodiscard]] std::string moment(UtcTime t);

/// {"earliest","latest"|null,"estimate","class"}.
[[nodiscard]] boost::json::object time_view(rules::TimeEvidence const& time);

/// {"earliest","latest"|null}.
[[nodiscard]] boost::json::object interval_view(TimeInterval const& interval);

/// {"epoch","seq"}.
[[nodiscard]] boost::json::object position_view(Position at);

/// One clock. `now`: what is known of the present.
[[nodiscard]] boost::json::object clock_view(rules::DeadlineClock const& clock, TimeInterval now);
/// All clocks of an assignment, each with the reasons for its due instant and its verdict. Empty beyond the calendar.
/// `verdicts`: of the clocks in their order; empty: nothing is judged here.
[[nodiscard]] boost::json::array clock_views(rules::AssignmentState const& state, rules::RuleBook const& book,
                                             TimeInterval now, std::span<rules::ClockVerdict const> verdicts);

/// The duty that presses first, {"clock","due","state","provisional","started_at","overdue"}: the running one that is
/// due soonest, else one that is paused. Null when none does, and beyond the calendar.
[[nodiscard]] boost::json::value pressing_due_view(rules::AssignmentState const& state, rules::RuleBook const& book,
                                                   TimeInterval now);

/// What only the store knows about an entry in a timeline.
struct ItemFacts {
  std::string staff_name;
  std::string truth;    ///< acts at the office: saved, delivered, in_force, refused, awaiting_ruling; else empty
  std::string receipt;  ///< number of the receipt that first covers the act, else empty
};

/// One entry of a timeline. `record`: what became of an act; null for feed entries.
[[nodiscard]] boost::json::object item_view(Position at, rules::Skeleton const& skeleton, wire::Body const& body,
                                            rules::ActRecord const* record, ItemFacts const& facts);

/// `li**`, `138****8000`, `幸福路***`: enough to tell whom one speaks to, too little to call or visit.
[[nodiscard]] std::string masked(wire::ContactTag tag, std::string_view text);
/// {"name_masked","telephone_masked","address_masked"}.
[[nodiscard]] boost::json::object masked_contact(wire::ContactData const& contact);
/// {"name","telephone","address"} in clear: only for the answer to an unmasking, which is in the journal by then.
[[nodiscard]] boost::json::object clear_contact(wire::ContactData const& contact);

}  // namespace fieldnode::web
