#include <gtest/gtest.h>

#include <fstream>

#include "tests/unit/central/import_world.h"
#include "tests/unit/db/temp_directory.h"

namespace fieldnode::central {
namespace {

namespace fs = std::filesystem;
using db::TempDirectory;

Refusal refusal_of(fs::path const& path) {
  auto const opened = ImportFile::open(path, made_mapping(), {});
  return opened ? Refusal() : opened.error();
}

Refusal refusal_of_text(std::string const& text) {
  TempDirectory directory;
  auto const path = directory.path() / "cases.csv";
  std::ofstream(path, std::ios::binary) << text;
  auto refusal = refusal_of(path);
  bool const names_file = refusal.sentence.find(path.native()) != std::string::npos;
  EXPECT_TRUE(names_file || refusal.code.empty()) << refusal.sentence;
  return refusal;
}

TEST(ImportFile, SaysWhatIsWrongBeforeAnythingIsWritten) {
  EXPECT_EQ(refusal_of_text("").code, "empty_file");
  EXPECT_EQ(refusal_of_text("\x1f\x8b\x08 packed").code, "gzip_file");
  EXPECT_EQ(refusal_of_text("PK\x03\x04 sheet").code, "spreadsheet_file");
  auto const column = refusal_of_text("id,opened,closed,target,title,text,unit,name,extra\n");
  EXPECT_EQ(column.code, "missing_column");
  EXPECT_NE(column.sentence.find("phone"), std::string::npos) << column.sentence;
}

TEST(ImportFile, AFileThatEndsWithinARowIsRefusedWhole) {
  auto const text = many_rows(20);
  auto const cut = refusal_of_text(text.substr(0, text.size() - 30));
  EXPECT_EQ(cut.code, "cut_file");
  EXPECT_NE(cut.sentence.find("line 21"), std::string::npos) << cut.sentence;
  // Only the line end is missing: the row is whole.
  EXPECT_EQ(refusal_of_text(text.substr(0, text.size() - 1)).code, "");
}

TEST(ImportFile, AnAbsentFileAndAFolderAreNamed) {
  TempDirectory directory;
  EXPECT_EQ(refusal_of(directory.path()).code, "no_import_file");
  auto const absent = refusal_of(directory.path() / "absent.csv");
  EXPECT_EQ(absent.code, "no_import_file");
  EXPECT_NE(absent.sentence.find("absent.csv"), std::string::npos);
}

}  // namespace
}  // namespace fieldnode::central
