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

/// A tale by a name that stands behind the test's.
struct Named {
  char const* name;
  CrashTale (*tale)(CrashCity const&);
  friend std::ostream& operator<<(std::ostream& out, Named const& one) { return out << one.name; }
};

constexpr Named kActs{"acts", tale_of_acts};
constexpr Named kSettling{"settling", tale_of_settling};
constexpr Named kAdmission{"admission", tale_of_admission};
constexpr Named kDesks{"desks", tale_of_desks};
constexpr Named kOldOffice{"old_office", tale_of_old_office};
constexpr Named kOldCentre{"old_centre", tale_of_old_centre};
constexpr Named kBackup{"backup", tale_of_backup};
constexpr Named kRestore{"restore", tale_of_restore};
constexpr Named kPreviews{"previews", tale_of_previews};
constexpr Named kBundleAtOffice{"bundle_at_office", bundle_at_office};
constexpr Named kBundleAtCentre{"bundle_at_centre", bundle_at_centre};
constexpr Named kFileAtOffice{"file_at_office", tale_of_attachment_at_office};
constexpr Named kFileAtCentre{"file_at_centre", tale_of_attachment_at_centre};

constexpr std::array kTales{kActs,    kSettling, kAdmission,      kDesks,          kOldOffice,    kOldCentre,   kBackup,
                            kRestore, kPreviews, kBundleAtOffice, kBundleAtCentre, kFileAtOffice, kFileAtCentre};

/// Fewer would mean that a story does not reach the disk.
constexpr std::uint64_t kCallsLeast = 50;

class CrashPoints : public testing::TestWithParam<Named> {};

TEST_P(CrashPoints, NothingToldIsLostAndNothingIsHalfDone) {
  auto const tale = GetParam().tale(city());
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
  auto const tale = GetParam().tale(city());
  auto const findings = stop_anywhere(tale, seed, times);
  fmt::print("drawn crash points of {}: {} stops, {} wrong, seed {}\n", tale.name, findings.stops, findings.wrong,
             seed);
  EXPECT_EQ(findings.stops, times);
  EXPECT_EQ(findings.wrong, 0U) << findings.first;
}

INSTANTIATE_TEST_SUITE_P(Stories, CrashPoints, testing::ValuesIn(kTales));

struct Defect {
  Named tale;
  Planted planted;
  char const* what;
  friend std::ostream& operator<<(std::ostream& out, Defect const& one) { return out << one.tale << '_' << one.what; }
};

class PlantedDefects : public testing::TestWithParam<Defect> {};

TEST_P(PlantedDefects, AreFound) {
  auto const tale = GetParam().tale.tale(city());
  auto const findings = stop_everywhere(tale, GetParam().planted);
  fmt::print("planted in {}: seen at stop {}: {}\n", tale.name, findings.stops, findings.first);
  EXPECT_GT(findings.wrong, 0U);
}

constexpr Defect kDefects[]{
    {kActs, Planted::kLyingDisk, "lying_disk"},
    {kActs, Planted::kNoSync, "no_sync"},
    {kSettling, Planted::kLyingDisk, "lying_disk"},
    {kBackup, Planted::kLyingDisk, "lying_disk"},
    {kDesks, Planted::kNoSync, "no_sync"},
    {kOldCentre, Planted::kNoSync, "no_sync"},
    {kAdmission, Planted::kAnswerBeforeCommit, "answer_before_commit"},
    {kAdmission, Planted::kTwoTransactions, "two_transactions"},
    {kOldOffice, Planted::kTwoTransactions, "two_transactions"},
    {kOldCentre, Planted::kTwoTransactions, "two_transactions"},
    {kPreviews, Planted::kTwoTransactions, "two_transactions"},
    {kBundleAtOffice, Planted::kToldEarly, "told_early"},
    {kBundleAtOffice, Planted::kLyingDisk, "lying_disk"},
    {kBundleAtCentre, Planted::kToldEarly, "told_early"},
    {kFileAtOffice, Planted::kFilesNotFlushed, "files_not_flushed"},
    {kFileAtCentre, Planted::kLyingDisk, "lying_disk"},
    {kRestore, Planted::kFilesNotFlushed, "files_not_flushed"},
};

INSTANTIATE_TEST_SUITE_P(Defects, PlantedDefects, testing::ValuesIn(kDefects));

}  // namespace
}  // namespace fieldnode::sim
