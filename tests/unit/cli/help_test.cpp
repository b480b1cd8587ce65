#include "node/cli/help.h"

#include <gtest/gtest.h>

#include <sstream>

namespace fieldnode::cli {
namespace {

Command reading_command() {
  return {
      .name = "read",
      .summary = "read a file",
      .options = {
          data_directory("where it is kept"),
          {.name = "--lines",
           .value = "N",
           .text = "how many of them",
           .preset = "10",
           .number = NumberRange{.least = 1, .most = 99}},
          {.name = "--skip", .value = "TEXT", .text = "leave out what begins so", .example = "#", .repeatable = true},
          {.name = "--loud", .text = "say what is done"},
          {.name = "file", .value = "FILE", .text = "the file", .required = true}}};
}

TEST(Help, OfACommandNamesWhatItTakes) {
  EXPECT_EQ(help_of("tool read", reading_command()),
            "usage: tool read --dir DIR [OPTIONS] FILE\n"
            "\n"
            "read a file\n"
            "\n"
            "options:\n"
            "  --dir DIR    where it is kept\n"
            "  --lines N    how many of them, 1 to 99; 10 if left out\n"
            "  --skip TEXT  leave out what begins so, like #; may repeat\n"
            "  --loud       say what is done\n"
            "  FILE         the file\n"
            "  --json       print the answer as JSON\n"
            "  -h, --help   print this text\n");
}

TEST(Help, OfAProgramNamesItsCommandsAndExitCodes) {
  Command const tool{.name = "tool",
                     .summary = "reads and writes",
                     .commands = {reading_command(), {.name = "write", .summary = "write a file"}}};
  EXPECT_EQ(help_of("tool", tool),
            "usage: tool COMMAND [OPTIONS]\n"
            "\n"
            "reads and writes\n"
            "\n"
            "commands:\n"
            "  read   read a file\n"
            "  write  write a file\n"
            "\n"
            "`tool COMMAND --help` shows what one takes.\n"
            "Exit codes: 0 done, 1 failed, 2 bad usage or input.\n");
}

TEST(Help, ALongTextIsBrokenAtEightyColumnsAndALongNameStandsAlone) {
  std::string words;
  for (int i = 0; i < 60; ++i) words += "word ";
  words += "end";
  Command const tool{.name = "tool",
                     .summary = "talks",
                     .options = {{.name = "--a-name-that-is-longer-than-most", .value = "VALUE", .text = words}}};
  std::istringstream lines(help_of("tool", tool));
  std::string text;
  int words_seen = 0;
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(line.size(), 80U) << line;
    for (auto at = line.find("word"); at != std::string::npos; at = line.find("word", at + 1)) ++words_seen;
    text += line + "\n";
  }
  EXPECT_EQ(words_seen, 60);
  EXPECT_NE(text.find("  --a-name-that-is-longer-than-most VALUE\n"), std::string::npos) << text;
}

}  // namespace
}  // namespace fieldnode::cli
