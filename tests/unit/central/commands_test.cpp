#include "node/central/commands.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "tests/unit/central/temp_city.h"

namespace fieldnode::central {
namespace {

namespace json = boost::json;
using cli::kExitBadInput;
using cli::kExitDone;

struct Ended {
  int code{};
  std::string out;
  std::string err;
};

struct CentralCommands : testing::Test {
  Ended run(std::vector<std::string> const& args) {
    std::ostringstream out;
    std::ostringstream err;
    int const code = cli::run(program(), args, {out, err});
    return {code, out.str(), err.str()};
  }
  Ended on_city(std::vector<std::string> args, std::vector<std::string> const& more = {}) {
    args.insert(args.end(), {"--dir", dir});
    args.insert(args.end(), more.begin(), more.end());
    return run(args);
  }
  void init() { ASSERT_EQ(on_city({"init"}, {"--name", "测试市"}).code, kExitDone); }
  [[nodiscard]] static std::string code_in(Ended const& ended) {
    return std::string(json::parse(ended.out).at("error").at("code").as_string());
  }

  TempFolder folder;
  std::string dir{(folder.path() / "centre").string()};
};

TEST_F(CentralCommands, BadUsageIsTwoAndSaysWhatToDo) {
  EXPECT_EQ(run({}).code, kExitBadInput);
  EXPECT_EQ(run({"fly"}).code, kExitBadInput);
  EXPECT_NE(run({"fly"}).err.find("--help"), std::string::npos);
  EXPECT_EQ(run({"status"}).code, kExitBadInput);
  EXPECT_EQ(run({"unit", "remove"}).code, kExitBadInput);
  EXPECT_EQ(on_city({"status"}, {"--frobnicate"}).code, kExitBadInput);
  EXPECT_EQ(on_city({"serve"}, {"--sync", "nowhere"}).code, kExitBadInput);
  EXPECT_EQ(on_city({"serve"}, {"--sync", "127.0.0.1:99999"}).code, kExitBadInput);
}

TEST_F(CentralCommands, HelpAndVersionAreAnswers) {
  EXPECT_EQ(run({"--help"}).code, kExitDone);
  EXPECT_EQ(run({"--version"}).code, kExitDone);
  for (auto const& command : program().root.commands)
    EXPECT_EQ(run({std::string(command.name), "--help"}).code, kExitDone);
}

TEST_F(CentralCommands, NothingWorksBeforeInit) {
  auto const ended = on_city({"status"}, {"--json"});
  EXPECT_EQ(ended.code, kExitBadInput);
  EXPECT_EQ(code_in(ended), "no_city");
}

TEST_F(CentralCommands, AUnitIsAddedListedAndGetsACode) {
  init();
  EXPECT_EQ(on_city({"unit", "add"}, {"--code", "BH", "--name", "滨河街道办事处"}).code, kExitDone);
  auto const units = json::parse(on_city({"unit", "list"}, {"--json"}).out).at("units").as_array();
  ASSERT_EQ(units.size(), 1U);
  EXPECT_EQ(units[0].at("code"), "BH");
  EXPECT_EQ(units[0].at("node").at("state"), "none");
  auto const code = on_city({"enrol-code"}, {"--unit", "BH"});
  EXPECT_EQ(code.code, kExitDone);
  EXPECT_EQ(code.out.find('\n'), 38U) << "38 characters in groups, and a line end";
  auto const nodes = json::parse(on_city({"node", "list"}, {"--json"}).out);
  EXPECT_NE(code.out.find(nodes.at("city_fingerprint").as_string()), std::string::npos) << code.out;
  EXPECT_TRUE(nodes.at("nodes").as_array().empty());
  EXPECT_EQ(on_city({"node", "confirm"}, {"--fingerprint", "7K3M"}).code, kExitBadInput);
}

TEST_F(CentralCommands, AUserGetsAOneTimePasswordAndALastDay) {
  init();
  auto const added = json::parse(on_city({"user", "add"}, {"--name", "赵敏", "--role", "operator", "--json"}).out);
  EXPECT_FALSE(added.at("password").as_string().empty());
  EXPECT_EQ(added.at("must_change"), true);
  auto const reset = on_city({"user", "reset"}, {"--name", "赵敏"});
  EXPECT_NE(reset.out, std::string(added.at("password").as_string()) + "\n");
  EXPECT_EQ(on_city({"user", "disable"}, {"--name", "赵敏"}).code, kExitDone);
  EXPECT_EQ(json::parse(on_city({"user", "list"}, {"--json"}).out).at("users").at(0).at("disabled"), true);
  EXPECT_EQ(code_in(on_city({"user", "add"}, {"--name", "李", "--role", "king", "--json"})), "bad_field");
  EXPECT_EQ(code_in(on_city({"user", "reset"}, {"--name", "nobody", "--json"})), "unknown_name");
}

TEST_F(CentralCommands, VerifySaysWhatItRecomputedUnitByUnit) {
  init();
  ASSERT_EQ(on_city({"unit", "add"}, {"--code", "BH", "--name", "滨河"}).code, kExitDone);
  auto const sound = json::parse(on_city({"verify"}, {"--json"}).out);
  EXPECT_EQ(sound.at("ok"), true);
  auto const& unit = sound.at("units").at(0);
  EXPECT_EQ(unit.at("feed").at("seq").to_number<int>(), 1);
  EXPECT_TRUE(unit.at("journal").is_null());
  EXPECT_EQ(unit.at("digest").as_string().size(), 64U);
}

TEST_F(CentralCommands, ADatabaseOfANewerProgramIsLeftAlone) {
  init();
  {
    auto connection = db::Connection::open_writer(CityPaths(dir).database(), {.application_id = 0x666E4345}).value();
    connection.execute("PRAGMA user_version = 99");
  }
  auto const ended = on_city({"status"}, {"--json"});
  EXPECT_EQ(ended.code, kExitBadInput);
  EXPECT_EQ(code_in(ended), "newer_database");
}

}  // namespace
}  // namespace fieldnode::central
