#include "sync/rules/calendar_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "schema_files.h"
#include "sync/base/check.h"
#include "sync/rules/in_quotes.h"
#include "sync/rules/statutory.h"
#include "sync/rules/strict_json.h"

namespace fieldnode::rules {
namespace {

constexpr std::size_t kDaysOfYearMax = 366 + 11;

/// The days of one notice on the way in: which field named each of them first.
class DayReader {
 public:
  DayReader(JsonFields& fields, int year) : fields_(fields), year_(year) {}

  std::vector<CivilDay> days(std::string_view key) {
    std::vector<CivilDay> found;
    fields_.require(key);
    auto const texts = fields_.texts(key, kDaysOfYearMax);
    if (!texts) return found;
    for (std::size_t i = 0; i < texts->size(); ++i) {
      if (auto const day = admit(fmt::format("{}[{}]", key, i), (*texts)[i])) found.push_back(*day);
    }
    std::ranges::sort(found);
    return found;
  }

 private:
  std::optional<CivilDay> admit(std::string const& place, std::string const& text) {
    auto const day = parse_day(text);
    if (!day) {
      fields_.refuse_field(place, day.error().sentence);
      return std::nullopt;
    }
    if (*day <= civil_day(year_ - 1, 12, 20) || *day > civil_day(year_, 12, 31)) {
      fields_.refuse_field(place, fmt::format("{} is not for a notice of {} to rule, which reaches from {}-12-21 to "
                                              "{}-12-31",
                                              text, year_, year_ - 1, year_));
    }
    auto const [first, fresh] = named_.emplace(*day, place);
    if (!fresh) fields_.refuse_field(place, fmt::format("{} already stands in {}", text, first->second));
    return *day;
  }

  JsonFields& fields_;
  int year_;
  std::map<CivilDay, std::string> named_;
};

CivilDay read_version(JsonFields& fields) {
  fields.require("version");
  auto const text = fields.text("version", "2018-01-01");
  auto const day = parse_day(text);
  if (!day) fields.refuse_field("version", "must be the day of publication; " + day.error().sentence);
  return day ? *day : CivilDay();
}

/// A region stands in the calendar's name between '/' and '+'.
std::string read_region(JsonFields& fields) {
  auto const region = fields.text("region", "", 60);
  bool const named = std::ranges::none_of(
      region, [](char c) { return static_cast<unsigned char>(c) <= 0x20u || c == '/' || c == '+' || c == 0x7f; });
  if (!named || (region.empty() && fields.has("region"))) {
    fields.refuse_field("region", "must be a name without blanks, / and +; leave it out for the whole country");
  }
  return region;
}

}  // namespace

Result<Notice> parse_notice(std::string_view text, std::string_view name) {
  JsonFile const file{std::string(name), "bad_calendar", kNoticeMaxBytes};
  auto const object = parse_strict_json(text, file);
  if (!object) return object.error();
  JsonFields fields(*object, file);
  fields.require("year");
  Notice notice;
  notice.year = static_cast<int>(fields.integer("year", kFirstCalendarYear, kFirstCalendarYear, kLastCalendarYear));
  notice.version = read_version(fields);
  notice.region = read_region(fields);
  notice.provisional = fields.flag("provisional", false);
  notice.source = fields.text("source", "");
  DayReader days(fields, notice.year);
  notice.off = days.days("off");
  notice.work = days.days("work");
  if (auto const refused = fields.refusal()) return *refused;
  return notice;
}

std::vector<Notice> built_in_notices() {
  std::vector<Notice> notices;
  for (auto const& file : schema::embedded_files()) {
    if (!file.path.starts_with("calendars/")) continue;
    auto notice = parse_notice(file.content, file.path);
    check(notice.has_value(), "a built-in calendar is not well-formed");
    notices.push_back(std::move(*notice));
  }
  std::ranges::sort(notices, {}, &Notice::version);
  return notices;
}

}  // namespace fieldnode::rules
