#include "node/cli/program_main.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

namespace fieldnode::cli {
namespace {

/// The first of the usual variables that is set decides, as for every program.
bool speaks_chinese() {
  for (auto const* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    auto const* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return std::string_view(value).starts_with("zh");
  }
  return false;
}

}  // namespace

int program_main(Program const& program, int argc, char** argv) {
  std::vector<std::string> const args(argv + std::min(argc, 1), argv + argc);
  Console const console{
      .out = std::cout,
      .err = std::cerr,
      .chinese = speaks_chinese(),
      .err_is_terminal = ::isatty(STDERR_FILENO) == 1,
      .in = &std::cin,
  };
  int const code = run(program, args, console);
  if (std::cout.flush()) return code;
  std::cerr << program.root.name << ": the answer could not be written: is the disk full or the reader gone?\n";
  return kExitFailed;
}

}  // namespace fieldnode::cli
