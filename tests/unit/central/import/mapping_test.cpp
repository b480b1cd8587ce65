#include "node/central/import/mapping.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace fieldnode::central {
namespace {

auto const kSourceRoot = std::filesystem::path(FIELDNODE_TEST_DATA).parent_path().parent_path();

std::string const kGood = R"(source = "s"
timezone = "<+08>-8"
time_formats = "%Y-%m-%d %H:%M"
required = ["region"]
facts = ["note"]
[columns]
external_id = "id"
opened_at = "opened"
title = "title"
[category]
constant = "A2"
[kind]
column = "type"
[kind.values]
"投诉" = "complaint"
[unit]
column = "unit"
[contact]
phone = "phone"
)";

std::string with(std::string_view from, std::string_view to) {
  auto text = kGood;
  auto const at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Mapping, SmallestUsefulFileIsTaken) {
  auto const mapping = parse_mapping(kGood, "m.toml");
  ASSERT_TRUE(mapping) << mapping.error().sentence;
  EXPECT_EQ(mapping->source, "s");
  EXPECT_EQ(mapping->encoding, TextEncoding::kUtf8);
  EXPECT_EQ(mapping->time_formats.size(), 1u);
  EXPECT_EQ(mapping->category.constant, rules::Category::kA2);
  EXPECT_EQ(mapping->kind.values.at("投诉"), rules::CaseKind::kComplaint);
  EXPECT_EQ(mapping->required.front().name, "region");
  EXPECT_FALSE(mapping->closed_at.is_mapped());
}

struct Wrong {
  char const* from;
  char const* to;
  char const* code;
  char const* says;
};

Wrong const kWrong[] = {
    {"source = \"s\"", "", "missing_key", "\"source\""},
    {"source = \"s\"", "source = \"\"", "missing_key", "m.toml line 1"},
    {"source = \"s\"", "source = 5", "bad_value", "m.toml line 1"},
    {"source = \"s\"", "source = \"s", "bad_toml", "m.toml line 1"},
    {"source = \"s\"", "source = \"s\"\nsauce = \"s\"", "unknown_key", "m.toml line 2: the key \"sauce\""},
    {"title = \"title\"", "titel = \"title\"", "missing_key", "columns.title"},
    {"title = \"title\"", "title = \"title\"\ntitel = \"t\"", "unknown_key",
     "m.toml line 10: the key \"columns.titel\""},
    {"external_id = \"id\"", "", "missing_key", "columns.external_id"},
    {"timezone = \"<+08>-8\"", "timezone = \"Asia/Shanghai\"", "bad_time_zone", "m.toml line 2: timezone"},
    {"timezone = \"<+08>-8\"", "timezone = \"EST5EDT,M3.2.9,M11.1.0\"", "bad_time_zone", "character 14"},
    {"time_formats = \"%Y-%m-%d %H:%M\"", "time_formats = [\"%Y\"]", "bad_time_format", "m.toml line 3"},
    {"time_formats = \"%Y-%m-%d %H:%M\"", "time_formats = []", "missing_key", "time_formats"},
    {"required = [\"region\"]", "required = [5]", "bad_value", "m.toml line 4"},
    {"required = [\"region\"]", "encoding = \"latin1\"", "bad_encoding_name", "m.toml line 4: encoding"},
    {"required = [\"region\"]", "delimiter = \"::\"", "bad_value", "delimiter"},
    {"constant = \"A2\"", "constant = \"A6\"", "bad_value", "m.toml line 11: category.constant: \"A6\" is none of A1"},
    {"constant = \"A2\"", "", "missing_key", "category.column"},
    {"constant = \"A2\"", "constant = \"A2\"\ncolumn = \"type\"", "missing_key", "not both"},
    {"\"投诉\" = \"complaint\"", "\"投诉\" = \"complain\"", "bad_value", "m.toml line 14"},
    {"\"投诉\" = \"complaint\"", "", "missing_key", "kind.values"},
    {"[kind.values]\n\"投诉\" = \"complaint\"", "values = \"x\"", "bad_value", "must be a table"},
    {"column = \"unit\"", "column = \"unit\"\nunlisted = \"maybe\"", "bad_value", "unit.unlisted"},
    {"facts = [\"note\"]", "facts = [\"phone\"]", "bad_value", "contact data"},
    {"[contact]", "[place]\nlat = \"x\"\n[contact]", "missing_key", "lat and lon go together"},
    {"[contact]", "[status]\ncolumn = \"x\"\n[contact]", "missing_key", "status.closed"},
    {"[contact]", "[status]\ncolumn = \"x\"\nclosed = \"y\"\nopen = [\"y\"]\n[contact]", "bad_value",
     "open and closed"},
};

TEST(Mapping, RefusalNamesKeyFileAndLine) {
  for (auto const& wrong : kWrong) {
    auto const mapping = parse_mapping(with(wrong.from, wrong.to), "m.toml");
    ASSERT_FALSE(mapping) << wrong.to;
    EXPECT_EQ(mapping.error().code, wrong.code) << mapping.error().sentence;
    EXPECT_NE(mapping.error().sentence.find(wrong.says), std::string::npos) << mapping.error().sentence;
    EXPECT_TRUE(mapping.error().sentence.starts_with("m.toml line")) << mapping.error().sentence;
  }
}

TEST(Mapping, MissingColumnIsNamedWithItsKeyAndWhatTheFileHas) {
  auto const mapping = parse_mapping(kGood, "m.toml").value();
  auto const bound = bind_columns(mapping, {"id", "opened", "Title", "type", "unit", "region", "note", "phone"});
  ASSERT_FALSE(bound);
  EXPECT_EQ(bound.error().code, "missing_column");
  EXPECT_EQ(
      bound.error().sentence,
      "m.toml line 9: columns.title names the column \"title\", which the file does not have; it has: id, opened, "
      "Title, type, unit, region, note, phone");
}

TEST(Mapping, AllOthersBecomeFactsOnRequest) {
  auto const mapping = parse_mapping(with("[\"note\"]", "\"*\""), "m.toml").value();
  auto const bound = bind_columns(mapping, {"id", "opened", "title", "type", "unit", "region", "phone", "", "x", "y"});
  ASSERT_TRUE(bound) << bound.error().sentence;
  ASSERT_EQ(bound->facts.size(), 2u);
  EXPECT_EQ(bound->facts[0].name, "x");
  EXPECT_EQ(bound->facts[1].index, 9u);
}

TEST(Mapping, AbsentFileIsRefused) {
  EXPECT_EQ(read_mapping("no/such/mapping.toml").error().code, "no_mapping");
  EXPECT_EQ(read_mapping(kSourceRoot).error().code, "no_mapping") << "a folder";
}

TEST(Mapping, ShippedExamplesAreTaken) {
  for (auto name : {"boston311.toml", "cn-12345.toml"}) {
    auto const mapping = read_mapping(kSourceRoot / "schema/mappings" / name);
    EXPECT_TRUE(mapping) << mapping.error().sentence;
  }
}

}  // namespace
}  // namespace fieldnode::central
