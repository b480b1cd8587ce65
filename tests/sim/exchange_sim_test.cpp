#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/sim/exchange_run.h"

namespace fieldnode::sim {
namespace {

std::uint64_t number_from(char const* name, std::uint64_t otherwise) {
  char const* const text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

/// FIELDNODE_SEED and FIELDNODE_SEEDS repeat or lengthen a run.
struct Seeds {
  std::uint64_t first = number_from("FIELDNODE_SEED", 1);
  std::uint64_t count = number_from("FIELDNODE_SEEDS", 2000);
};

TEST(Exchange, ConvergesUnderLossRepetitionAndCrashes) {
  auto const book = rules::built_in_rule_book();
  Seeds const seeds;
  RunReport sum;
  for (std::uint64_t seed = seeds.first; seed < seeds.first + seeds.count; ++seed) {
    auto const run = run_exchange(seed, book, Planted::kNone);
    ASSERT_TRUE(run.failures.empty()) << "FIELDNODE_SEED=" << seed << " FIELDNODE_SEEDS=1: " << run.failures.front();
    ASSERT_GE(run.acts, kActsLeast);
    ASSERT_GE(run.entries, kEntriesLeast);
    ASSERT_GE(run.faults, kFaultsLeast);
    sum.acts += run.acts;
    sum.entries += run.entries;
    sum.faults += run.faults;
    sum.exchanges += run.exchanges;
    sum.bytes += run.bytes;
    sum.crashes += run.crashes;
    sum.refused += run.refused;
    sum.conflicts += run.conflicts;
    sum.positions += run.positions;
  }
  std::cout << "seeds " << seeds.first << ".." << seeds.first + seeds.count - 1 << ": " << sum.acts << " acts, "
            << sum.entries << " entries, " << sum.faults << " faults, " << sum.exchanges << " exchanges, " << sum.bytes
            << " bytes, " << sum.crashes << " crashes, " << sum.refused << " refused, " << sum.conflicts
            << " conflicts, " << sum.positions << " positions compared\n";
  // A run in which the centre never ruled against anything would have tested nothing of that.
  EXPECT_GT(sum.refused, 0u);
  EXPECT_GT(sum.conflicts, 0u);
}

void expect_found(Planted planted) {
  auto const book = rules::built_in_rule_book();
  static constexpr std::uint64_t kSeedsMost = 60;
  for (std::uint64_t seed = 1; seed <= kSeedsMost; ++seed) {
    auto const run = run_exchange(seed, book, planted);
    if (run.failures.empty()) continue;
    std::cout << "found with seed " << seed << ": " << run.failures.front() << "\n";
    return;
  }
  FAIL() << "not found with seeds 1.." << kSeedsMost;
}

TEST(Exchange, FindsAReusedSeq) { expect_found(Planted::kSeqReused); }
TEST(Exchange, FindsActsBeforeIgnored) { expect_found(Planted::kActsBeforeIgnored); }
TEST(Exchange, FindsASkippedRefusal) { expect_found(Planted::kRefusalSkipped); }

}  // namespace
}  // namespace fieldnode::sim
