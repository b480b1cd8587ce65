#include "node/office/commands.h"

#include <fmt/ostream.h>

#include <algorithm>
#include <array>

#include "node/office/due_command.h"

namespace fieldnode::office {
namespace {

constexpr std::array kCommands{
    Command{"due", "by when something is due, and why", run_due},
};

void print_help(std::ostream& out) {
  fmt::print(out, "usage: fieldnode COMMAND [OPTIONS]\n       fieldnode COMMAND --help\n\n");
  for (auto const& command : kCommands) fmt::print(out, "  {:<20}{}\n", command.name, command.summary);
  fmt::print(out, "\nexit codes: 0 done, 1 failed, 2 bad usage or input\n");
}

}  // namespace

std::span<Command const> commands() { return kCommands; }

int run_program(std::span<std::string const> args, Console const& console) {
  if (args.empty()) {
    print_help(console.err);
    return kExitBadInput;
  }
  auto const& word = args.front();
  if (word == "--help" || word == "-h") {
    print_help(console.out);
    return kExitDone;
  }
  if (word == "--version") {
    fmt::print(console.out, "fieldnode {}\n", FIELDNODE_VERSION);
    return kExitDone;
  }
  auto const command = std::ranges::find(kCommands, word, &Command::name);
  if (command == kCommands.end()) {
    fmt::print(console.err, "fieldnode: there is no command \"{}\"; fieldnode --help lists them\n", word);
    return kExitBadInput;
  }
  return command->run(args.subspan(1), console);
}

}  // namespace fieldnode::office
