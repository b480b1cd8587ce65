#include "node/cli/program.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <sstream>

#include "node/cli/call.h"

namespace fieldnode::cli {
namespace {

namespace json = boost::json;

/// Says what it was called with.
Result<void> echo(Call const& call) {
  json::object seen;
  for (auto const* name : {"--text", "--preset", "--count", "file"}) seen[name] = call.text(name);
  seen["--loud"] = call.has("--loud");
  seen["--number"] = call.has("--number") ? json::value(call.number("--number")) : json::value();
  auto& many = seen["--many"].emplace_array();
  for (auto const& text : call.texts("--many")) many.emplace_back(text);
  call.answer(seen, "text: " + call.text("--text") + "\n");
  return {};
}

std::vector<Option> echo_options() {
  return {{.name = "--text", .value = "TEXT", .text = "any", .example = "hello", .required = true},
          {.name = "--preset", .value = "TEXT", .text = "any", .preset = "as ever"},
          {.name = "--count", .value = "TEXT", .text = "any"},
          {.name = "--number", .value = "N", .text = "some", .number = NumberRange{.least = 10, .most = 20}},
          {.name = "--many", .value = "TEXT", .text = "any", .repeatable = true},
          {.name = "--loud", .text = "a flag"},
          {.name = "file", .value = "FILE", .text = "a place"}};
}

Result<void> refuse_input(Call const&) { return refuse("bad_thing", "The thing is bad; bring another."); }
Result<void> fail(Call const&) { return refuse("no_world", "The world is gone; try again."); }
Result<void> break_down(Call const&) { throw BrokenWorld("the disk is on fire"); }

Program program() {
  return {.root = {.name = "tool",
                   .summary = "a program",
                   .commands = {{.name = "echo", .summary = "says it", .options = echo_options(), .run = echo},
                                {.name = "thing",
                                 .summary = "things",
                                 .commands = {{.name = "refuse", .summary = "refuses", .run = refuse_input},
                                              {.name = "fail", .summary = "fails", .run = fail},
                                              {.name = "break", .summary = "breaks", .run = break_down}}}}},
          .version = "1.2.3",
          .sentence =
              [](Refusal const& why) {
                return json::object{{"zh", "中文"}, {"en", why.sentence}};
              },
          .is_failure = [](Refusal const& why) { return why.code == "no_world" || why.code == "broken_world"; }};
}

struct Said {
  int code{};
  std::string out;
  std::string err;
};

Said run(std::vector<std::string> const& args) {
  std::ostringstream out;
  std::ostringstream err;
  int const code = run(program(), args, {out, err});
  return {code, out.str(), err.str()};
}

/// `words` as typed after `tool echo`, and what the command saw.
json::value echoed(std::vector<std::string> words) {
  words.insert(words.begin(), "echo");
  words.emplace_back("--json");
  auto const said = run(words);
  EXPECT_EQ(said.code, kExitDone) << said.err;
  return json::parse(said.out);
}

TEST(Program, ACommandSeesWhatWasTyped) {
  auto const seen = echoed({"--text=a b", "--many", "1", "--loud", "place", "--many=2", "--number", "15"});
  EXPECT_EQ(seen.at("--text"), "a b");
  EXPECT_EQ(seen.at("--many"), (json::array{"1", "2"}));
  EXPECT_EQ(seen.at("--loud"), true);
  EXPECT_EQ(seen.at("file"), "place");
  EXPECT_EQ(seen.at("--number").to_number<int>(), 15);
  EXPECT_EQ(seen.at("--preset"), "as ever") << "left out";
  EXPECT_EQ(seen.at("--count"), "") << "left out, without a preset";
}

TEST(Program, ValuesAreTakenAsTheyStand) {
  for (auto const* text : {"", "-5wd", "{}", "[a,b]", "a,b", "--", "'x'", "true", "中文"}) {
    EXPECT_EQ(echoed({"--text", text}).at("--text"), text);
    EXPECT_EQ(echoed({"--text", "x", "--many", text}).at("--many"), json::array{text});
  }
  EXPECT_EQ(echoed({"--text", "x", "--preset", ""}).at("--preset"), "") << "an empty text is a text";
}

TEST(Program, AnswersInTheFormThatWasAskedFor) {
  auto const said = run({"echo", "--text", "hello"});
  EXPECT_EQ(said.code, kExitDone);
  EXPECT_EQ(said.out, "text: hello\n");
  EXPECT_EQ(said.err, "");
}

TEST(Program, BadUsageSaysWhatAndWhereToReadOn) {
  struct Bad {
    std::vector<std::string> args;
    char const* says;
  };
  std::string const help = "; `tool echo --help` shows what it takes. (bad_usage)\n";
  for (auto const& [args, says] : {
           Bad{{"echo"}, "tool echo: --text is missing, write it like --text hello"},
           Bad{{"echo", "--text"}, "tool echo: --text"},
           Bad{{"echo", "--text", "a", "--colour=red"}, "tool echo: There is no option --colour"},
           Bad{{"echo", "--text", "a", "place", "more"}, "tool echo: \"more\" is one word too many"},
           Bad{{"echo", "--text", "a", "--text", "b"},
               "tool echo: --text stands there 2 times and can only be given once"},
           Bad{{"echo", "--text", "a", "--number", "9"}, "tool echo: --number \"9\" is no whole number from 10 to 20"},
           Bad{{"echo", "--text", "a", "--number", "21"}, "\"21\" is no whole number"},
           Bad{{"echo", "--text", "a", "--number", "15x"}, "\"15x\" is no whole number"},
           Bad{{"echo", "--text", "a", "--number", ""}, "\"\" is no whole number"},
       }) {
    auto const said = run(args);
    EXPECT_EQ(said.code, kExitBadInput) << says;
    EXPECT_EQ(said.out, "");
    EXPECT_NE(said.err.find(says), std::string::npos) << said.err;
    EXPECT_TRUE(said.err.ends_with(help)) << said.err;
  }
}

TEST(Program, AWordThatIsNoCommandSaysWhereTheyAreListed) {
  EXPECT_EQ(run({"fly"}).err, "tool: There is no command \"fly\"; tool --help lists them. (bad_usage)\n");
  EXPECT_EQ(run({"thing", "fly"}).err,
            "tool thing: There is no command \"fly\"; tool thing --help lists them. (bad_usage)\n");
  EXPECT_EQ(run({"thing", "--dir"}).code, kExitBadInput);
  for (auto const& args : {std::vector<std::string>{}, {"thing"}}) {
    auto const said = run(args);
    EXPECT_EQ(said.code, kExitBadInput);
    EXPECT_EQ(said.out, "");
    EXPECT_NE(said.err.find("commands:"), std::string::npos) << "what there is, at once";
  }
}

TEST(Program, HelpAndVersionAreAnswers) {
  for (auto const& args : {std::vector<std::string>{"--help"},
                           {"-h"},
                           {"thing", "--help"},
                           {"echo", "-h"},
                           {"echo", "--text", "a", "--help"},
                           {"thing", "fail", "--help"}}) {
    auto const said = run(args);
    EXPECT_EQ(said.code, kExitDone);
    EXPECT_TRUE(said.out.starts_with("usage: tool")) << said.out;
    EXPECT_EQ(said.err, "");
  }
  EXPECT_EQ(run({"--version"}).out, "tool 1.2.3\n");
  EXPECT_EQ(json::parse(run({"--version", "--json"}).out).at("version"), "1.2.3");
}

TEST(Program, ARefusalEndsWithTwoAndAFailureWithOne) {
  auto const refused = run({"thing", "refuse"});
  EXPECT_EQ(refused.code, kExitBadInput);
  EXPECT_EQ(refused.out, "");
  EXPECT_EQ(refused.err, "tool thing refuse: The thing is bad; bring another. (bad_thing)\n");
  EXPECT_EQ(run({"thing", "fail"}).code, kExitFailed);
  auto const broken = run({"thing", "break"});
  EXPECT_EQ(broken.code, kExitFailed);
  EXPECT_EQ(broken.err, "tool thing break: the disk is on fire (broken_world)\n");
}

TEST(Program, WhereJsonWasAskedEveryRefusalIsOneObject) {
  for (auto const& [args, code] : {std::pair{std::vector<std::string>{"thing", "refuse", "--json"}, "bad_thing"},
                                   {{"thing", "break", "--json"}, "broken_world"},
                                   {{"echo", "--json"}, "bad_usage"},
                                   {{"echo", "--json", "--text"}, "bad_usage"},
                                   {{"fly", "--json"}, "bad_usage"}}) {
    auto const said = run(args);
    auto const error = json::parse(said.out).at("error");
    EXPECT_EQ(error.at("code"), code);
    EXPECT_EQ(error.at("sentence").at("zh"), "中文");
    EXPECT_NE(said.err.find(error.at("sentence").at("en").as_string()), std::string::npos) << "to people all the same";
  }
}

TEST(Call, ALogLineNamesTheCommand) {
  std::ostringstream out;
  std::ostringstream err;
  Console const console{out, err};
  auto const log = Call("tool serve", {}, console).log();
  log("a pipe burst");
  EXPECT_EQ(err.str(), "tool serve: a pipe burst\n");
}

TEST(CallDeathTest, AskingForAnOptionThatIsNotThereIsADefect) {
  std::ostringstream out;
  Console const console{out, out};
  Call const call("tool", {}, console);
  EXPECT_DEATH((void)call.text("--typo"), "option");
}

}  // namespace
}  // namespace fieldnode::cli
