#include "tests/tidy/file_rules.h"

#include <gtest/gtest.h>

namespace fieldnode::tidy {
namespace {

std::string repeated(std::string const& line, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += line;
  return text;
}

TEST(DeadFiles, ASourceThatNoListNamesIsDead) {
  Tree tree{{"sync/wire/CMakeLists.txt", "fieldnode_room(wire SOURCES entry.cpp)"}, {"sync/wire/entry.cpp", ""}};
  EXPECT_EQ(report(check_dead_files(tree)), "");
  tree["sync/wire/try.cpp"] = "";  // part of the name entry.cpp, but no name of its own
  EXPECT_NE(report(check_dead_files(tree)), "");
}

TEST(DeadFiles, AMigrationThatIsNotEmbeddedIsDead) {
  Tree tree{{"schema/CMakeLists.txt", "FILES office/1.sql"}, {"schema/office/1.sql", ""}};
  EXPECT_EQ(report(check_dead_files(tree)), "");
  tree["schema/office/2.sql"] = "";
  EXPECT_NE(report(check_dead_files(tree)), "");
}

TEST(DeadFiles, AHeaderThatOnlyItsOwnSourceIncludesIsDead) {
  Tree tree{{"sync/wire/CMakeLists.txt", "a.cpp b.cpp"},
            {"sync/wire/a.h", ""},
            {"sync/wire/a.cpp", "#include \"sync/wire/a.h\"\n"}};
  EXPECT_NE(report(check_dead_files(tree)), "");
  tree["sync/wire/b.cpp"] = "#include \"sync/wire/a.h\"\n";
  EXPECT_EQ(report(check_dead_files(tree)), "");
}

TEST(Lengths, AFileOf500LinesPassesAndOneMoreFails) {
  EXPECT_EQ(report(check_lengths({{"sync/wire/a.cpp", repeated("int x;\n", 500)}})), "");
  EXPECT_NE(report(check_lengths({{"sync/wire/a.cpp", repeated("int x;\n", 501)}})), "");
  EXPECT_NE(report(check_lengths({{"ui-web/src/a.tsx", repeated("let x;\n", 501)}})), "");
  EXPECT_EQ(report(check_lengths({{"tests/data/a.json", repeated("1,\n", 501)}})), "") << "data is as long as it is";
}

TEST(Lengths, AFunctionOf60LinesPassesAndOneMoreFails) {
  auto const function = [](std::size_t lines) { return "void f() {\n" + repeated("  g();\n", lines - 2) + "}\n"; };
  EXPECT_EQ(report(check_lengths({{"sync/wire/a.cpp", function(60)}})), "");
  EXPECT_NE(report(check_lengths({{"sync/wire/a.cpp", function(61)}})), "");
  auto const wide_head = "void f(int a,\n       int b) {\n" + repeated("  g();\n", 60) + "}\n";
  EXPECT_NE(report(check_lengths({{"sync/wire/a.cpp", wide_head}})), "");
}

TEST(Lengths, ATableIsNoFunction) {
  EXPECT_EQ(report(check_lengths({{"sync/wire/a.cpp", "Row const kRows[] = {\n" + repeated("  {1},\n", 90) + "};\n"}})),
            "");
}

TEST(Names, ANameThatTakesInAnythingIsRefused) {
  for (auto const* path : {"node/util/a.h", "sync/common/a.h", "sync/wire/helpers.h", "node/office/session_manager.h",
                           "sync/impl/a.h", "tests/unit/misc/a.cpp"}) {
    EXPECT_NE(report(check_names({{path, ""}})), "") << path;
  }
  EXPECT_EQ(report(check_names({{"node/office/implausible_act.h", ""}, {"sync/wire/entry.h", ""}})), "");
}

TEST(HeaderGuards, AHeaderWithoutPragmaOnceIsRefused) {
  EXPECT_NE(report(check_header_guards({{"sync/wire/a.h", "int x;\n"}})), "");
  EXPECT_EQ(report(check_header_guards({{"sync/wire/a.h", "#pragma once\nint x;\n"}})), "");
}

}  // namespace
}  // namespace fieldnode::tidy
