#include "node/office/commands.h"

#include <fmt/ostream.h>

#include <algorithm>
#include <array>

#include "node/office/due_command.h"
#include "node/office/enrol_command.h"
#include "node/office/serve_command.h"
#include "node/office/status_command.h"
#include "node/office/sync_command.h"
#include "node/office/user_command.h"
#include "node/office/verify_command.h"

namespace fieldnode::office {
namespace {

constexpr std::array kCommands{
    Command{"serve", "the node at work: its page and its link to the centre", run_serve},
    Command{"enrol", "make a directory the node of a unit, with a code from the centre", run_enrol},
    Command{"status", "how the node is", run_status},
    Command{"sync", "exchange with the centre now", run_sync},
    Command{"verify", "prove chains, receipts and lists", run_verify},
    Command{"user", "who may sign in: add, list, reset, disable", run_user},
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
