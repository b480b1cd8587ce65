#include <fmt/core.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/sim/crash/crash_run.h"
#include "tests/sim/crash/crash_tales.h"

namespace fieldnode::sim {
namespace {

CrashCity const& city() {
  static CrashCity const kCity;
  return kCity;
}

/// Bundles are sealed under a secret that both ends' keys agree on, so they need the keys of the programs.
CrashCity const& sealing_city() {
  static CrashCity const kCity(crypto::ed25519_suite());
  return kCity;
}

CrashTale bundle_at_office(CrashCity const&) { return tale_of_bundle_at_office(sealing_city()); }
CrashTale bundle_at_centre(CrashCity const&) { return tale_of_bundle_at_centre(sealing_city()); }

using TaleMaker = CrashTale (*)(CrashCity const&);
constexpr std::array<TaleMaker, 13> kTales{tale_of_acts,
                                           tale_of_settling,
                                           tale_of_admission,
                                           tale_of_desks,
                                           tale_of_old_office,
                                           tale_of_old_centre,
                                           tale_of_backup,
                                           tale_of_restore,
                                           tale_of_previews,
                                           bundle_at_office,
                                           bundle_at_centre,
                                           tale_of_attachment_at_office,
                                           tale_of_attachment_at_centre};

/// Fewer would mean that a story does not reach the disk.
constexpr std::uint64_t kCallsLeast = 50;

class CrashPoints : public testing::TestWithParam<TaleMaker> {};

TEST_P(CrashPoints, NothingToldIsLostAndNothingIsHalfDone) {
  auto const tale = GetParam()(city());
  auto const findings = stop_everywhere(tale, Planted::kNone);
  fmt::print("crash points of {}: {} calls, {} stops, {} wrong\n", tale.name, findings.calls, findings.stops,
             findings.wrong);
  EXPECT_GT(findings.calls, kCallsLeast);
  EXPECT_EQ(findings.stops, 3 * findings.calls) << "every call in every mode";
  EXPECT_EQ(findings.wrong, 0U) << findings.first;
}

/// FIELDNODE_CRASHES: how many in all, for the longer run.
TEST_P(CrashPoints, AlsoWhereThePowerGoesAgainWhileItComesUp) {
  auto const* const wished = std::getenv("FIELDNODE_CRASHES");
  auto const* const seed_text = std::getenv("FIELDNODE_SEED");
  auto const times = (wished == nullptr ? 240 : std::strtoull(wished, nullptr, 10)) / kTales.size();
  auto const seed = seed_text == nullptr ? 1 : std::strtoull(seed_text, nullptr, 10);
  auto const tale = GetParam()(city());
  auto const findings = stop_anywhere(tale, seed, times);
  fmt::print("drawn crash points of {}: {} stops, {} wrong, seed {}\n", tale.name, findings.stops, findings.wrong,
             seed);
  EXPECT_EQ(findings.stops, times);
  EXPECT_EQ(findings.wrong, 0U) << findings.first;
}

INSTANTIATE_TEST_SUITE_P(Stories, CrashPoints, testing::ValuesIn(kTales));

struct Defect {
  TaleMaker tale;
  Planted planted;
};

class PlantedDefects : public testing::TestWithParam<Defect> {};

TEST_P(PlantedDefects, AreFound) {
  auto const tale = GetParam().tale(city());
  auto const findings = stop_everywhere(tale, GetParam().planted);
  fmt::print("planted in {}: seen at stop {}: {}\n", tale.name, findings.stops, findings.first);
  EXPECT_GT(findings.wrong, 0U);
}

INSTANTIATE_TEST_SUITE_P(
    Defects, PlantedDefects,
    testing::Values(
        Defect{tale_of_acts, Planted::kLyingDisk}, Defect{tale_of_acts, Planted::kNoSync},
        Defect{tale_of_settling, Planted::kLyingDisk}, Defect{tale_of_backup, Planted::kLyingDisk},
        Defect{tale_of_desks, Planted::kNoSync}, Defect{tale_of_old_centre, Planted::kNoSync},
        Defect{tale_of_admission, Planted::kAnswerBeforeCommit}, Defect{tale_of_admission, Planted::kTwoTransactions},
        Defect{tale_of_old_office, Planted::kTwoTransactions}, Defect{tale_of_old_centre, Planted::kTwoTransactions},
        Defect{tale_of_previews, Planted::kTwoTransactions}, Defect{bundle_at_office, Planted::kToldEarly},
        Defect{bundle_at_office, Planted::kLyingDisk}, Defect{bundle_at_centre, Planted::kToldEarly},
        Defect{tale_of_attachment_at_office, Planted::kFilesNotFlushed},
        Defect{tale_of_attachment_at_centre, Planted::kLyingDisk}, Defect{tale_of_restore, Planted::kFilesNotFlushed}));

}  // namespace
}  // namespace fieldnode::sim
