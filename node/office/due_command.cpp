#include "node/office/due_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <filesystem>
#include <fstream>

#include "node/cli/call.h"
#include "sync/rules/calendar_file.h"
#include "sync/rules/in_quotes.h"
#include "sync/rules/policy.h"
#include "sync/rules/reasons.h"

namespace fieldnode::office {
namespace {

using namespace fieldnode::rules;
namespace json = boost::json;

/// The command line as understood.
struct DueQuestion {
  std::vector<Term> terms;
  Conditions conditions;
  Calendar calendar;
};

struct DueAnswer {
  Limit limit;
  Due due;
  std::vector<Reason> reasons;
};

Refusal bad_usage(std::string sentence) { return refuse("bad_usage", std::move(sentence)); }

Result<std::vector<Term>> read_terms(cli::Call const& call) {
  auto const start = parse_moment(call.text("--from"));
  if (!start) return start.error();
  std::vector<Term> terms;
  for (auto const& text : call.texts("--limit")) {
    auto const limit = parse_limit(text);
    if (!limit) return limit.error();
    terms.push_back({.limit = *limit, .start = *start});
  }
  return terms;
}

/// Extensions move the first limit in working days, within the bounds of measures-v1.
std::optional<Refusal> extend(std::vector<Term>& terms, std::vector<std::string> const& extensions) {
  if (extensions.empty()) return std::nullopt;
  auto const base = std::ranges::find(terms, LimitUnit::kWorkingDays, [](Term const& term) { return term.limit.unit; });
  if (base == terms.end()) return bad_usage("--extension needs a --limit in working days, like 5wd, to extend");
  for (auto const& text : extensions) {
    auto const extension = parse_limit(text);
    if (!extension) return extension.error();
    if (extension->unit != LimitUnit::kWorkingDays) {
      return bad_usage("--extension " + text + " is not in working days: write it like 5wd");
    }
    auto const admitted = admit_extension(Policy{}.extension, base->limit, base->extensions, extension->count);
    if (!admitted) return refuse(admitted.error().code, "--extension " + text + ": " + admitted.error().sentence);
    base->extensions.push_back(extension->count);
  }
  return std::nullopt;
}

Result<PauseSpan> read_pause(std::string const& text) {
  auto const slash = text.find('/');
  if (slash == std::string::npos) {
    return refuse("bad_pause", "--pause " + in_quotes(text) + " is no pause: write two moments, FROM/TO");
  }
  auto const from = parse_moment(std::string_view(text).substr(0, slash));
  if (!from) return from.error();
  auto const to = parse_moment(std::string_view(text).substr(slash + 1));
  if (!to) return to.error();
  if (*to <= *from)
    return refuse("bad_pause", "--pause " + in_quotes(text) +
                                   " does not end after it begins: write FROM/TO, the earlier moment first");
  return PauseSpan{*from, *to};
}

Result<Conditions> read_conditions(cli::Call const& call) {
  Conditions conditions;
  auto const day_end = call.text("--day-end");
  if (day_end != "close" && day_end != "midnight") {
    return bad_usage("--day-end " + in_quotes(day_end) + " is unknown: write close or midnight");
  }
  if (day_end == "midnight") conditions.day_end = DayEnd::kMidnight;
  for (auto const& text : call.texts("--pause")) {
    auto const pause = read_pause(text);
    if (!pause) return pause.error();
    conditions.pauses.push_back(*pause);
  }
  return conditions;
}

/// Reads one byte more than a notice may have at most, so an endless file is refused by its size.
Result<Notice> read_notice(std::string const& path) {
  std::error_code unknown;
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path, unknown)) {
    return refuse("no_file", "--calendar " + in_quotes(path) + " cannot be read: check the path and the permissions");
  }
  std::string text(kNoticeMaxBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return parse_notice(text, path);
}

Result<Calendar> read_calendar(cli::Call const& call) {
  auto notices = built_in_notices();
  for (auto const& path : call.texts("--calendar")) {
    auto notice = read_notice(path);
    if (!notice) return notice.error();
    notices.push_back(std::move(*notice));
  }
  if (!call.has("--as-of")) return Calendar(notices);
  auto const as_of = parse_day(call.text("--as-of"));
  if (!as_of) return as_of.error();
  return Calendar(notices, *as_of);
}

Result<DueQuestion> understand(cli::Call const& call) {
  auto terms = read_terms(call);
  if (!terms) return terms.error();
  if (auto const refused = extend(*terms, call.texts("--extension"))) return *refused;
  auto conditions = read_conditions(call);
  if (!conditions) return conditions.error();
  auto calendar = read_calendar(call);
  if (!calendar) return calendar.error();
  return DueQuestion{std::move(*terms), std::move(*conditions), std::move(*calendar)};
}

Result<DueAnswer> answer(cli::Call const& call) {
  auto const question = understand(call);
  if (!question) return question.error();
  auto const& [terms, conditions, calendar] = *question;
  auto const effective = effective_due(terms, conditions, calendar);
  if (!effective) return effective.error();
  auto const& found = effective->value();  // no pause of the command line is open
  return DueAnswer{terms[found.term].limit, found.due, explain_effective(terms, found, conditions, calendar)};
}

json::object to_json(Reason const& reason, bool chinese) {
  json::object object{{"code", reason.code}};
  if (reason.to.empty()) {
    object["date"] = reason.from;
  } else {
    object["from"] = reason.from;
    object["to"] = reason.to;
  }
  object["text"] = chinese ? reason.zh : reason.en;
  return object;
}

json::object view_of(DueAnswer const& found, bool chinese) {
  json::array reasons;
  for (auto const& reason : found.reasons) reasons.push_back(to_json(reason, chinese));
  return {{"due", format_moment(found.due.at)},
          {"limit", format_limit(found.limit)},
          {"provisional", found.due.provisional},
          {"last_day", format_day(found.due.last_day)},
          {"reasons", std::move(reasons)}};
}

std::string text_of(DueAnswer const& found, bool chinese) {
  auto const* const provisional = chinese ? "  暂定" : "  provisional";
  auto text = fmt::format("{}  {}{}\n", format_moment(found.due.at), format_limit(found.limit),
                          found.due.provisional ? provisional : "");
  for (auto const& reason : found.reasons) text += fmt::format("  {}\n", chinese ? reason.zh : reason.en);
  return text;
}

Result<void> run(cli::Call const& call) {
  auto const found = answer(call);
  if (!found) return found.error();
  bool const chinese = call.console().chinese;
  call.answer(view_of(*found, chinese), text_of(*found, chinese));
  return {};
}

std::vector<cli::Option> options() {
  return {
      {.name = "--from",
       .value = "T",
       .text = "when it began; without offset +08:00",
       .example = "2026-10-10T17:00",
       .required = true},
      {.name = "--limit",
       .value = "N",
       .text = "h hours, wh office hours, wd working days, cd calendar days; the earliest counts",
       .example = "5wd",
       .required = true,
       .repeatable = true},
      {.name = "--extension",
       .value = "N",
       .text = "extends the first limit in working days; at most twice",
       .example = "5wd",
       .repeatable = true},
      {.name = "--pause", .value = "FROM/TO", .text = "two moments between which no clock runs", .repeatable = true},
      {.name = "--calendar",
       .value = "FILE",
       .text = "a notice to lay over the built-in ones, the last wins",
       .repeatable = true},
      {.name = "--as-of", .value = "DATE", .text = "use only notices published on or before this day"},
      {.name = "--day-end",
       .value = "close|midnight",
       .text = "when a last day ends: close is 17:00",
       .preset = "close"},
  };
}

}  // namespace

cli::Command due_command() {
  return {.name = "due", .summary = "by when something is due, and why", .options = options(), .run = run};
}

}  // namespace fieldnode::office
