#include "node/central/import/reject_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "node/central/import/csv_reader.h"

namespace fieldnode::central {
namespace {

namespace fs = std::filesystem;

class RejectFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    auto const* const test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::path(::testing::TempDir()) / ("rejects-" + std::to_string(::getpid()) + test->name());
    fs::create_directories(folder_);
    path_ = folder_ / "rejected.csv";
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string content() const {
    std::ifstream input(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(input), {}};
  }

  fs::path folder_;
  fs::path path_;
};

TEST(SpreadsheetField, FormulasAreDefused) {
  EXPECT_EQ(spreadsheet_field("=1+1"), "'=1+1");
  EXPECT_EQ(spreadsheet_field("=HYPERLINK(\"http://x\",\"y\")"), "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
  for (auto start : {"+1", "-1", "@x", "\tx"}) EXPECT_TRUE(spreadsheet_field(start).starts_with("'")) << start;
  EXPECT_EQ(spreadsheet_field("\r=1"), "\"'\r=1\"");
  EXPECT_EQ(spreadsheet_field("a,b"), "\"a,b\"");
  EXPECT_EQ(spreadsheet_field("plain"), "plain");
  EXPECT_EQ(spreadsheet_field(""), "");
}

TEST_F(RejectFiles, ListIsACsvThatOurReaderReads) {
  auto list = RejectFile::create(path_).value();
  list.add({.line = 7, .code = "bad_time", .reason = "no \"time\"", .raw = "1,\"a\nb\",=x"});
  list.add({.line = 9, .code = "field_count", .reason = "two, not three", .raw = "=cmd"});
  EXPECT_EQ(list.count(), 2u);
  list.publish();

  std::istringstream input(content());
  auto reader = CsvReader::open(input, {}).value();
  EXPECT_EQ(reader.header(), (std::vector<std::string>{"line", "code", "reason", "raw"}));
  EXPECT_EQ(reader.next()->fields, (std::vector<std::string>{"7", "bad_time", "no \"time\"", "1,\"a\nb\",=x"}));
  EXPECT_EQ(reader.next()->fields, (std::vector<std::string>{"9", "field_count", "two, not three", "'=cmd"}));
  EXPECT_FALSE(reader.next());
}

TEST_F(RejectFiles, NameAppearsOnlyWithTheWholeList) {
  std::ofstream(path_) << "earlier";
  {
    auto list = RejectFile::create(path_).value();
    list.add({.line = 1, .code = "c", .reason = "r", .raw = "x"});
    EXPECT_EQ(content(), "earlier");
  }
  EXPECT_EQ(content(), "earlier") << "given up before publishing";
  EXPECT_FALSE(fs::exists(path_.string() + ".part"));
}

TEST_F(RejectFiles, RemainsOfAKilledImportAreReplaced) {
  std::ofstream(path_.string() + ".part") << "half a li";
  auto list = RejectFile::create(path_).value();
  list.publish();
  EXPECT_EQ(content(), "\xEF\xBB\xBFline,code,reason,raw\r\n");
  EXPECT_FALSE(fs::exists(path_.string() + ".part"));
}

TEST_F(RejectFiles, OthersMayNotReadIt) {
  auto list = RejectFile::create(path_).value();
  list.publish();
  struct stat status {};
  ASSERT_EQ(::stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777u, 0600u);
}

TEST_F(RejectFiles, PlaceThatCannotBeWrittenIsRefused) {
  EXPECT_EQ(RejectFile::create(folder_ / "no" / "such.csv").error().code, "reject_file_unwritable");
  EXPECT_EQ(RejectFile::create(folder_).error().code, "reject_file_unwritable");
}

TEST_F(RejectFiles, LongListsAreWhole) {
  auto list = RejectFile::create(path_).value();
  for (std::uint64_t line = 1; line <= 20'000; ++line) {
    list.add({.line = line, .code = "c", .reason = "reason", .raw = "raw text"});
  }
  list.publish();
  std::istringstream input(content());
  auto reader = CsvReader::open(input, {}).value();
  std::uint64_t rows = 0;
  while (auto row = reader.next()) EXPECT_EQ(row->fields[0], std::to_string(++rows));
  EXPECT_EQ(rows, 20'000u);
}

}  // namespace
}  // namespace fieldnode::central
