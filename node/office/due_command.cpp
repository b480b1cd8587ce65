#include "node/office/due_command.h"

#include <fmt/ostream.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <fstream>

#include "sync/rules/calendar_file.h"
#include "sync/rules/in_quotes.h"
#include "sync/rules/policy.h"
#include "sync/rules/reasons.h"

namespace fieldnode::office {
namespace {

using namespace fieldnode::rules;
namespace json = boost::json;

/// The command line as written.
struct DueOptions {
  std::string from;
  std::vector<std::string> limits;
  std::vector<std::string> extensions;
  std::vector<std::string> pauses;
  std::vector<std::string> calendars;
  std::vector<std::string> as_of;  ///< none or one; an empty text is no day
  std::string day_end{"close"};
  bool json{};
};

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

void describe_options(CLI::App& app, DueOptions& options) {
  auto const many = [&app](char const* name, std::vector<std::string>& values, char const* text, char const* value) {
    app.add_option(name, values, text)->type_name(value)->expected(1)->take_all()->allow_extra_args(false);
  };
  app.add_option("--from", options.from, "when it began, like 2026-10-10T17:00:00+08:00; without offset +08:00")
      ->type_name("T");
  many("--limit", options.limits, "2h hours, 2wh office hours, 5wd working days, 7cd calendar days; may repeat", "N");
  many("--extension", options.extensions, "extends the first limit in working days, like 5wd; at most twice", "N");
  many("--pause", options.pauses, "FROM/TO, two moments; may repeat", "FROM/TO");
  many("--calendar", options.calendars, "a notice to lay over the built-in ones; may repeat, the last wins", "FILE");
  app.add_option("--as-of", options.as_of, "use only notices published on or before this day")
      ->type_name("DATE")
      ->expected(1);
  app.add_option("--day-end", options.day_end, "when a last day ends: close (17:00) or midnight")
      ->type_name("close|midnight");
  app.add_flag("--json", options.json, "print the answer as JSON");
}

Refusal bad_usage(std::string sentence) { return refuse("bad_usage", std::move(sentence)); }

Result<std::vector<Term>> read_terms(DueOptions const& options) {
  if (options.from.empty()) return bad_usage("--from is missing: say when it began, like --from 2026-10-10T17:00");
  if (options.limits.empty()) return bad_usage("--limit is missing: say how long it may take, like --limit 5wd");
  auto const start = parse_moment(options.from);
  if (!start) return start.error();
  std::vector<Term> terms;
  for (auto const& text : options.limits) {
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

Result<Conditions> read_conditions(DueOptions const& options) {
  Conditions conditions;
  if (options.day_end != "close" && options.day_end != "midnight") {
    return bad_usage("--day-end " + in_quotes(options.day_end) + " is unknown: write close or midnight");
  }
  if (options.day_end == "midnight") conditions.day_end = DayEnd::kMidnight;
  for (auto const& text : options.pauses) {
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

Result<Calendar> read_calendar(DueOptions const& options) {
  auto notices = built_in_notices();
  for (auto const& path : options.calendars) {
    auto notice = read_notice(path);
    if (!notice) return notice.error();
    notices.push_back(std::move(*notice));
  }
  if (options.as_of.empty()) return Calendar(notices);
  auto const as_of = parse_day(options.as_of.front());
  if (!as_of) return as_of.error();
  return Calendar(notices, *as_of);
}

Result<DueQuestion> understand(DueOptions const& options) {
  auto terms = read_terms(options);
  if (!terms) return terms.error();
  if (auto const refused = extend(*terms, options.extensions)) return *refused;
  auto conditions = read_conditions(options);
  if (!conditions) return conditions.error();
  auto calendar = read_calendar(options);
  if (!calendar) return calendar.error();
  return DueQuestion{std::move(*terms), std::move(*conditions), std::move(*calendar)};
}

Result<DueAnswer> answer(DueOptions const& options) {
  auto const question = understand(options);
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

void print_json(DueAnswer const& found, Console const& console) {
  json::array reasons;
  for (auto const& reason : found.reasons) reasons.push_back(to_json(reason, console.chinese));
  json::object const object{{"due", format_moment(found.due.at)},
                            {"limit", format_limit(found.limit)},
                            {"provisional", found.due.provisional},
                            {"last_day", format_day(found.due.last_day)},
                            {"reasons", reasons}};
  fmt::print(console.out, "{}\n", json::serialize(object));
}

void print_text(DueAnswer const& found, Console const& console) {
  fmt::print(console.out, "{}  {}{}\n", format_moment(found.due.at), format_limit(found.limit),
             found.due.provisional ? (console.chinese ? "  暂定" : "  provisional") : "");
  for (auto const& reason : found.reasons) fmt::print(console.out, "  {}\n", console.chinese ? reason.zh : reason.en);
}

int print_refusal(Refusal const& refusal, bool as_json, Console const& console) {
  if (as_json) {
    json::object const object{{"error", refusal.code}, {"text", refusal.sentence}};
    fmt::print(console.out, "{}\n", json::serialize(object));
  }
  fmt::print(console.err, "fieldnode due: {} ({})\n", refusal.sentence, refusal.code);
  return kExitBadInput;
}

}  // namespace

int run_due(std::span<std::string const> args, Console const& console) {
  DueOptions options;
  CLI::App app("By when is it due, and why?", "fieldnode due");
  describe_options(app, options);
  try {
    app.parse(std::vector<std::string>(args.rbegin(), args.rend()));  // CLI11 takes them from the back
  } catch (CLI::CallForHelp const&) {
    fmt::print(console.out, "{}", app.help());
    return kExitDone;
  } catch (CLI::ParseError const& error) {
    return print_refusal(bad_usage(std::string(error.what()) + "; `fieldnode due --help` shows what it takes"),
                         options.json, console);
  }
  auto const found = answer(options);
  if (!found) return print_refusal(found.error(), options.json, console);
  options.json ? print_json(*found, console) : print_text(*found, console);
  return kExitDone;
}

}  // namespace fieldnode::office
