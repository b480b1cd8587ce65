#include "tests/tidy/text_rules.h"

#include <gtest/gtest.h>

namespace fieldnode::tidy {
namespace {

TEST(PostponedWork, IsRefusedInCodeAndDocuments) {
  for (auto const* word : {"TODO", "FIXME", "XXX", "HACK"}) {
    EXPECT_NE(report(check_no_postponed_work({{"sync/wire/a.cpp", std::string("// ") + word + ": later\n"}})), "");
    EXPECT_NE(report(check_no_postponed_work({{"README.md", std::string(word) + "(me)\n"}})), "");
  }
  EXPECT_EQ(report(check_no_postponed_work({{"sync/base/a.cpp", "mkstemp(\"a.XXXXXX\"); hotTODOist"}})), "");
}

TEST(HostPaths, AreRefusedEverywhereButInDataAndDefaults) {
  EXPECT_NE(report(check_no_host_paths({{"tests/unit/db/a.cpp", "open(\"/tmp/test.db\")"}})), "");
  EXPECT_NE(report(check_no_host_paths({{"README.md", "cd /home/me/fieldnode\n"}})), "");
  EXPECT_NE(report(check_no_host_paths({{"packaging/build", "cd /work\n"}})), "");
  EXPECT_EQ(report(check_no_host_paths({{"packaging/build", "dir=${TMPDIR:-/tmp}\ncd $root/work\n"}})), "");
  EXPECT_EQ(report(check_no_host_paths({{"a.md", "https://example.org/home and net/work and /homes"}})), "");
}

TEST(Scripts, WithoutStrictModeAreRefused) {
  EXPECT_NE(report(check_scripts_are_strict({{"packaging/x", "#!/usr/bin/env bash\ncd y\n"}})), "");
  EXPECT_EQ(report(check_scripts_are_strict({{"packaging/x", "#!/usr/bin/env bash\nset -euo pipefail\n"}})), "");
  EXPECT_EQ(report(check_scripts_are_strict({{"packaging/x.txt", "no script\n"}})), "");
}

}  // namespace
}  // namespace fieldnode::tidy
