#include <unistd.h>

#include <algorithm>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "node/central/commands.h"

int main(int argc, char** argv) {
  using namespace fieldnode::central;
  try {
    std::vector<std::string> const args(argv + std::min(argc, 1), argv + argc);
    int const code = run_program(args, {std::cout, std::cerr, ::isatty(STDERR_FILENO) == 1});
    if (std::cout.flush()) return code;
    std::cerr << "fieldnode-central: the answer could not be written: is the disk full or the reader gone?\n";
    return kExitFailed;
  } catch (std::exception const& broken) {
    std::cerr << "fieldnode-central: " << broken.what() << '\n';
    return kExitFailed;
  }
}
