#include "node/central/import/import_row.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "node/central/import/plain_text.h"

namespace fieldnode::central {
namespace {

constexpr std::size_t kTitleCharactersMax = 80;
/// How much of a wrong value a sentence quotes.
constexpr std::size_t kQuotedCharactersMax = 60;

std::string_view value_in(CsvRow const& row, Column const& column) {
  return column.index < row.fields.size() ? trimmed(row.fields[column.index]) : std::string_view();
}

std::string text_in(CsvRow const& row, Column const& column) { return std::string(value_in(row, column)); }

Refusal missing_value(Column const& column) {
  return refuse("missing_value", fmt::format("the column \"{}\" ({}) is empty; fill it in", column.name, column.key));
}

Refusal unknown_value(std::string_view code, Column const& column, std::string_view value) {
  return refuse(code,
                fmt::format("the value \"{}\" of column \"{}\" is not listed in the mapping under {}; add it there",
                            first_characters(value, kQuotedCharactersMax), column.name, column.key));
}

void add_flag(ImportedCase& out, RowFlag flag) {
  if (!out.has(flag)) out.flags.push_back(flag);
}

void add_fact(ImportedCase& out, std::string const& name, std::string_view value) {
  if (value.empty()) return;
  auto const is_same = [&name](auto const& fact) { return fact.first == name; };
  if (std::any_of(out.facts.begin(), out.facts.end(), is_same)) return;
  out.facts.emplace_back(name, value);
}

/// Nothing when `text` is no plain decimal number within +-`limit`.
std::optional<std::int32_t> degrees_e6(std::string const& text, double limit) {
  double degrees = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), degrees, std::chars_format::fixed);
  if (error != std::errc() || end != text.data() + text.size() || !(std::abs(degrees) <= limit)) return std::nullopt;
  return static_cast<std::int32_t>(std::lround(degrees * 1e6));
}

/// The default answers for values that are not listed, never for an empty field: such a row says nothing of its matter.
template <class Word>
Result<Word> word_in(CsvRow const& row, ValueRule<Word> const& rule, std::string_view code) {
  if (rule.constant != Word::kNone) return rule.constant;
  auto const value = tidy_code(value_in(row, rule.column));
  if (value.empty()) return missing_value(rule.column);
  auto const found = rule.values.find(value);
  if (found != rule.values.end()) return found->second;
  if (rule.fallback == Word::kNone) return unknown_value(code, rule.column, value);
  return rule.fallback;
}

std::int64_t second_of(UtcTime time) {
  return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

std::string patterns_of(std::vector<TimeFormat> const& formats) {
  std::vector<std::string> patterns;
  for (auto const& format : formats) patterns.push_back(format.pattern());
  return fmt::format("{}", fmt::join(patterns, " or "));
}

}  // namespace

std::string_view name_of(RowFlag flag) {
  switch (flag) {
    case RowFlag::kClosedInSameSecond:
      return "closed_in_same_second";
    case RowFlag::kAmbiguousTime:
      return "ambiguous_time";
    case RowFlag::kSkippedTime:
      return "skipped_time";
    case RowFlag::kMangledPhone:
      return "mangled_phone";
    case RowFlag::kBadCoordinates:
      return "bad_coordinates";
    case RowFlag::kClosedWithoutTime:
      return "closed_without_time";
    case RowFlag::kOpenWithClosingTime:
      return "open_with_closing_time";
    case RowFlag::kNoLineEnd:
      return "no_line_end";
  }
  return "";
}

bool ImportedCase::has(RowFlag flag) const { return std::find(flags.begin(), flags.end(), flag) != flags.end(); }

Result<RowMapper> RowMapper::bind(Mapping mapping, std::vector<std::string> const& header, RowOptions options) {
  auto bound = bind_columns(std::move(mapping), header);
  if (!bound) return bound.error();
  return RowMapper(std::move(*bound), options);
}

RowOutcome RowMapper::map(CsvRow const& row) const {
  auto const rejected = [&row](Refusal const& why) { return RejectedRow{row.line, why.code, why.sentence, row.raw}; };
  if (row.fault) return rejected(*row.fault);
  auto mapped = case_of(row);
  if (!mapped) return rejected(mapped.error());
  return std::move(*mapped);
}

Result<ImportedCase> RowMapper::case_of(CsvRow const& row) const {
  ImportedCase out;
  out.line = row.line;
  if (!row.has_line_end) add_flag(out, RowFlag::kNoLineEnd);
  for (auto step : {&RowMapper::fill_identity, &RowMapper::fill_words, &RowMapper::fill_unit, &RowMapper::fill_matter,
                    &RowMapper::fill_times, &RowMapper::fill_status, &RowMapper::fill_place, &RowMapper::fill_contact,
                    &RowMapper::fill_facts, &RowMapper::open_again}) {
    if (auto done = (this->*step)(row, out); !done) return done.error();
  }
  return out;
}

Result<> RowMapper::fill_identity(CsvRow const& row, ImportedCase& out) const {
  for (auto const& column : mapping_.required) {
    if (value_in(row, column).empty()) return missing_value(column);
  }
  out.external_id = tidy_code(value_in(row, mapping_.external_id));
  if (out.external_id.empty()) return missing_value(mapping_.external_id);
  if (is_spreadsheet_number(out.external_id)) {
    return refuse(
        "mangled_number",
        fmt::format("the column \"{}\" (columns.external_id) holds {}: a spreadsheet has replaced the number's "
                    "digits; export again and do not save the file from a spreadsheet",
                    mapping_.external_id.name, out.external_id));
  }
  return {};
}

Result<> RowMapper::fill_words(CsvRow const& row, ImportedCase& out) const {
  out.title = text_in(row, mapping_.title);
  out.text = text_in(row, mapping_.text);
  out.channel = text_in(row, mapping_.channel);
  if (out.title.empty()) out.title = first_characters(out.text, kTitleCharactersMax);
  if (out.title.empty()) return missing_value(mapping_.title.is_mapped() ? mapping_.title : mapping_.text);
  return {};
}

Result<> RowMapper::fill_unit(CsvRow const& row, ImportedCase& out) const {
  auto const& rule = mapping_.unit;
  out.unit_name = text_in(row, rule.column);
  out.unit_code = tidy_code(out.unit_name);
  if (out.unit_code.empty()) return missing_value(rule.column);
  if (rule.names.empty()) return {};
  auto const found = rule.names.find(out.unit_code);
  if (found != rule.names.end()) {
    out.unit_name = found->second;
  } else if (!rule.keeps_unlisted) {
    return unknown_value("unknown_unit", rule.column, out.unit_name);
  }
  return {};
}

Result<> RowMapper::fill_matter(CsvRow const& row, ImportedCase& out) const {
  auto const category = word_in(row, mapping_.category, "unknown_category");
  if (!category) return category.error();
  auto const kind = word_in(row, mapping_.kind, "unknown_kind");
  if (!kind) return kind.error();
  out.category = *category;
  out.kind = *kind;
  return {};
}

Result<> RowMapper::fill_times(CsvRow const& row, ImportedCase& out) const {
  auto const opened = time_in(row, mapping_.opened_at, out);
  if (!opened) return opened.error();
  if (!*opened) return missing_value(mapping_.opened_at);
  out.opened_at = (*opened)->utc;

  auto const target = time_in(row, mapping_.target_at, out);
  if (!target) return target.error();
  if (*target) out.target_at = (*target)->utc;

  auto const closed = time_in(row, mapping_.closed_at, out);
  if (!closed) return closed.error();
  if (!*closed) return {};
  out.closed_at = (*closed)->utc;
  // In the hour that came twice the reading that closes after opening is the true one.
  if (*out.closed_at < out.opened_at && (*closed)->second) out.closed_at = *(*closed)->second;
  if (*out.closed_at < out.opened_at) {
    return refuse("closed_before_opened",
                  fmt::format("it closes ({}) before it opens ({}); correct one of the times",
                              value_in(row, mapping_.closed_at), value_in(row, mapping_.opened_at)));
  }
  if (second_of(*out.closed_at) == second_of(out.opened_at)) add_flag(out, RowFlag::kClosedInSameSecond);
  return {};
}

Result<std::optional<ZonedTime>> RowMapper::time_in(CsvRow const& row, Column const& column, ImportedCase& out) const {
  auto const text = tidy_code(value_in(row, column));
  if (text.empty()) return std::optional<ZonedTime>();
  for (auto const& format : mapping_.time_formats) {
    auto const written = format.read(text);
    if (!written) continue;
    if (written->offset) {
      return std::optional(ZonedTime{.utc = UtcTime(written->local.time_since_epoch() - *written->offset)});
    }
    auto const zoned = mapping_.zone.to_utc(written->local);
    if (zoned.reading == ZonedTime::Reading::kAmbiguous) add_flag(out, RowFlag::kAmbiguousTime);
    if (zoned.reading == ZonedTime::Reading::kSkipped) add_flag(out, RowFlag::kSkippedTime);
    return std::optional(zoned);
  }
  return refuse("bad_time", fmt::format("the column \"{}\" ({}) holds \"{}\", which is no time of the form {}",
                                        column.name, column.key, first_characters(text, kQuotedCharactersMax),
                                        patterns_of(mapping_.time_formats)));
}

Result<> RowMapper::fill_status(CsvRow const& row, ImportedCase& out) const {
  auto const& rule = mapping_.status;
  if (!rule.column.is_mapped()) {
    out.is_closed = out.closed_at.has_value();
    return {};
  }
  auto const value = tidy_code(value_in(row, rule.column));
  out.is_closed = rule.closed.contains(value);
  if (!out.is_closed && !rule.open.empty() && !rule.open.contains(value)) {
    return value.empty() ? missing_value(rule.column) : unknown_value("unknown_status", rule.column, value);
  }
  if (out.is_closed && !out.closed_at) add_flag(out, RowFlag::kClosedWithoutTime);
  if (!out.is_closed && out.closed_at) add_flag(out, RowFlag::kOpenWithClosingTime);
  return {};
}

Result<> RowMapper::fill_place(CsvRow const& row, ImportedCase& out) const {
  auto const& columns = mapping_.place;
  out.place.street = text_in(row, columns.street);
  out.place.neighbourhood = text_in(row, columns.neighbourhood);
  for (auto const& column : columns.joined) {
    auto const part = value_in(row, column);
    if (part.empty()) continue;
    if (!out.place.joined.empty()) out.place.joined += ", ";
    out.place.joined += part;
  }
  auto const lat_text = tidy_code(value_in(row, columns.lat));
  auto const lon_text = tidy_code(value_in(row, columns.lon));
  if (lat_text.empty() && lon_text.empty()) return {};
  auto const lat = degrees_e6(lat_text, 90);
  auto const lon = degrees_e6(lon_text, 180);
  if (lat && lon) {
    out.place.point = ImportedPoint{*lat, *lon};
  } else {
    add_flag(out, RowFlag::kBadCoordinates);
    add_fact(out, columns.lat.name, lat_text);
    add_fact(out, columns.lon.name, lon_text);
  }
  return {};
}

Result<> RowMapper::fill_contact(CsvRow const& row, ImportedCase& out) const {
  out.contact.name = text_in(row, mapping_.contact.name);
  out.contact.address = text_in(row, mapping_.contact.address);
  auto phone = tidy_code(value_in(row, mapping_.contact.phone));
  if (is_spreadsheet_number(phone)) {
    // What is left would be dialled and reach a stranger.
    add_flag(out, RowFlag::kMangledPhone);
    phone.clear();
  }
  out.contact.phone = std::move(phone);
  return {};
}

Result<> RowMapper::fill_facts(CsvRow const& row, ImportedCase& out) const {
  for (auto const& column : mapping_.facts) add_fact(out, column.name, value_in(row, column));
  return {};
}

Result<> RowMapper::open_again(CsvRow const& row, ImportedCase& out) const {
  if (!options_.as_open || !out.is_closed) return {};
  out.is_closed = false;
  out.closed_at.reset();
  for (auto const* column : {&mapping_.closed_at, &mapping_.status.column}) {
    add_fact(out, column->name, value_in(row, *column));
  }
  return {};
}

namespace {

/// Lengths stand before values, so that no two lists of values spell the same string.
class CanonicalText {
 public:
  explicit CanonicalText(std::string_view domain) { add(domain); }
  void add(std::string_view value) { text_ += fmt::format("{}:{}\n", value.size(), value); }
  void add(std::optional<UtcTime> time) { add(time ? fmt::format("{}", ms_of(*time)) : std::string()); }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace

std::string canonical_form(ImportedCase const& imported) {
  CanonicalText out("imported-case-1");
  for (auto const* value :
       {&imported.external_id, &imported.title, &imported.text, &imported.channel, &imported.unit_code,
        &imported.unit_name, &imported.place.street, &imported.place.neighbourhood, &imported.place.joined}) {
    out.add(*value);
  }
  out.add(fmt::format("{}", static_cast<int>(imported.category)));
  out.add(fmt::format("{}", static_cast<int>(imported.kind)));
  auto const& point = imported.place.point;
  out.add(point ? fmt::format("{} {}", point->lat_e6, point->lon_e6) : std::string());
  out.add(imported.opened_at);
  out.add(imported.closed_at);
  out.add(imported.target_at);
  out.add(imported.is_closed ? "closed" : "open");
  for (auto const& [name, value] : imported.facts) {
    out.add(name);
    out.add(value);
  }
  return out.take();
}

std::string canonical_form(ImportedContact const& contact) {
  CanonicalText out("imported-contact-1");
  for (auto const* value : {&contact.name, &contact.phone, &contact.address}) out.add(*value);
  return out.take();
}

}  // namespace fieldnode::central
