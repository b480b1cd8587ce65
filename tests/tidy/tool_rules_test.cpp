#include "tests/tidy/tool_rules.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace fieldnode::tidy {
namespace {

/// A folder of its own, gone with the test.
class ToolRules : public testing::Test {
 protected:
  ToolRules() : folder_(std::filesystem::temp_directory_path() / ("fieldnode-tidy-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
  }
  ~ToolRules() override { std::filesystem::remove_all(folder_); }

  void write(std::string const& name, std::string const& text) { std::ofstream(folder_ / name) << text; }

  std::filesystem::path folder_;
};

TEST_F(ToolRules, AnUnformattedFileIsFoundByNameAndLine) {
  auto const tool = find_clang_format();
  if (!tool) GTEST_SKIP() << "clang-format 14 is not installed";
  write(".clang-format", "BasedOnStyle: Google\n");
  write("good.cpp", "int f() { return 1; }\n");
  write("bad.cpp", "int f() { return 1; }\nint   g( ) {return 1;}\n");
  auto const found = check_format(*tool, folder_, {"bad.cpp", "good.cpp"});
  ASSERT_EQ(found.size(), 1U) << report(found);
  EXPECT_EQ(found[0].file, "bad.cpp");
  EXPECT_EQ(found[0].line, 2U);
}

TEST_F(ToolRules, AFormatterThatCannotReadAFileIsNotSilent) {
  auto const tool = find_clang_format();
  if (!tool) GTEST_SKIP() << "clang-format 14 is not installed";
  EXPECT_FALSE(check_format(*tool, folder_, {"absent.cpp"}).empty());
}

TEST_F(ToolRules, ACarelessScriptIsFound) {
  auto const tool = find_shellcheck();
  if (!tool) GTEST_SKIP() << "shellcheck is not installed";
  write("good", "#!/usr/bin/env bash\necho \"$1\"\n");
  write("bad", "#!/usr/bin/env bash\nrm -r $1/\n");
  EXPECT_EQ(report(check_scripts(*tool, folder_, {"good"})), "");
  EXPECT_FALSE(check_scripts(*tool, folder_, {"bad"}).empty());
}

}  // namespace
}  // namespace fieldnode::tidy
