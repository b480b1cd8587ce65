#include "tests/tidy/include_rules.h"

#include <gtest/gtest.h>

namespace fieldnode::tidy {
namespace {

std::string layers(std::string const& path, std::string const& text) { return report(check_layers({{path, text}})); }
std::string doors(std::string const& path, std::string const& text) {
  return report(check_foreign_doors({{path, text}}));
}

struct Arrow {
  std::string from;
  std::string to;
};

class ArrowsThatPointUp : public testing::TestWithParam<Arrow> {};
TEST_P(ArrowsThatPointUp, AreRefused) {
  auto const& [from, to] = GetParam();
  EXPECT_NE(layers(from, "#pragma once\n#include \"" + to + "\"\n"), "");
}
INSTANTIATE_TEST_SUITE_P(
    Table, ArrowsThatPointUp,
    testing::Values(Arrow{"sync/base/x.h", "sync/rules/y.h"}, Arrow{"sync/rules/x.h", "sync/crypto/y.h"},
                    Arrow{"sync/crypto/x.h", "sync/rules/y.h"}, Arrow{"sync/wire/x.h", "sync/engine/y.h"},
                    Arrow{"sync/engine/x.h", "node/db/y.h"}, Arrow{"node/db/x.h", "node/net/y.h"},
                    Arrow{"node/net/x.h", "node/db/y.h"}, Arrow{"node/net/x.h", "sync/rules/y.h"},
                    Arrow{"node/db/x.h", "sync/wire/y.h"}, Arrow{"node/office/x.h", "node/central/y.h"},
                    Arrow{"node/central/x.h", "node/office/y.h"}, Arrow{"node/lists/x.h", "node/net/y.h"},
                    Arrow{"node/db/x.h", "node/lists/y.h"}, Arrow{"node/cli/x.h", "node/web/y.h"},
                    Arrow{"node/cli/x.h", "sync/rules/y.h"}, Arrow{"node/sheet/x.h", "sync/rules/y.h"},
                    Arrow{"node/office/x.h", "tests/sim/y.h"}));

class ArrowsThatPointDown : public testing::TestWithParam<Arrow> {};
TEST_P(ArrowsThatPointDown, AreFine) {
  auto const& [from, to] = GetParam();
  EXPECT_EQ(layers(from, "#include \"" + to + "\"\n#include <vector>\n"), "");
}
INSTANTIATE_TEST_SUITE_P(
    Table, ArrowsThatPointDown,
    testing::Values(Arrow{"sync/base/x.h", "sync/base/y.h"}, Arrow{"sync/wire/x.h", "sync/crypto/y.h"},
                    Arrow{"sync/engine/x.cpp", "sync/wire/y.h"}, Arrow{"node/db/x.h", "sync/base/y.h"},
                    Arrow{"node/office/main.cpp", "node/office/y.h"}, Arrow{"node/cli/x.cpp", "node/net/y.h"},
                    Arrow{"node/central/x.cpp", "sync/engine/y.h"}));

TEST(Layers, AFolderThatIsNoRoomIsRefused) { EXPECT_NE(layers("node/extra/x.cpp", ""), ""); }

TEST(Layers, AHeaderNamedWithoutItsRoomIsRefused) { EXPECT_NE(layers("sync/wire/x.cpp", "#include \"x.h\"\n"), ""); }

TEST(Layers, AnIncludeInACommentIsNone) {
  EXPECT_EQ(layers("sync/base/x.cpp", "// #include \"node/net/y.h\"\n/*\n#include \"node/net/y.h\"\n*/\n"), "");
}

TEST(Layers, EmbeddedFilesAreOpenToTheRoomsThatServeThem) {
  Tree tree{{"schema/CMakeLists.txt", "fieldnode_embed(schema_files NAMESPACE x)\n"}};
  tree["node/office/x.cpp"] = "#include \"schema_files.h\"\n";
  EXPECT_EQ(report(check_layers(tree)), "");
  tree["node/db/x.cpp"] = "#include \"schema_files.h\"\n";
  EXPECT_NE(report(check_layers(tree)), "");
}

class WrongDoors : public testing::TestWithParam<Arrow> {};
TEST_P(WrongDoors, AreRefused) {
  auto const& [room, header] = GetParam();
  EXPECT_NE(doors(room + "/x.cpp", "#include <" + header + ">\n"), "");
  EXPECT_NE(doors(room + "/x.cpp", "#include \"" + header + "\"\n"), "") << "quotes are no way around";
}
INSTANTIATE_TEST_SUITE_P(
    Table, WrongDoors,
    testing::Values(Arrow{"node/office", "sqlite3.h"}, Arrow{"node/office", "boost/asio.hpp"},
                    Arrow{"node/central", "boost/beast/http.hpp"}, Arrow{"node/db", "curl/curl.h"},
                    Arrow{"sync/crypto", "openssl/evp.h"}, Arrow{"sync/engine", "cereal/cereal.hpp"},
                    Arrow{"node/net", "zstd.h"}, Arrow{"node/net", "sodium.h"}, Arrow{"node/office", "CLI/CLI.hpp"},
                    Arrow{"node/web", "xlsxwriter.h"}, Arrow{"sync/rules", "toml++/toml.h"},
                    Arrow{"sync/wire", "boost/json.hpp"}, Arrow{"node/office", "boost/system/result.hpp"},
                    Arrow{"node/office", "libpq-fe.h"}, Arrow{"sync/base", "gtest/gtest.h"},
                    Arrow{"node/office", "sys/socket.h"}, Arrow{"sync/base", "boost/multi_index/tag.hpp"},
                    Arrow{"sync/base", "unheard/of.h"}));

class RightDoors : public testing::TestWithParam<Arrow> {};
TEST_P(RightDoors, AreOpen) {
  auto const& [room, header] = GetParam();
  EXPECT_EQ(doors(room + "/x.cpp", "#include <" + header + ">\n"), "");
}
INSTANTIATE_TEST_SUITE_P(Table, RightDoors,
                         testing::Values(Arrow{"node/db", "sqlite3.h"}, Arrow{"node/net", "boost/asio/ip/tcp.hpp"},
                                         Arrow{"node/net", "curl/curl.h"}, Arrow{"sync/wire", "cereal/cereal.hpp"},
                                         Arrow{"sync/wire", "zstd.h"}, Arrow{"sync/crypto", "sodium.h"},
                                         Arrow{"node/cli", "boost/json.hpp"}, Arrow{"sync/rules", "boost/json.hpp"},
                                         Arrow{"sync/base", "vector"}, Arrow{"sync/wire", "fmt/format.h"}));

TEST(Doors, TheParserOfCommandLinesHasItsOneFile) {
  EXPECT_EQ(doors("node/cli/command_line.cpp", "#include <CLI/CLI.hpp>\n"), "");
  EXPECT_NE(doors("node/cli/call.cpp", "#include <CLI/CLI.hpp>\n"), "") << "it costs 12 s for each file";
}

TEST(Doors, ResultHasItsOneFile) {
  EXPECT_EQ(doors("sync/base/result.h", "#include <boost/system/result.hpp>\n"), "");
  EXPECT_NE(doors("sync/base/other.h", "#include <boost/system/result.hpp>\n"), "");
}

}  // namespace
}  // namespace fieldnode::tidy
