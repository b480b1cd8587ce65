#include "node/central/import/mapping.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <utility>

#include "node/central/import/plain_text.h"
#include "node/central/import/toml_section.h"

namespace fieldnode::central {
namespace {

template <class Word>
using Words = std::array<std::pair<std::string_view, Word>, 5>;

// Source: requirements A1..A5, A6.
constexpr Words<rules::Category> kCategories{{{"A1", rules::Category::kA1},
                                              {"A2", rules::Category::kA2},
                                              {"A3", rules::Category::kA3},
                                              {"A4", rules::Category::kA4},
                                              {"A5", rules::Category::kA5}}};
constexpr Words<rules::CaseKind> kKinds{{{"consultation", rules::CaseKind::kConsultation},
                                         {"help", rules::CaseKind::kHelp},
                                         {"complaint", rules::CaseKind::kComplaint},
                                         {"report", rules::CaseKind::kReport},
                                         {"opinion", rules::CaseKind::kOpinion}}};

Column as_column(TomlText text) {
  return {.name = std::move(text.text), .key = std::move(text.key), .line = text.line};
}

std::vector<Column> as_columns(std::vector<TomlText> texts) {
  std::vector<Column> out;
  for (auto& text : texts) out.push_back(as_column(std::move(text)));
  return out;
}

/// Walks through a mapping file's tables; what is wrong gathers in `faults_`.
class MappingReader {
 public:
  explicit MappingReader(std::string_view file) : file_(file), faults_(file) {}

  Result<Mapping> read(toml::table const& table) {
    TomlSection top(table, "", faults_);
    mapping_.file = file_;
    mapping_.source = top.needed_text("source").text;
    read_form(top);
    read_times(top);
    read_columns(top.section("columns"));
    read_status(top.section("status"));
    mapping_.category = read_rule(top.section("category"), kCategories);
    mapping_.kind = read_rule(top.section("kind"), kKinds);
    read_unit(top.section("unit"));
    read_place(top.section("place"));
    read_contact(top.section("contact"));
    read_lists(top);
    top.finish();
    if (faults_.first()) return *faults_.first();
    return std::move(mapping_);
  }

 private:
  void read_form(TomlSection& top) {
    auto const name = top.text("encoding").text;
    if (name == "gb18030" || name == "gbk" || name == "gb2312") {
      mapping_.encoding = TextEncoding::kGb18030;
    } else if (!name.empty() && name != "utf-8") {
      top.fail("bad_encoding_name", "encoding", fmt::format("\"{}\" is not known; write utf-8 or gb18030", name));
    }
    auto const delimiter = top.text("delimiter").text;
    if (delimiter.empty()) return;
    mapping_.delimiter = delimiter.front();
    if (delimiter != "," && delimiter != ";" && delimiter != "\t" && delimiter != "|") {
      top.fail("bad_value", "delimiter", "must be one of \",\" \";\" \"|\" \"\\t\"");
    }
  }

  void read_times(TomlSection& top) {
    auto const zone = TimeZone::parse(top.needed_text("timezone").text);
    if (zone) {
      mapping_.zone = *zone;
    } else {
      top.fail(zone.error().code, "timezone", zone.error().sentence);
    }
    for (auto const& pattern : top.texts("time_formats")) {
      auto format = TimeFormat::parse(pattern.text);
      if (format) {
        mapping_.time_formats.push_back(std::move(*format));
      } else {
        top.fail(format.error().code, "time_formats", format.error().sentence);
      }
    }
    if (mapping_.time_formats.empty()) top.fail("missing_key", "time_formats", "at least one must be there");
  }

  void read_columns(TomlSection columns) {
    mapping_.external_id = as_column(columns.needed_text("external_id"));
    mapping_.opened_at = as_column(columns.needed_text("opened_at"));
    mapping_.closed_at = as_column(columns.text("closed_at"));
    mapping_.target_at = as_column(columns.text("target_at"));
    mapping_.title = as_column(columns.text("title"));
    mapping_.text = as_column(columns.text("text"));
    mapping_.channel = as_column(columns.text("channel"));
    if (!mapping_.title.is_mapped() && !mapping_.text.is_mapped()) {
      columns.fail("missing_key", "title", "a title or a text must be mapped");
    }
    columns.finish();
  }

  void read_status(TomlSection status) {
    mapping_.status.column = as_column(status.text("column"));
    for (auto const& value : status.texts("closed")) mapping_.status.closed.insert(tidy_code(value.text));
    for (auto const& value : status.texts("open")) mapping_.status.open.insert(tidy_code(value.text));
    if (mapping_.status.column.is_mapped() && mapping_.status.closed.empty()) {
      status.fail("missing_key", "closed", "must list the values that mean closed");
    }
    for (auto const& value : mapping_.status.closed) {
      if (mapping_.status.open.contains(value)) {
        status.fail("bad_value", "open", fmt::format("\"{}\" cannot mean open and closed", value));
      }
    }
    status.finish();
  }

  template <class Word>
  ValueRule<Word> read_rule(TomlSection section, Words<Word> const& words) {
    ValueRule<Word> rule;
    rule.constant = word_of(section, "constant", section.text("constant").text, words);
    rule.column = as_column(section.text("column"));
    rule.fallback = word_of(section, "default", section.text("default").text, words);
    for (auto const& [value, word] : section.table_of_texts("values")) {
      rule.values[tidy_code(value)] = word_of(section, "values", word.text, words);
    }
    bool const has_constant = rule.constant != Word::kNone;
    if (has_constant == rule.column.is_mapped()) {
      section.fail("missing_key", "column", "either a constant or a column with its values must be there, not both");
    }
    if (rule.column.is_mapped() && rule.values.empty() && rule.fallback == Word::kNone) {
      section.fail("missing_key", "values", "must say what each value of the column means");
    }
    section.finish();
    return rule;
  }

  template <class Word>
  static Word word_of(TomlSection& section, std::string_view key, std::string const& name, Words<Word> const& words) {
    for (auto const& [known, word] : words) {
      if (name == known) return word;
    }
    if (section.has(key)) {
      std::vector<std::string_view> known;
      for (auto const& word : words) known.push_back(word.first);
      section.fail("bad_value", key, fmt::format("\"{}\" is none of {}", name, fmt::join(known, ", ")));
    }
    return Word::kNone;
  }

  void read_unit(TomlSection unit) {
    mapping_.unit.column = as_column(unit.needed_text("column"));
    for (auto const& [code, name] : unit.table_of_texts("names")) mapping_.unit.names[tidy_code(code)] = name.text;
    auto const unlisted = unit.text("unlisted").text;
    mapping_.unit.keeps_unlisted = unlisted == "keep";
    if (!unlisted.empty() && unlisted != "keep" && unlisted != "reject") {
      unit.fail("bad_value", "unlisted", "must be \"keep\" or \"reject\"");
    }
    unit.finish();
  }

  void read_place(TomlSection place) {
    mapping_.place.street = as_column(place.text("street"));
    mapping_.place.neighbourhood = as_column(place.text("neighbourhood"));
    mapping_.place.lat = as_column(place.text("lat"));
    mapping_.place.lon = as_column(place.text("lon"));
    mapping_.place.joined = as_columns(place.texts("joined"));
    if (mapping_.place.lat.is_mapped() != mapping_.place.lon.is_mapped()) {
      place.fail("missing_key", "lat", "lat and lon go together");
    }
    place.finish();
  }

  void read_contact(TomlSection contact) {
    mapping_.contact.name = as_column(contact.text("name"));
    mapping_.contact.phone = as_column(contact.text("phone"));
    mapping_.contact.address = as_column(contact.text("address"));
    contact.finish();
  }

  void read_lists(TomlSection& top) {
    mapping_.required = as_columns(top.texts("required"));
    auto facts = top.texts("facts");
    mapping_.keeps_all_others = facts.size() == 1 && facts.front().text == "*";
    if (mapping_.keeps_all_others) return;
    mapping_.facts = as_columns(std::move(facts));
    auto const& contact = mapping_.contact;
    for (auto const& fact : mapping_.facts) {
      // Facts lie in the case's body, which outlives the contact data.
      if (fact.name == contact.name.name || fact.name == contact.phone.name || fact.name == contact.address.name) {
        top.fail("bad_value", "facts",
                 fmt::format("the column \"{}\" is contact data and cannot be a fact", fact.name));
      }
    }
  }

  std::string file_;
  TomlFaults faults_;
  Mapping mapping_;
};

template <class Visit>
void for_each_column(Mapping& mapping, Visit visit) {
  for (auto* column :
       {&mapping.external_id, &mapping.opened_at, &mapping.closed_at, &mapping.target_at, &mapping.title, &mapping.text,
        &mapping.channel, &mapping.status.column, &mapping.category.column, &mapping.kind.column, &mapping.unit.column,
        &mapping.place.street, &mapping.place.neighbourhood, &mapping.place.lat, &mapping.place.lon,
        &mapping.contact.name, &mapping.contact.phone, &mapping.contact.address}) {
    visit(*column);
  }
  for (auto* list : {&mapping.place.joined, &mapping.required, &mapping.facts}) {
    for (auto& column : *list) visit(column);
  }
}

void add_all_others(Mapping& mapping, std::vector<std::string> const& header) {
  std::set<std::string> used;
  for_each_column(mapping, [&used](Column const& column) { used.insert(column.name); });
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (header[i].empty() || used.contains(header[i])) continue;
    mapping.facts.push_back({.name = header[i], .key = "facts", .index = i});
  }
}

Refusal missing_column(Mapping const& mapping, Column const& column, std::vector<std::string> const& header) {
  constexpr std::size_t kShown = 40;
  auto const shown = std::min(kShown, header.size());
  return refuse("missing_column",
                fmt::format("{} line {}: {} names the column \"{}\", which the file does not have; it has: {}{}",
                            mapping.file, column.line, column.key, column.name,
                            fmt::join(header.begin(), header.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
                            shown < header.size() ? ", ..." : ""));
}

}  // namespace

Result<Mapping> parse_mapping(std::string_view toml, std::string_view file) {
  try {
    auto const table = toml::parse(toml, file);
    return MappingReader(file).read(table);
  } catch (toml::parse_error const& error) {
    return refuse("bad_toml", fmt::format("{} line {}, column {}: this is no TOML: {}", file, error.source().begin.line,
                                          error.source().begin.column, error.description()));
  }
}

Result<Mapping> read_mapping(std::filesystem::path const& path) {
  // Reading a folder throws from inside the stream, so it is told apart beforehand.
  std::ifstream input;
  if (!std::filesystem::is_directory(path)) input.open(path, std::ios::binary);
  if (!input.is_open()) {
    return refuse("no_mapping",
                  fmt::format("the mapping file {} cannot be opened; see that it exists and is a file that "
                              "this user may read",
                              path.string()));
  }
  std::string const text{std::istreambuf_iterator<char>(input), {}};
  return parse_mapping(text, path.string());
}

Result<Mapping> bind_columns(Mapping mapping, std::vector<std::string> const& header) {
  std::optional<Refusal> refusal;
  for_each_column(mapping, [&](Column& column) {
    if (!column.is_mapped()) return;
    auto const found = std::find(header.begin(), header.end(), column.name);
    if (found != header.end()) {
      column.index = static_cast<std::size_t>(found - header.begin());
    } else if (!refusal) {
      refusal = missing_column(mapping, column, header);
    }
  });
  if (refusal) return *refusal;
  if (mapping.keeps_all_others) add_all_others(mapping, header);
  return mapping;
}

}  // namespace fieldnode::central
