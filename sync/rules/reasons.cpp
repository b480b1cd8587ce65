#include "sync/rules/reasons.h"

#include <fmt/format.h>

#include <algorithm>

#include "sync/base/check.h"
#include "sync/rules/working_hours.h"

namespace fieldnode::rules {
namespace {

using std::chrono::days;

/// Writes down the steps of one term's count.
class Explanation {
 public:
  Explanation(Term const& term, Due const& due, Conditions const& conditions, Calendar const& calendar)
      : term_(term), due_(due), conditions_(conditions), calendar_(calendar) {}

  std::vector<Reason> tell() {
    tell_start();
    tell_rulings();
    if (!term_.statute && unit() != LimitUnit::kCalendarDays) tell_pauses();
    tell_extensions();
    if (unit() == LimitUnit::kCalendarDays) tell_move();
    if (counts_days()) tell_day_end();
    if (due_.provisional) tell_provisional();
    return std::move(reasons_);
  }

 private:
  [[nodiscard]] LimitUnit unit() const { return term_.limit.unit; }
  [[nodiscard]] CivilDay start_day() const { return day_of(term_.start); }
  [[nodiscard]] bool counts_days() const {
    return unit() == LimitUnit::kWorkingDays || unit() == LimitUnit::kCalendarDays;
  }

  void tell_start() {
    auto const day = format_day(start_day());
    if (counts_days()) {
      reasons_.push_back({"start_day_not_counted", day, "", fmt::format("{}当日不计入,从次日起算", day),
                          fmt::format("{} itself is not counted, counting begins the day after", day)});
      return;
    }
    auto const moment = format_moment(term_.start);
    bool const working = unit() == LimitUnit::kWorkingHours;
    reasons_.push_back(
        {"hours_run_from", day, "",
         fmt::format("自{}起连续计算{}", moment, working ? "工作时间(9-12时、13-17时)" : "小时数"),
         fmt::format("{} run from {}", working ? "office hours (9-12, 13-17)" : "elapsed hours", moment)});
  }

  /// The first day whose nature the count depended on.
  [[nodiscard]] CivilDay first_asked() const {
    switch (unit()) {
      case LimitUnit::kWorkingHours:
        return start_day();
      case LimitUnit::kWorkingDays:
        return start_day() + days(1);
      case LimitUnit::kCalendarDays:
        return start_day() + days(term_.limit.count);
      case LimitUnit::kHours:
        break;
    }
    return due_.last_day + days(1);  // elapsed hours ask for no day
  }

  void tell_rulings() {
    for (auto day = first_asked(); day <= due_.last_day; day += days(1)) {
      auto const& ruling = calendar_.ruling(day);
      if (ruling.basis == DayBasis::kWeek) continue;
      if (!ruling.working) {
        day = tell_days_off(day);
      } else if (is_weekend(day)) {
        tell_makeup_day(day);
      }
    }
  }

  [[nodiscard]] std::string source_of(DayRuling const& ruling, bool chinese) const {
    if (ruling.basis == DayBasis::kStatute) return chinese ? "法定假日" : "by statute, no notice yet";
    return (chinese ? "通知" : "by notice ") + calendar_.notices().at(ruling.notice);
  }

  void tell_makeup_day(CivilDay day) {
    auto const& ruling = calendar_.ruling(day);
    bool const saturday = std::chrono::weekday(day) == std::chrono::Saturday;
    auto const text = format_day(day);
    reasons_.push_back(
        {"makeup_day", text, "",
         fmt::format("{}({})为调休上班日({})", text, saturday ? "星期六" : "星期日", source_of(ruling, true)),
         fmt::format("{}, a {}, is a working day ({})", text, saturday ? "Saturday" : "Sunday",
                     source_of(ruling, false))});
  }

  /// One reason for the run of days off that begins with `first`, all ruled by the same hand; gives its last day.
  CivilDay tell_days_off(CivilDay first) {
    auto const& ruling = calendar_.ruling(first);
    auto last = first;
    while (last < due_.last_day && calendar_.ruling(last + days(1)) == ruling) last += days(1);
    auto const from = format_day(first);
    auto const to = last == first ? std::string() : format_day(last);
    reasons_.push_back({"days_off", from, to,
                        fmt::format("{}{}{}放假({})", from, to.empty() ? "" : "至", to, source_of(ruling, true)),
                        fmt::format("{}{}{} off ({})", from, to.empty() ? "" : " to ", to, source_of(ruling, false))});
    return last;
  }

  void tell_pauses() {
    for (auto const& pause : united(conditions_.pauses)) {
      bool const touches = pause.from < due_.at && (!pause.to || *pause.to > term_.start);
      if (touches) tell_pause(pause);
    }
  }

  void tell_pause(PauseSpan const& pause) {
    auto const from = format_moment(pause.from);
    auto const to = pause.to ? format_moment(*pause.to) : std::string("open");
    Reason reason{"pause", from, to, fmt::format("{}至{}暂停计时", from, to),
                  fmt::format("paused from {} to {}", from, to)};
    if (unit() == LimitUnit::kWorkingDays) {
      auto const held = days_held(pause);
      reason.zh += fmt::format(",其间{}个工作日不计", held);
      reason.en += ": " + held_in_english(held);
    }
    reasons_.push_back(std::move(reason));
  }

  static std::string held_in_english(std::int64_t held) {
    if (held == 0) return "no close of business lies in it, so no day is held";
    if (held == 1) return "the close of 1 working day lies in it, which is not counted";
    return fmt::format("the closes of {} working days lie in it, which are not counted", held);
  }

  /// How many working days of this count the pause took out.
  [[nodiscard]] std::int64_t days_held(PauseSpan const& pause) const {
    auto const least = calendar_.working_days_before(start_day() + days(1));
    auto const most = calendar_.working_days_before(due_.last_day + days(1));
    auto const to = pause.to ? closes_before(calendar_, *pause.to) : most;
    return std::clamp(to, least, most) - std::clamp(closes_before(calendar_, pause.from), least, most);
  }

  void tell_extensions() {
    if (term_.extensions.empty()) return;
    Term shorter = term_;
    shorter.extensions.clear();
    auto before = last_day_of(shorter);
    for (auto const count : term_.extensions) {
      shorter.extensions.push_back(count);
      auto const after = last_day_of(shorter);
      reasons_.push_back({"extension", before, after, fmt::format("延期{}个工作日,由{}延至{}", count, before, after),
                          fmt::format("extended by {} working days, from {} to {}", count, before, after)});
      before = after;
    }
  }

  [[nodiscard]] std::string last_day_of(Term const& term) const {
    auto const due = due_of(term, conditions_, calendar_);
    check(due && *due, "a term is due, but not before it was extended");
    return format_day((*due)->last_day);
  }

  void tell_move() {
    auto const counted = start_day() + days(term_.limit.count);
    if (counted == due_.last_day) return;
    auto const from = format_day(counted);
    auto const to = format_day(due_.last_day);
    reasons_.push_back({"moved_to_working_day", from, to, fmt::format("{}为休息日,顺延至{}", from, to),
                        fmt::format("{} is no working day, so the last day moves on to {}", from, to)});
  }

  void tell_day_end() {
    auto const last = format_day(due_.last_day);
    bool const close = conditions_.day_end == DayEnd::kClose;
    reasons_.push_back({"day_end", last, "", fmt::format("{} {}", last, close ? "17:00 下班时截止" : "24:00 截止"),
                        fmt::format("{} ends at {}", last, close ? "close of business, 17:00" : "midnight")});
  }

  void tell_provisional() {
    auto const first = format_day(calendar_.first_provisional_day());
    reasons_.push_back({"provisional", first, "", fmt::format("{}起尚无放假通知,为推算结果,通知公布后可能变动", first),
                        fmt::format("from {} on no notice is known yet: computed, and may change with it", first)});
  }

  Term const& term_;
  Due const& due_;
  Conditions const& conditions_;
  Calendar const& calendar_;
  std::vector<Reason> reasons_;
};

Reason other_limit(Term const& term, std::optional<Due> const& due) {
  auto const limit = format_limit(term.limit);
  if (!due) {
    return {"paused_limit", format_day(day_of(term.start)), "", fmt::format("另一时限{}正在暂停", limit),
            fmt::format("another limit, {}, is paused", limit)};
  }
  auto const at = format_moment(due->at);
  return {"later_limit", format_day(due->last_day), "", fmt::format("另一时限{}到{}截止,不早于本时限", limit, at),
          fmt::format("another limit, {}, ends at {}, no earlier", limit, at)};
}

}  // namespace

std::vector<Reason> explain(Term const& term, Due const& due, Conditions const& conditions, Calendar const& calendar) {
  return Explanation(term, due, conditions, calendar).tell();
}

std::vector<Reason> explain_effective(std::span<Term const> terms, EffectiveDue const& effective,
                                      Conditions const& conditions, Calendar const& calendar) {
  auto reasons = explain(terms[effective.term], effective.due, conditions, calendar);
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (i == effective.term) continue;
    auto const due = due_of(terms[i], conditions, calendar);
    check(due.has_value(), "a term without a due stands beside one that prevails");
    reasons.push_back(other_limit(terms[i], *due));
  }
  return reasons;
}

}  // namespace fieldnode::rules
