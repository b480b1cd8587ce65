#include "tests/sim/command_line.h"

#include <charconv>

namespace fieldnode::sim {
namespace {

constexpr std::uint64_t kDaysMost = 365;
constexpr std::uint64_t kNodesMost = 64;

std::uint64_t number(std::string_view option, std::string_view text, std::uint64_t most) {
  std::uint64_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value == 0 || value > most) {
    throw BadUsage{std::string(option) + " takes a whole number from 1 to " + std::to_string(most) + ", not \"" +
                   std::string(text) + "\""};
  }
  return value;
}

void read_seeds(std::string_view text, SimOptions& options) {
  auto const dots = text.find("..");
  if (dots == std::string_view::npos) throw BadUsage{"--seeds takes FROM..TO, for example 1..20"};
  options.first_seed = number("--seeds", text.substr(0, dots), UINT64_MAX);
  options.last_seed = number("--seeds", text.substr(dots + 2), UINT64_MAX);
  if (options.last_seed < options.first_seed) throw BadUsage{"--seeds ends before it begins"};
}

/// Options without a value. False for another one.
bool read_flag(std::string_view option, SimOptions& options) {
  if (option == "--help" || option == "-h") return options.help = true;
  if (option == "--trace") return options.trace = true;
  if (option == "--twice") return options.twice = true;
  if (option == "--json") return options.json = true;
  if (option == "--mutants") return options.all_mutants = true;
  if (option == "--all-faults") return options.all_faults_hit = true;
  return false;
}

void read_option(std::string_view option, std::string_view value, SimOptions& options) {
  if (option == "--seeds") return read_seeds(value, options);
  if (option == "--seed") {
    options.first_seed = options.last_seed = number(option, value, UINT64_MAX);
  } else if (option == "--days") {
    options.days = static_cast<int>(number(option, value, kDaysMost));
  } else if (option == "--nodes") {
    options.nodes = static_cast<int>(number(option, value, kNodesMost));
  } else if (option == "--mutant") {
    options.mutant = value;
  } else {
    throw BadUsage{"there is no option " + std::string(option)};
  }
}

}  // namespace

std::string_view usage() {
  return "usage: fieldnode-sim [--seeds FROM..TO | --seed N] [--days D] [--nodes N] [--trace] [--twice]\n"
         "                     [--all-faults] [--json]\n"
         "       fieldnode-sim --mutant NAME [--seeds FROM..TO | --seed N]\n"
         "       fieldnode-sim --mutants\n"
         "\n"
         "A city of one centre and N offices lives through D days of virtual time under faults that the seed draws;\n"
         "then the faults stop and everything must come together. Without options: seeds 1..20, 3 offices, 10 days.\n"
         "\n"
         "  --seed N        one run; the same seed has the same history and the same trace hash\n"
         "  --trace         prints the history line by line\n"
         "  --twice         runs each seed again and compares the trace hashes\n"
         "  --all-faults    some kind of fault that never struck is a failure, too\n"
         "  --mutant NAME   with a planted bug (tests/sim/mutants.tsv), in its own scenario, until an oracle finds it\n"
         "  --mutants       every planted bug, each within 200 seeds; prints caught/total\n"
         "  --json          one line of JSON in place of text\n"
         "\n"
         "exit code: 0 all is well (with a bug: it was found), 1 a failure, with the seed and how to repeat it, 2 bad\n"
         "usage\n";
}

SimOptions read_command_line(std::span<char const* const> arguments) {
  SimOptions options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::string_view option = arguments[i];
    if (read_flag(option, options)) continue;
    if (auto const equals = option.find('='); equals != std::string_view::npos) {
      read_option(option.substr(0, equals), option.substr(equals + 1), options);
      continue;
    }
    if (i + 1 == arguments.size())
      throw BadUsage{"there is no option " + std::string(option) + ", or it lacks its value"};
    read_option(option, arguments[++i], options);
  }
  if (options.all_mutants && !options.mutant.empty()) throw BadUsage{"--mutant and --mutants exclude each other"};
  return options;
}

}  // namespace fieldnode::sim
