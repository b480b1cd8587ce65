#include "node/central/commands.h"

#include <fmt/ostream.h>

#include <algorithm>
#include <array>

#include "node/central/desk_commands.h"
#include "node/central/import_command.h"
#include "node/central/init_command.h"
#include "node/central/serve_command.h"

namespace fieldnode::central {
namespace {

constexpr std::array kCommands{
    Command{"init", "makes a city: keys, certificates, an empty database", run_init},
    Command{"serve", "serves nodes on the sync port and operators on the page", run_serve},
    Command{"unit", "add, list: the organizer units", run_unit},
    Command{"enrol-code", "a one-time code with which a unit's node is enrolled", run_enrol_code},
    Command{"import", "takes in the cases of another system's CSV file", run_import},
    Command{"user", "add, list, reset, disable: who may sign in at the page", run_user},
    Command{"status", "counts and health of the city", run_status},
    Command{"verify", "recomputes chains, projections and receipts", run_verify},
};

void print_help(std::ostream& out) {
  fmt::print(out, "usage: fieldnode-central COMMAND --dir DIR [OPTIONS]\n       fieldnode-central COMMAND --help\n\n");
  for (auto const& command : kCommands) fmt::print(out, "  {:<12}{}\n", command.name, command.summary);
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
    fmt::print(console.out, "fieldnode-central {}\n", FIELDNODE_VERSION);
    return kExitDone;
  }
  auto const command = std::ranges::find(kCommands, word, &Command::name);
  if (command == kCommands.end()) {
    fmt::print(console.err, "fieldnode-central: there is no command \"{}\"; fieldnode-central --help lists them\n",
               word);
    return kExitBadInput;
  }
  return command->run(args.subspan(1), console);
}

}  // namespace fieldnode::central
