#include "sync/rules/policy_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "schema_files.h"
#include "sync/base/check.h"
#include "sync/rules/in_quotes.h"
#include "sync/rules/strict_json.h"

namespace fieldnode::rules {
namespace {

template <class T>
using Words = std::span<std::pair<std::string_view, T> const>;

constexpr std::array<std::pair<std::string_view, ClockStart>, 3> kStarts{
    {{"dispatch", ClockStart::kDispatch},
     {"delivery", ClockStart::kDelivery},
     {"acknowledgement", ClockStart::kAcknowledgement}}};
constexpr std::array<std::pair<std::string_view, DayEnd>, 2> kDayEnds{
    {{"close", DayEnd::kClose}, {"midnight", DayEnd::kMidnight}}};
constexpr std::array<std::pair<std::string_view, ClockClass>, 3> kClasses{
    {{"anchored", ClockClass::kAnchored}, {"carried", ClockClass::kCarried}, {"floor", ClockClass::kFloor}}};
constexpr std::array<std::pair<std::string_view, Category>, 5> kCategories{{{"A1", Category::kA1},
                                                                            {"A2", Category::kA2},
                                                                            {"A3", Category::kA3},
                                                                            {"A4", Category::kA4},
                                                                            {"A5", Category::kA5}}};

template <class T>
std::optional<T> find_word(Words<T> words, std::string_view text) {
  auto const found = std::ranges::find(words, text, [](auto const& word) { return word.first; });
  return found == words.end() ? std::nullopt : std::optional(found->second);
}

template <class T>
void read_word(JsonFields& fields, std::string_view key, Words<T> words, T& value) {
  if (!fields.has(key)) return;
  auto const word = find_word(words, fields.text(key, ""));
  if (!word) return fields.refuse_field(key, "this word is unknown here; schema/README.md lists the words");
  value = *word;
}

template <class Number>
void read_number(JsonFields& fields, std::string_view key, std::int64_t least, std::int64_t most, Number& value) {
  value = static_cast<Number>(fields.integer(key, static_cast<std::int64_t>(value), least, most));
}

constexpr std::uint32_t kLimitMax = 1000;

void read_limit(JsonFields& fields, std::string_view key, std::initializer_list<LimitUnit> units, Limit& value) {
  if (!fields.has(key)) return;
  auto const limit = parse_limit(fields.text(key, ""));
  if (!limit) return fields.refuse_field(key, limit.error().sentence);
  if (limit->count > kLimitMax) return fields.refuse_field(key, fmt::format("counts more than {}", kLimitMax));
  if (std::ranges::find(units, limit->unit) == units.end()) {
    return fields.refuse_field(key, format_limit(*limit) + " is in a unit that this limit cannot have");
  }
  value = *limit;
}

/// Reads the fields of one inner object and hands its refusal up, so that the first wrong field of the file is told.
template <class Read>
void read_group(JsonFields& fields, JsonFile const& file, std::string_view key, Read read) {
  auto const* object = fields.object(key);
  if (object == nullptr) return;
  JsonFields inner(*object, file, std::string(key));
  read(inner);
  if (auto refused = inner.refusal()) fields.adopt(std::move(*refused));
}

void read_limits(JsonFields& fields, Policy& policy) {
  using enum LimitUnit;
  read_limit(fields, "acknowledge", {kHours, kWorkingHours}, policy.acknowledge);
  read_limit(fields, "contact", {kHours, kWorkingHours, kWorkingDays}, policy.contact);
  read_limit(fields, "return", {kHours, kWorkingHours, kWorkingDays}, policy.return_application);
  read_limit(fields, "resolve", {kWorkingDays}, policy.resolve);
  read_limit(fields, "resolve_consultation", {kWorkingDays}, policy.resolve_consultation);
  read_word<ClockStart>(fields, "start", kStarts, policy.start);
  read_word<DayEnd>(fields, "day_end", kDayEnds, policy.day_end);
}

void read_extension(JsonFields& fields, ExtensionRule& rule) {
  read_number(fields, "count_max", 0, 10, rule.count_max);
  read_number(fields, "each_times_base", 1, 10, rule.each_times_base);
  read_number(fields, "total_times_base", 1, 10, rule.total_times_base);
}

void read_unreachable(JsonFields& fields, UnreachableRule& rule) {
  read_number(fields, "attempts", 1, 20, rule.attempts);
  read_number(fields, "working_days", 1, 20, rule.working_days);
  rule.meets_contact = fields.flag("meets_contact", rule.meets_contact);
  if (rule.working_days > rule.attempts) fields.refuse_field("working_days", "more days than attempts");
}

void read_attachments(JsonFields& fields, AttachmentRule& rule) {
  read_number(fields, "each_mib", 1, 4096, rule.each_mib);
  read_number(fields, "per_act_max", 1, 50, rule.per_act_max);
  read_number(fields, "assignment_mib", 1, 1'048'576, rule.assignment_mib);
  read_number(fields, "node_mib", 1, 16'777'216, rule.node_mib);
  read_number(fields, "disk_reserve_mib", 0, 1'048'576, rule.disk_reserve_mib);
  if (rule.assignment_mib < rule.each_mib) fields.refuse_field("assignment_mib", "less than one file may have");
}

void read_node_clock(JsonFields& fields, NodeClockRule& rule) {
  read_word<ClockClass>(fields, "class", kClasses, rule.clock_class);
  auto hours = rule.within.count();
  read_number(fields, "within_hours", 0, 24 * 31, hours);
  rule.within = std::chrono::hours(hours);
  rule.without_anomaly = fields.flag("without_anomaly", rule.without_anomaly);
}

/// A length of time, told as a number of the unit that it has.
template <class Duration>
void read_span(JsonFields& fields, std::string_view key, std::int64_t most, Duration& value) {
  auto count = value.count();
  read_number(fields, key, 0, most, count);
  value = Duration(count);
}

void read_warnings(JsonFields& fields, Policy& policy) {
  read_span(fields, "before_hours_minutes", 24 * 60, policy.warn_before_hours);
  read_number(fields, "before_days_working_days", 0, 100, policy.warn_before_days);
  read_span(fields, "escalate_hours_minutes", 24 * 60, policy.escalate_before_hours);
  read_span(fields, "escalate_days_working_hours", 700, policy.escalate_before_days);
}

void read_categories(JsonFields& fields, std::vector<Category>& categories) {
  auto const texts = fields.texts("confidential", kCategories.size());
  if (!texts) return;
  categories.clear();
  for (auto const& text : *texts) {
    auto const category = find_word<Category>(kCategories, text);
    if (!category) return fields.refuse_field("confidential", in_quotes(text) + " is none of A1 to A5");
    if (std::ranges::find(categories, *category) != categories.end()) {
      return fields.refuse_field("confidential", text + " stands here twice");
    }
    categories.push_back(*category);
  }
}

void read_emergency_lines(JsonFields& fields, std::vector<std::string>& lines) {
  auto texts = fields.texts("emergency_lines", 50);
  if (!texts) return;
  for (auto const& text : *texts) {
    bool const number = !text.empty() && text.size() <= 12 && text.find_first_not_of("0123456789") == text.npos;
    if (!number) return fields.refuse_field("emergency_lines", in_quotes(text) + " is no telephone number");
  }
  lines = std::move(*texts);
}

std::string read_version(JsonFields& fields) {
  fields.require("version");
  auto const version = fields.text("version", "measures-v1", 60);
  bool const named = !version.empty() && std::ranges::all_of(version, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_';
  });
  if (!named) fields.refuse_field("version", "must be a name of letters, digits, - . and _");
  return version;
}

}  // namespace

Result<Policy> parse_policy(std::string_view text, std::string_view name) {
  JsonFile const file{std::string(name), "bad_policy", 64 * 1024};
  auto const object = parse_strict_json(text, file);
  if (!object) return object.error();
  JsonFields fields(*object, file);
  Policy policy;
  policy.version = read_version(fields);
  read_group(fields, file, "limits", [&](JsonFields& inner) { read_limits(inner, policy); });
  read_group(fields, file, "warn", [&](JsonFields& inner) { read_warnings(inner, policy); });
  read_group(fields, file, "extension", [&](JsonFields& inner) { read_extension(inner, policy.extension); });
  read_group(fields, file, "unreachable", [&](JsonFields& inner) { read_unreachable(inner, policy.unreachable); });
  read_group(fields, file, "node_clock_counts",
             [&](JsonFields& inner) { read_node_clock(inner, policy.node_clock_counts); });
  read_group(fields, file, "attachments", [&](JsonFields& inner) { read_attachments(inner, policy.attachments); });
  read_number(fields, "return_rounds_max", 0, 20, policy.return_rounds_max);
  read_number(fields, "drift_ppm", 1, 1000, policy.drift_ppm);
  policy.outage_excuses = fields.flag("outage_excuses", policy.outage_excuses);
  read_categories(fields, policy.confidential);
  policy.accused_head_to_superior = fields.flag("accused_head_to_superior", policy.accused_head_to_superior);
  read_emergency_lines(fields, policy.emergency_lines);
  read_number(fields, "retention_months", 1, 1200, policy.retention_months);
  if (auto const refused = fields.refusal()) return *refused;
  return policy;
}

std::string_view built_in_policy_text() {
  auto const text = schema::embedded_file("policy/measures-v1.json");
  check(text.has_value(), "the built-in policy does not ship");
  return *text;
}

}  // namespace fieldnode::rules
