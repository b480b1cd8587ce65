#include "node/central/import/import_row.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>
#include <sstream>

namespace fieldnode::central {
namespace {

using Fields = std::map<std::string, std::string>;

std::vector<std::string> const kHeader{"id",   "opened", "closed", "target", "status", "title", "text",
                                       "from", "type",   "cat",    "unit",   "street", "hood",  "lat",
                                       "lon",  "who",    "tel",    "addr",   "note",   "region"};

std::string const kMapping = R"(source = "s"
timezone = "EST5EDT,M3.2.0,M11.1.0"
time_formats = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S%z"]
required = ["region"]
facts = ["note", "type"]
[columns]
external_id = "id"
opened_at = "opened"
closed_at = "closed"
target_at = "target"
title = "title"
text = "text"
channel = "from"
[status]
column = "status"
closed = ["Closed", "已办结（归档）"]
open = ["Open"]
[category]
column = "cat"
values = { "tax" = "A1" }
[kind]
column = "type"
default = "help"
values = { "投诉" = "complaint" }
[unit]
column = "unit"
names = { "PW" = "Public Works" }
[place]
street = "street"
neighbourhood = "hood"
lat = "lat"
lon = "lon"
joined = ["hood", "street"]
[contact]
name = "who"
phone = "tel"
address = "addr"
)";

Fields const kGood{{"id", "7"},        {"opened", "2015-08-01 10:00:00"},
                   {"status", "Open"}, {"title", "Lamp"},
                   {"type", "lamp"},   {"cat", "tax"},
                   {"unit", "PW"},     {"region", "north"}};

RowOutcome outcome_of(Fields const& changes, std::string const& mapping_text = kMapping, RowOptions options = {}) {
  auto fields = kGood;
  for (auto const& [name, value] : changes) fields[name] = value;
  CsvRow row;
  row.line = 12;
  row.raw = "raw";
  for (auto const& name : kHeader) row.fields.push_back(fields[name]);
  auto const mapper = RowMapper::bind(parse_mapping(mapping_text, "m.toml").value(), kHeader, options);
  return mapper.value().map(row);
}

ImportedCase case_of(Fields const& changes, RowOptions options = {}) {
  auto const outcome = outcome_of(changes, kMapping, options);
  if (auto const* rejected = std::get_if<RejectedRow>(&outcome)) {
    ADD_FAILURE() << rejected->reason;
    return {};
  }
  return std::get<ImportedCase>(outcome);
}

std::string code_of(Fields const& changes) {
  auto const outcome = outcome_of(changes);
  auto const* const rejected = std::get_if<RejectedRow>(&outcome);
  return rejected == nullptr ? "taken" : rejected->code;
}

TEST(ImportRow, EveryMappedFieldArrives) {
  auto const found = case_of({{"target", "2015-08-06 08:30:00"},
                              {"text", "It is dark"},
                              {"from", "App"},
                              {"street", "Main St"},
                              {"hood", "Roxbury"},
                              {"lat", "42.311"},
                              {"lon", "-71.079"},
                              {"who", "Ann"},
                              {"tel", "１３８００１３８０００"},
                              {"addr", "Main St 5"},
                              {"note", "seen"}});
  EXPECT_EQ(found.line, 12u);
  EXPECT_EQ(found.external_id, "7");
  EXPECT_EQ(found.title, "Lamp");
  EXPECT_EQ(found.text, "It is dark");
  EXPECT_EQ(found.channel, "App");
  EXPECT_EQ(found.category, rules::Category::kA1);
  EXPECT_EQ(found.kind, rules::CaseKind::kHelp);
  EXPECT_EQ(found.unit_code, "PW");
  EXPECT_EQ(found.unit_name, "Public Works");
  EXPECT_EQ(ms_of(found.opened_at), 1438437600000) << "10:00 in Boston's summer is 14:00 UTC";
  EXPECT_EQ(ms_of(found.target_at.value()), 1438864200000);
  EXPECT_FALSE(found.closed_at);
  EXPECT_FALSE(found.is_closed);
  EXPECT_TRUE(found.flags.empty());
  EXPECT_EQ(found.place.joined, "Roxbury, Main St");
  EXPECT_EQ(found.place.point, (ImportedPoint{42311000, -71079000}));
  EXPECT_EQ(found.contact.name, "Ann");
  EXPECT_EQ(found.contact.phone, "13800138000");
  EXPECT_EQ(found.facts, (std::vector<std::pair<std::string, std::string>>{{"note", "seen"}, {"type", "lamp"}}));
}

struct Rejection {
  Fields changes;
  char const* code;
};

TEST(ImportRow, RejectionsHaveStableCodes) {
  std::vector<Rejection> const rejections{
      {{{"id", " "}}, "missing_value"},
      {{{"id", "1.01002E+11"}}, "mangled_number"},
      {{{"opened", ""}}, "missing_value"},
      {{{"opened", "2015-02-30 10:00:00"}}, "bad_time"},
      {{{"opened", "01/08/2015"}}, "bad_time"},
      {{{"target", "soon"}}, "bad_time"},
      {{{"closed", "x"}}, "bad_time"},
      {{{"closed", "2015-08-01 09:59:59"}, {"status", "Closed"}}, "closed_before_opened"},
      {{{"closed", "2015-08-01T13:59:59Z"}, {"status", "Closed"}}, "closed_before_opened"},
      {{{"title", ""}}, "missing_value"},
      {{{"type", ""}}, "missing_value"},
      {{{"type", "\t\xE3\x80\x80"}}, "missing_value"},
      {{{"cat", ""}}, "missing_value"},
      {{{"cat", "gardens"}}, "unknown_category"},
      {{{"unit", ""}}, "missing_value"},
      {{{"unit", "XX"}}, "unknown_unit"},
      {{{"status", ""}}, "missing_value"},
      {{{"status", "Maybe"}}, "unknown_status"},
      {{{"region", ""}}, "missing_value"},
  };
  for (auto const& rejection : rejections) {
    auto const& [column, value] = *rejection.changes.begin();
    EXPECT_EQ(code_of(rejection.changes), rejection.code) << column << " = " << value;
  }
}

TEST(ImportRow, RejectionKeepsLineRawAndSaysTheColumn) {
  auto const outcome = outcome_of({{"unit", ""}});
  auto const& rejected = std::get<RejectedRow>(outcome);
  EXPECT_EQ(rejected.line, 12u);
  EXPECT_EQ(rejected.raw, "raw");
  EXPECT_EQ(rejected.reason, "the column \"unit\" (unit.column) is empty; fill it in");
}

TEST(ImportRow, FaultOfTheReaderIsARejection) {
  CsvRow row;
  row.line = 3;
  row.fault = refuse("field_count", "too few");
  auto const mapper = RowMapper::bind(parse_mapping(kMapping, "m.toml").value(), kHeader, {}).value();
  EXPECT_EQ(std::get<RejectedRow>(mapper.map(row)).code, "field_count");
}

TEST(ImportRow, ClosedInTheSecondOfOpeningIsKeptAndFlagged) {
  auto const found = case_of({{"closed", "2015-08-01 10:00:00"}, {"status", "Closed"}});
  EXPECT_TRUE(found.is_closed);
  EXPECT_TRUE(found.has(RowFlag::kClosedInSameSecond));
  EXPECT_FALSE(case_of({{"closed", "2015-08-01 10:00:01"}, {"status", "Closed"}}).has(RowFlag::kClosedInSameSecond));
}

TEST(ImportRow, AmbiguousClosingTakesTheReadingAfterOpening) {
  // Opened 01:50 in summer time, closed 01:10 in winter time: twenty minutes later, not forty earlier.
  auto const found =
      case_of({{"opened", "2015-11-01T05:50:00Z"}, {"closed", "2015-11-01 01:10:00"}, {"status", "Closed"}});
  EXPECT_TRUE(found.has(RowFlag::kAmbiguousTime));
  EXPECT_EQ(*found.closed_at - found.opened_at, std::chrono::minutes(20));
}

TEST(ImportRow, SkippedTimeIsFlagged) {
  EXPECT_TRUE(case_of({{"opened", "2015-03-08 02:30:00"}}).has(RowFlag::kSkippedTime));
}

TEST(ImportRow, StatusAndClosingTimeThatDisagreeAreFlagged) {
  auto const closed = case_of({{"status", "已办结(归档)"}});
  EXPECT_TRUE(closed.is_closed);
  EXPECT_TRUE(closed.has(RowFlag::kClosedWithoutTime));
  auto const open = case_of({{"closed", "2015-08-02 10:00:00"}});
  EXPECT_FALSE(open.is_closed);
  EXPECT_TRUE(open.has(RowFlag::kOpenWithClosingTime));
}

TEST(ImportRow, WithoutAStatusColumnAClosingTimeCloses) {
  auto text = kMapping;
  auto const from = text.find("[status]");
  text.erase(from, text.find("[category]") - from);
  EXPECT_FALSE(std::get<ImportedCase>(outcome_of({}, text)).is_closed);
  EXPECT_TRUE(std::get<ImportedCase>(outcome_of({{"closed", "2015-08-02 10:00:00"}}, text)).is_closed);
}

TEST(ImportRow, AsOpenTakesClosedRowsAsOpenAndKeepsTheSourcesWord) {
  auto const found = case_of({{"closed", "2015-08-02 10:00:00"}, {"status", "Closed"}}, {.as_open = true});
  EXPECT_FALSE(found.is_closed);
  EXPECT_FALSE(found.closed_at);
  EXPECT_EQ(found.facts, (std::vector<std::pair<std::string, std::string>>{
                             {"type", "lamp"}, {"closed", "2015-08-02 10:00:00"}, {"status", "Closed"}}));
}

TEST(ImportRow, AsOpenRejectsTheSameRows) {
  auto const outcome =
      outcome_of({{"closed", "2015-08-01 09:00:00"}, {"status", "Closed"}}, kMapping, {.as_open = true});
  EXPECT_TRUE(std::holds_alternative<RejectedRow>(outcome));
}

TEST(ImportRow, MangledPhoneIsDroppedAndFlagged) {
  auto const found = case_of({{"tel", "1.38E+10"}, {"who", "Ann"}});
  EXPECT_TRUE(found.has(RowFlag::kMangledPhone));
  EXPECT_EQ(found.contact.phone, "");
  EXPECT_EQ(found.contact.name, "Ann");
}

TEST(ImportRow, WrongCoordinatesAreFlaggedAndKeptAsFacts) {
  for (auto const& [lat, lon] : {std::pair("91", "0"), {"42.3", ""}, {"42,3", "71"}, {"nan", "1"}, {"1", "180.1"}}) {
    auto const found = case_of({{"lat", lat}, {"lon", lon}});
    EXPECT_TRUE(found.has(RowFlag::kBadCoordinates)) << lat << " " << lon;
    EXPECT_FALSE(found.place.point);
    EXPECT_EQ(found.facts.front(), std::pair(std::string("lat"), std::string(lat)));
  }
}

TEST(ImportRow, TitleComesFromTheTextWhenEmpty) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "诉";
  EXPECT_EQ(case_of({{"title", ""}, {"text", text}}).title.size(), 80u * 3);
}

TEST(ImportRow, CanonicalFormFollowsEachFieldAndNothingElse) {
  auto const base = canonical_form(case_of({}));
  EXPECT_EQ(canonical_form(case_of({})), base);
  EXPECT_EQ(canonical_form(case_of({{"title", " Lamp "}, {"type", "lamp\t"}})), base) << "blanks do not count";
  std::set<std::string> forms{base};
  std::vector<Fields> const changes{{{"id", "8"}},
                                    {{"title", "Lamps"}},
                                    {{"text", "x"}},
                                    {{"from", "x"}},
                                    {{"type", "投诉"}},
                                    {{"opened", "2015-08-01 10:00:01"}},
                                    {{"target", "2015-08-01 10:00:01"}},
                                    {{"closed", "2015-08-01 10:00:01"}},
                                    {{"closed", "2015-08-01 10:00:01"}, {"status", "Closed"}},
                                    {{"street", "x"}},
                                    {{"hood", "x"}},
                                    {{"lat", "1"}, {"lon", "2"}},
                                    {{"note", "x"}}};
  for (auto const& change : changes) {
    EXPECT_TRUE(forms.insert(canonical_form(case_of(change))).second) << change.begin()->first;
  }
  auto moved = case_of({});
  moved.line = 99;
  moved.flags.push_back(RowFlag::kNoLineEnd);
  EXPECT_EQ(canonical_form(moved), base);
}

TEST(ImportRow, ContactHasItsOwnCanonicalForm) {
  auto const ann = case_of({{"who", "Ann"}});
  EXPECT_EQ(canonical_form(ann), canonical_form(case_of({}))) << "no personal data in the case's form";
  EXPECT_NE(canonical_form(ann.contact), canonical_form(ImportedContact{}));
  EXPECT_NE(canonical_form(ImportedContact{.name = "ab", .phone = "c", .address = ""}),
            canonical_form(ImportedContact{.name = "a", .phone = "bc", .address = ""}));
}

TEST(ImportRow, ChineseExportInGbkReadsThroughTheShippedMapping) {
  auto const path =
      std::filesystem::path(FIELDNODE_TEST_DATA).parent_path().parent_path() / "schema/mappings/cn-12345.toml";
  auto const mapping = read_mapping(path).value();
  std::istringstream input(
      "\xEF\xBB\xBF工单编号,受理时间,办结时间,办理时限,诉求标题,诉求内容,来电渠道,工单状态,诉求分类,诉求类型,承办单位,"
      "诉求地址,所属区县,所属街道,纬度,经度,诉求人,联系电话,联系地址,紧急程度,是否回访,满意度\r\n"
      "ＧＤ2024001,2024/3/5 9:07,,2024-03-12 "
      "17:00:00,路灯不亮,\"解放路12号,路灯不亮\",电话,办理中,城市管理,投诉,市住建局,"
      "解放路12号,东区,解放街道,,,王某,1.38E+10,,加急,,\r\n");
  auto reader = CsvReader::open(input, {.encoding = mapping.encoding}).value();
  auto const outcome = RowMapper::bind(mapping, reader.header(), {}).value().map(*reader.next());
  ASSERT_TRUE(std::holds_alternative<ImportedCase>(outcome)) << std::get<RejectedRow>(outcome).reason;
  auto const& found = std::get<ImportedCase>(outcome);
  EXPECT_EQ(found.external_id, "GD2024001");
  EXPECT_EQ(ms_of(found.opened_at), 1709600820000) << "01:07 UTC";
  EXPECT_EQ(found.kind, rules::CaseKind::kComplaint);
  EXPECT_EQ(found.unit_name, "市住建局");
  EXPECT_EQ(found.place.joined, "东区, 解放街道, 解放路12号");
  EXPECT_TRUE(found.has(RowFlag::kMangledPhone));
}

}  // namespace
}  // namespace fieldnode::central
