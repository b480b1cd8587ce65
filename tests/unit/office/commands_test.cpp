#include "node/office/commands.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "sync/crypto/token.h"

namespace fieldnode::office {
namespace {

using cli::kExitBadInput;
using cli::kExitDone;
using cli::kExitFailed;

struct Said {
  int code{};
  std::string out;
  std::string err;
};

Said run(std::vector<std::string> const& args) {
  std::ostringstream out;
  std::ostringstream err;
  int const code = cli::run(program(), args, {out, err});
  return {code, out.str(), err.str()};
}

class OfficeCommands : public testing::Test {
 protected:
  OfficeCommands() {
    std::string name = (std::filesystem::temp_directory_path() / "fieldnode-commands-XXXXXX").native();
    dir_ = ::mkdtemp(name.data());
  }
  ~OfficeCommands() override { std::filesystem::remove_all(dir_); }
  std::string dir_;
};

TEST_F(OfficeCommands, WhereThereIsNoNodeEachCommandSaysHowToGetOne) {
  for (std::vector<std::string> const& args : {std::vector<std::string>{"serve", "--page", "127.0.0.1:0"},
                                               {"status"},
                                               {"sync"},
                                               {"verify"},
                                               {"user", "list"}}) {
    auto whole = args;
    whole.insert(whole.end(), {"--dir", dir_, "--json"});
    auto const said = run(whole);
    EXPECT_EQ(said.code, kExitBadInput) << args.front();
    EXPECT_NE(said.err.find("fieldnode enrol --dir"), std::string::npos) << said.err;
    auto const error = boost::json::parse(said.out).at("error");
    EXPECT_EQ(error.at("code"), "not_enrolled");
    EXPECT_NE(said.err.find(error.at("sentence").at("en").as_string()), std::string::npos) << said.err;
  }
  EXPECT_TRUE(std::filesystem::is_empty(dir_)) << "nothing half done";
}

TEST_F(OfficeCommands, BadUsageIsExitTwoWithAReason) {
  for (std::vector<std::string> const& args : {std::vector<std::string>{"serve"},
                                               {"serve", "--dir", dir_, "--page", "here"},
                                               {"serve", "--dir", dir_, "--reply-budget", "1"},
                                               {"enrol", "--dir", dir_},
                                               {"user", "--dir", dir_},
                                               {"user", "add", "--dir", dir_, "--name", "a"},
                                               {"verify", "--dir", dir_, "--nonsense"},
                                               {"nonsense"}}) {
    auto const said = run(args);
    EXPECT_EQ(said.code, kExitBadInput) << args.front();
    EXPECT_FALSE(said.err.empty()) << args.front();
  }
}

TEST_F(OfficeCommands, AMistypedCodeIsRefusedBeforeAnythingIsWritten) {
  auto const node = dir_ + "/node";
  auto const said = run({"enrol", "--dir", node, "--centre", "https://127.0.0.1:1", "--code", "ABCD-EFGH"});
  EXPECT_EQ(said.code, kExitBadInput);
  EXPECT_NE(said.err.find("(bad_code)"), std::string::npos) << said.err;
  EXPECT_FALSE(std::filesystem::exists(node));
}

TEST_F(OfficeCommands, AForeignDatabaseIsNotTouched) {
  std::ofstream(dir_ + "/node.db") << "this is no database, but somebody needs it";
  auto const said = run({"serve", "--dir", dir_, "--page", "127.0.0.1:0"});
  EXPECT_EQ(said.code, kExitBadInput);
  EXPECT_NE(said.err.find("(not_this_database)"), std::string::npos) << said.err;
  std::ifstream file(dir_ + "/node.db");
  std::string text;
  std::getline(file, text);
  EXPECT_EQ(text, "this is no database, but somebody needs it");
}

TEST_F(OfficeCommands, ACentreThatIsNotThereIsAFailureAndNoBadInput) {
  auto const code = crypto::to_code(Bytes(18, 7));
  auto const said = run({"enrol", "--dir", dir_ + "/node", "--centre", "https://127.0.0.1:1", "--code", code});
  EXPECT_EQ(said.code, kExitFailed);
  EXPECT_NE(said.err.find("(unreachable)"), std::string::npos) << said.err;
}

TEST_F(OfficeCommands, HelpNamesEveryCommand) {
  auto const said = run({"--help"});
  EXPECT_EQ(said.code, kExitDone);
  for (auto const& command : program().root.commands) {
    EXPECT_NE(said.out.find(command.name), std::string::npos) << command.name;
    EXPECT_EQ(run({std::string(command.name), "--help"}).code, kExitDone);
  }
}

}  // namespace
}  // namespace fieldnode::office
