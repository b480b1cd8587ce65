/// A tool of the build: plant_bugs TABLE SOURCE FILE OUTPUT writes SOURCE, called FILE in the table, with its bugs.
#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>

#include "tests/sim/mutant_table.h"

namespace {

std::string read_file(char const* path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error(std::string("cannot read ") + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

int main(int count, char** arguments) try {
  if (count != 5) {
    std::cerr << "usage: plant_bugs TABLE SOURCE FILE OUTPUT\n";
    return 2;
  }
  auto const mutants = fieldnode::sim::read_mutants(read_file(arguments[1]));
  std::ofstream out(arguments[4], std::ios::binary);
  out << fieldnode::sim::plant_bugs(mutants, arguments[3], read_file(arguments[2]));
  return out ? 0 : 1;
} catch (std::exception const& broken) {
  std::cerr << broken.what() << "\n";
  return 1;
}
