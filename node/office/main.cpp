#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "node/office/commands.h"

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

int main(int argc, char** argv) {
  using namespace fieldnode::office;
  try {
    std::vector<std::string> const args(argv + std::min(argc, 1), argv + argc);
    int const code = run_program(args, {std::cout, std::cerr, speaks_chinese()});
    if (std::cout.flush()) return code;
    std::cerr << "fieldnode: the answer could not be written: is the disk full or the reader gone?\n";
    return kExitFailed;
  } catch (std::exception const& broken) {
    std::cerr << "fieldnode: " << broken.what() << '\n';
    return kExitFailed;
  }
}
