// The house rules against the sources as they are. That each rule can fail is shown by the tests beside it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "tests/tidy/call_rules.h"
#include "tests/tidy/file_rules.h"
#include "tests/tidy/include_rules.h"
#include "tests/tidy/message_rules.h"
#include "tests/tidy/text_rules.h"
#include "tests/tidy/tool_rules.h"

namespace fieldnode::tidy {
namespace {

class Tidy : public testing::Test {
 protected:
  Tree const tree_ = read_tree(FIELDNODE_SOURCE_ROOT);

  template <class Choice>
  [[nodiscard]] std::vector<std::string> files_where(Choice is_chosen) const {
    std::vector<std::string> files;
    for (auto const& [path, text] : tree_) {
      if (is_chosen(path, text)) files.push_back(path);
    }
    return files;
  }
};

/// Where everything must be judged a missing tool is a failure; on a user's machine it is a skip with a reason.
bool must_have_tools() { return std::getenv("CI") != nullptr; }

TEST_F(Tidy, TheTreeIsRead) {
  EXPECT_TRUE(tree_.contains("CMakeLists.txt"));
  EXPECT_TRUE(tree_.contains("sync/base/clock.cpp"));
  EXPECT_TRUE(std::ranges::none_of(tree_, [](auto const& file) { return file.first.starts_with("build/"); }));
}

TEST_F(Tidy, IncludesOnlyPointDown) { EXPECT_EQ(report(check_layers(tree_)), ""); }
TEST_F(Tidy, ForeignLibrariesKeepToTheirDoors) { EXPECT_EQ(report(check_foreign_doors(tree_)), ""); }
TEST_F(Tidy, ClocksAndChanceHaveOneHome) { EXPECT_EQ(report(check_banned_calls(tree_)), ""); }
TEST_F(Tidy, SqlAsksForNoTimeAndNoChance) { EXPECT_EQ(report(check_banned_sql(tree_)), ""); }
TEST_F(Tidy, NoFileIsDead) { EXPECT_EQ(report(check_dead_files(tree_)), ""); }
TEST_F(Tidy, FilesAndFunctionsAreShort) { EXPECT_EQ(report(check_lengths(tree_)), ""); }
TEST_F(Tidy, NamesSayWhatIsInside) { EXPECT_EQ(report(check_names(tree_)), ""); }
TEST_F(Tidy, HeadersAreGuarded) { EXPECT_EQ(report(check_header_guards(tree_)), ""); }
TEST_F(Tidy, NothingIsPostponed) { EXPECT_EQ(report(check_no_postponed_work(tree_)), ""); }
TEST_F(Tidy, NoPathOfOneMachine) { EXPECT_EQ(report(check_no_host_paths(tree_)), ""); }
TEST_F(Tidy, ScriptsStopAtTheFirstFailure) { EXPECT_EQ(report(check_scripts_are_strict(tree_)), ""); }
TEST_F(Tidy, ChineseAndEnglishSayTheSame) { EXPECT_EQ(report(check_messages(tree_)), ""); }

TEST_F(Tidy, SourcesAreFormatted) {
  auto const tool = find_clang_format();
  if (!tool && !must_have_tools()) GTEST_SKIP() << "clang-format 14 is not installed: apt-get install clang-format-14";
  ASSERT_TRUE(tool) << "CI needs clang-format-14";
  auto const files = files_where([](auto const& path, auto const&) { return is_cpp(path); });
  EXPECT_EQ(report(check_format(*tool, FIELDNODE_SOURCE_ROOT, files)), "");
}

TEST_F(Tidy, ScriptsPassShellcheck) {
  auto const tool = find_shellcheck();
  if (!tool && !must_have_tools()) GTEST_SKIP() << "shellcheck is not installed: apt-get install shellcheck";
  ASSERT_TRUE(tool) << "CI needs shellcheck";
  auto const files = files_where([](auto const&, auto const& text) { return is_bash_script(text); });
  EXPECT_EQ(report(check_scripts(*tool, FIELDNODE_SOURCE_ROOT, files)), "");
}

}  // namespace
}  // namespace fieldnode::tidy
