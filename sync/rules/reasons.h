#pragma once

#include <span>
#include <string>
#include <vector>

#include "sync/rules/deadline.h"

/// Why something is due when it is due, for the page, the command line and the evidence.
namespace fieldnode::rules {

/// One step of the count. Shape: `from` and `to` are days or moments as civil.h writes them; without `to` the reason is
/// about the one date in `from`. Codes:
///   start_day_not_counted  date           wd, cd
///   hours_run_from         date           h, wh
///   makeup_day             date           a weekend day that was counted as working
///   days_off               from/to, date  days that were not counted, by a notice or a statute
///   pause                  from/to        that touches the count; `to` is "open" for one that has no end yet
///   extension              from/to        old and new last day
///   moved_to_working_day   from/to        cd that ended on a day of rest
///   day_end                date           when the last day ends
///   provisional            date           the first day that a coming notice may still change
///   later_limit            date           another limit of the same clock, which does not prevail
///   paused_limit           date           the same, held by an open pause
struct Reason {
  std::string code;
  std::string from;
  std::string to;
  std::string zh;
  std::string en;

  friend bool operator==(Reason const&, Reason const&) = default;
};

/// The steps to `due`, which is `due_of(term, conditions, calendar)`, in the order of the count.
[[nodiscard]] std::vector<Reason> explain(Term const& term, Due const& due, Conditions const& conditions,
                                          Calendar const& calendar);

/// The steps of the prevailing term, then the terms that do not prevail, in their order.
[[nodiscard]] std::vector<Reason> explain_effective(std::span<Term const> terms, EffectiveDue const& effective,
                                                    Conditions const& conditions, Calendar const& calendar);

}  // namespace fieldnode::rules
