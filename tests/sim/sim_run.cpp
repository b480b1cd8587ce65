#include "tests/sim/sim_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "sim_files.h"
#include "tests/sim/last_words.h"
#include "tests/sim/mutant_table.h"
#include "tests/sim/planted.h"
#include "tests/sim/simulation.h"

namespace fieldnode::sim {
namespace {

constexpr int kDays = 10;
constexpr int kNodes = 3;
constexpr std::uint64_t kMutantSeedsMost = 200;

void add(RunReport& sum, RunReport const& run) {
  sum.acts += run.acts;
  sum.entries += run.entries;
  sum.exchanges += run.exchanges;
  for (std::size_t i = 0; i < kFaultCount; ++i) sum.faults[i] += run.faults[i];
}

void print_faults(FaultCounts const& counts) {
  for (std::size_t i = 0; i < kFaultCount; ++i) {
    fmt::print("  {:<24}{:>9}\n", name_of(static_cast<Fault>(i)), counts[i]);
  }
}

std::uint64_t kinds_hit(FaultCounts const& counts) {
  return static_cast<std::uint64_t>(kFaultCount) -
         static_cast<std::uint64_t>(std::count(counts.begin(), counts.end(), std::uint64_t{0}));
}

void print_sum(SimOptions const& options, RunReport const& sum) {
  auto const kinds = kinds_hit(sum.faults);
  auto const struck = std::accumulate(sum.faults.begin(), sum.faults.end(), std::uint64_t{0});
  if (options.json) {
    fmt::print(
        "{{\"seeds\":[{},{}],\"acts\":{},\"entries\":{},\"exchanges\":{},\"faults\":{},\"kinds\":{},\"of\":{}}}\n",
        options.first_seed, options.last_seed, sum.acts, sum.entries, sum.exchanges, struck, kinds,
        every_fault().count());
    return;
  }
  print_faults(sum.faults);
  fmt::print("seeds {}..{}: {} acts, {} entries, {} exchanges, {} faults of {} kinds (of {}): all invariants held\n",
             options.first_seed, options.last_seed, sum.acts, sum.entries, sum.exchanges, struck, kinds,
             every_fault().count());
}

int run_seeds(SimOptions const& options) {
  RunReport sum;
  RunOrder order{.days = options.days.value_or(kDays), .nodes = options.nodes.value_or(kNodes), .aloud = options.trace};
  for (auto seed = options.first_seed;; ++seed) {
    order.seed = seed;
    auto const repeat =
        fmt::format("repeat it: fieldnode-sim --seed {} --days {} --nodes {} --trace\n", seed, order.days, order.nodes);
    LastWords const if_it_dies(fmt::format("seed {} FAILED: the program died\n{}", seed, repeat));
    auto const run = simulate(order);
    add(sum, run);
    if (run.failure) {
      fmt::print("seed {} FAILED: {}\n{}", seed, *run.failure, repeat);
      return 1;
    }
    if (options.twice && simulate(order).trace != run.trace) {
      fmt::print("seed {} FAILED: run again it has another history\n", seed);
      return 1;
    }
    if (!options.json) {
      fmt::print("seed {:>5}  trace {:016x}  {} acts, {} exchanges, {} kinds of fault\n", seed, run.trace, run.acts,
                 run.exchanges, kinds_hit(run.faults));
    }
    std::fflush(stdout);
    if (seed == options.last_seed) break;
  }
  print_sum(options, sum);
  if (!options.all_faults_hit || kinds_hit(sum.faults) == every_fault().count()) return 0;
  fmt::print("FAILED: a kind of fault never struck in these seeds\n");
  return 1;
}

// ---- planted bugs ---------------------------------------------------------------------------------------------------

RunOrder order_of(Mutant const& mutant, SimOptions const& options) {
  RunOrder order{.days = options.days.value_or(mutant.days), .nodes = options.nodes.value_or(mutant.nodes)};
  order.aloud = options.trace;
  if (mutant.faults.empty()) return order;
  order.faults.reset();
  order.all_on = true;
  for (auto const& name : mutant.faults) {
    if (auto const fault = fault_named(name)) order.faults.set(static_cast<std::size_t>(*fault));
  }
  return order;
}

/// Only the oracle that the table names has found this bug; anything else found something beside it.
bool is_caught(Mutant const& mutant, RunReport const& run) {
  if (!run.failure || run.died) return false;
  auto const invariant = run.failure->substr(0, run.failure->find(':'));
  return (" " + mutant.oracle + " ").find(" " + invariant + " ") != std::string::npos;
}

/// True when the bug was found.
bool hunt(Mutant const& mutant, SimOptions const& options) {
  Planting const planting(mutant.name);
  auto order = order_of(mutant, options);
  auto const last = std::min(options.last_seed, options.first_seed + kMutantSeedsMost - 1);
  for (order.seed = options.first_seed; order.seed <= last; ++order.seed) {
    LastWords const if_it_dies(fmt::format("{:<28} DIED at seed {}\n", mutant.name, order.seed));
    auto const run = simulate(order);
    if (!run.failure) continue;
    auto const seeds = order.seed - options.first_seed + 1;
    if (is_caught(mutant, run)) {
      fmt::print("{:<28} caught after {:>3} seeds: {}\n", mutant.name, seeds, *run.failure);
      return true;
    }
    fmt::print("{:<28} {} at seed {}: {}\n", mutant.name, run.died ? "DIED" : "found by another oracle", order.seed,
               *run.failure);
    return false;
  }
  fmt::print("{:<28} NOT caught by seeds {}..{}\n", mutant.name, options.first_seed, last);
  return false;
}

std::vector<Mutant> mutants() { return read_mutants(embedded_file("sim/mutants.tsv").value()); }

int run_mutant(SimOptions options) {
  auto const all = mutants();
  auto const found = std::ranges::find(all, options.mutant, &Mutant::name);
  if (found == all.end()) {
    std::string names;
    for (auto const& mutant : all) names += "\n  " + mutant.name;
    throw BadUsage{"there is no planted bug " + options.mutant + "; there are:" + names};
  }
  return hunt(*found, options) ? 0 : 1;
}

int run_mutants(SimOptions const& options) {
  std::size_t caught = 0;
  auto const all = mutants();
  for (auto const& mutant : all) {
    // A bug may trip a check(), which ends its process: it must not end the hunt for the others.
    caught += is_well_in_child([&] { return hunt(mutant, options); }) ? 1 : 0;
  }
  fmt::print("planted bugs caught: {}/{}\n", caught, all.size());
  return caught == all.size() ? 0 : 1;
}

}  // namespace

int run(SimOptions const& options) {
  auto bounded = options;
  bool const has_bug = options.all_mutants || !options.mutant.empty();
  SimOptions const untouched;
  if (has_bug && options.last_seed == untouched.last_seed && options.first_seed == 1) {
    bounded.last_seed = kMutantSeedsMost;
  }
  if (options.all_mutants) return run_mutants(bounded);
  return has_bug ? run_mutant(bounded) : run_seeds(options);
}

}  // namespace fieldnode::sim
