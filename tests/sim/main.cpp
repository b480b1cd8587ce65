#include <iostream>
#include <vector>

#include "tests/sim/sim_run.h"

int main(int count, char const* const* arguments) {
  using namespace fieldnode::sim;
  try {
    auto const options = read_command_line({arguments + 1, static_cast<std::size_t>(count - 1)});
    if (!options.help) return run(options);
    std::cout << usage();
    return 0;
  } catch (BadUsage const& bad) {
    std::cerr << "fieldnode-sim: " << bad.why << "\n\n" << usage();
    return 2;
  }
}
