#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "node/central/import/import_row.h"

/// The real file, where it is at hand: 25,438 service requests. The numbers were counted independently.
namespace fieldnode::central {
namespace {

namespace fs = std::filesystem;

fs::path const kSourceRoot = fs::path(FIELDNODE_TEST_DATA).parent_path().parent_path();

/// Unpacked by the build, see CMakeLists.txt; empty where the file is absent.
std::string boston_text() {
  std::ifstream input(FIELDNODE_BOSTON_CSV, std::ios::binary);
  return {std::istreambuf_iterator<char>(input), {}};
}

struct Counts {
  int rows{};
  int open{};
  std::map<std::string, int> rejected;
  std::map<RowFlag, int> flagged;
  std::map<std::string, int> units;
  std::map<rules::Category, int> categories;
  std::map<rules::CaseKind, int> kinds;
};

Counts count(std::string const& text, RowOptions options) {
  auto const mapping = read_mapping(kSourceRoot / "schema/mappings/boston311.toml").value();
  std::istringstream input(text);
  auto reader = CsvReader::open(input, {.encoding = mapping.encoding}).value();
  auto const mapper = RowMapper::bind(mapping, reader.header(), options).value();
  Counts counts;
  while (auto const row = reader.next()) {
    ++counts.rows;
    auto const outcome = mapper.map(*row);
    if (auto const* rejected = std::get_if<RejectedRow>(&outcome)) {
      ++counts.rejected[rejected->code];
      continue;
    }
    auto const& taken = std::get<ImportedCase>(outcome);
    counts.open += taken.is_closed ? 0 : 1;
    for (auto flag : taken.flags) ++counts.flagged[flag];
    ++counts.units[taken.unit_code];
    ++counts.categories[taken.category];
    ++counts.kinds[taken.kind];
  }
  EXPECT_EQ(reader.bytes_read(), text.size());
  return counts;
}

TEST(BostonImport, EveryRowIsTakenFlaggedOrRejectedAsCounted) {
  auto const text = boston_text();
  if (text.empty()) GTEST_SKIP() << "the Boston file is not part of the project and not at hand";
  auto const counts = count(text, {});
  EXPECT_EQ(counts.rows, 25'438);
  EXPECT_EQ(counts.rejected, (std::map<std::string, int>{{"closed_before_opened", 50}}));
  EXPECT_EQ(counts.flagged, (std::map<RowFlag, int>{{RowFlag::kClosedInSameSecond, 42}}));
  EXPECT_EQ(counts.open, 3'923);
  EXPECT_EQ(counts.units.size(), 13u);
  EXPECT_EQ(counts.categories.size(), 4u);
  EXPECT_EQ(counts.kinds.size(), 5u);
}

TEST(BostonImport, AsOpenEveryTakenRowIsOpen) {
  auto const text = boston_text();
  if (text.empty()) GTEST_SKIP() << "the Boston file is not part of the project and not at hand";
  auto const counts = count(text, {.as_open = true});
  EXPECT_EQ(counts.open, 25'388);
  EXPECT_EQ(counts.rejected.at("closed_before_opened"), 50);
}

// The same shape without the file: what must always hold.
std::string const kHeader =
    "case_id,opened_at,sla_target_at,closed_at,on_time,status,closure_code,title,subject,reason,type,queue,department,"
    "street,neighborhood,ward,zip,lat,lon,source\n";

TEST(BostonImport, MadeRowsOfTheSameShape) {
  auto const counts =
      count(kHeader +
                "1,2015-08-01T00:16:54,,2015-08-03T10:28:23,ONTIME,Closed,Noted,T,S,R,Pothole,Q,PWDx,St,Rox,Ward "
                "1,02121,42.3,-71,App\n"
                "2,2015-08-01T00:16:54,,,ONTIME,Open,,T,S,R,Pothole,Q,PWDx,St,Rox,Ward 1,02121,42.3,-71,App\n"
                "3,2015-08-01T00:16:54,,,ONTIME,Open,,T,S,R,,Q,PWDx,St,Rox,Ward 1,02121,42.3,-71,App\n"
                "4,2015-08-01T00:16:54,,,ONTIME,Open,,T,S,R,Pothole,Q,,St,Rox,Ward 1,02121,42.3,-71,App\n"
                "5,2015-08-01T00:16:54,,2015-11-01T01:30:00,ONTIME,Closed,,T,S,R,Pothole,Q,ISD,St,Rox,Ward "
                "1,02121,42.3,-71,App\n"
                "6,2015-08-01T00:16:54,,,ONTIME,Op",
            {});
  EXPECT_EQ(counts.rows, 6);
  EXPECT_EQ(counts.rejected, (std::map<std::string, int>{{"missing_value", 2}, {"field_count", 1}}));
  EXPECT_EQ(counts.flagged, (std::map<RowFlag, int>{{RowFlag::kAmbiguousTime, 1}}));
  EXPECT_EQ(counts.open, 1);
}

}  // namespace
}  // namespace fieldnode::central
