// One bit of a database, of its log or of a backup changes while the power is off.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "node/db/backup.h"
#include "tests/sim/crash/centre_program.h"
#include "tests/sim/crash/database_print.h"
#include "tests/sim/crash/office_program.h"
#include "tests/sim/disk/sim_folder.h"

namespace fieldnode::sim {
namespace {

constexpr std::uint64_t kBits = 400;

CrashCity const& city() {
  static CrashCity const kCity;
  return kCity;
}

/// Where no chain, signature or fold stands behind a row: SQLite has no sum over a page, so a letter that became
/// another one stays a letter. What such a row says is no evidence of anything.
std::set<std::string> const kUnproven{"act_id",     "request",   "identity", "link",    "time_state",
                                      "rule_state", "run_state", "heard",    "telling", "outage_run",
                                      "delivery",   "city_case", "node",     "unit",    "sequence",
                                      "migration",  "anchor",    "data_key", "staff"};

/// What opening and checking makes of a disk; empty: all is sound.
using Check = std::function<std::string(SimDisk&)>;

std::string check_office(SimDisk& disk) {
  SeededRandom random(1);
  auto clock = clock_after_cut();
  OfficeProgram program(disk, city(), random, clock);
  return program.faults();
}

std::string check_centre(SimDisk& disk) {
  SeededRandom random(1);
  auto clock = clock_after_cut();
  CentreProgram program(disk, city(), random, clock);
  return program.faults();
}

/// A disk of which everything lies in the database, nothing in its log.
DiskImage tidied(DiskImage const& image, std::string const& file, std::uint32_t application_id) {
  SeededRandom random(1);
  SimDisk disk(random);
  disk.replace(image);
  {
    auto connection =
        db::Connection::open_writer(file, {.application_id = application_id, .vfs = disk.name(), .exclusive = true});
    EXPECT_TRUE(connection && connection->checkpoint(db::CheckpointMode::kTruncate));
  }
  return disk.image();
}

struct Rot {
  std::uint64_t noticed{};
  std::uint64_t harmless{};           ///< a bit that says nothing
  std::uint64_t unproven{};           ///< only rows changed behind which nothing stands
  std::vector<std::string> believed;  ///< something else was shown as sound
};

/// Flips one drawn bit of `rotten` and looks at `file`.
void rot_once(DiskImage const& image, std::string const& rotten, std::string const& file, std::uint32_t application_id,
              Check const& check, std::uint64_t seed, Rot& rot) {
  auto const sound = print_of(image, file, application_id);
  SeededRandom random(seed);
  SimDisk disk(random);
  disk.replace(image);
  auto const bit = random.below(image.at(rotten).size() * 8);
  disk.flip_bit(rotten, bit);
  auto const found = print_of(disk.image(), file, application_id);
  try {
    if (!check(disk).empty()) {
      ++rot.noticed;
      return;
    }
  } catch (BrokenWorld const&) {
    ++rot.noticed;
    return;
  }
  if (found == sound) {
    ++rot.harmless;
    return;
  }
  bool only_unproven = found.damage.empty();
  for (auto const& [table, print] : sound.tables) {
    auto const now = found.tables.find(table);
    bool const same = now != found.tables.end() && now->second == print;
    only_unproven &= same || kUnproven.contains(table);
  }
  if (only_unproven) {
    ++rot.unproven;
  } else {
    rot.believed.push_back(fmt::format("bit {} of {}, seed {}: {}", bit, rotten, seed, difference(sound, found)));
  }
}

void say(std::string_view what, Rot const& rot) {
  fmt::print("rot in {}: {} noticed, {} harmless, {} in rows that nothing proves, {} believed\n", what, rot.noticed,
             rot.harmless, rot.unproven, rot.believed.size());
}

TEST(Rot, OfADatabaseIsNeverShownAsSound) {
  auto const office = tidied(city().office, kOfficeFile, kOfficeId);
  auto const centre = tidied(city().centre, kCentreFile, kCentreId);
  Rot at_office;
  Rot at_centre;
  for (std::uint64_t seed = 1; seed <= kBits; ++seed) {
    rot_once(office, kOfficeFile, kOfficeFile, kOfficeId, check_office, seed, at_office);
    rot_once(centre, kCentreFile, kCentreFile, kCentreId, check_centre, seed, at_centre);
  }
  say("an office's database", at_office);
  say("a centre's database", at_centre);
  for (auto const* rot : {&at_office, &at_centre}) {
    EXPECT_GT(rot->noticed, 0U);
    EXPECT_TRUE(rot->believed.empty()) << rot->believed.front();
  }
}

TEST(Rot, OfABackupIsNeverShownAsSound) {
  constexpr char const* kBackup = "backup.db";
  SeededRandom random(1);
  SimDisk disk(random);
  disk.replace(city().office);
  {
    auto connection = open_office_file(disk);
    SimFolder folder(disk);
    ASSERT_TRUE(db::back_up(connection, kBackup, folder));
  }
  auto const image = DiskImage{{kOfficeFile, disk.image().at(kBackup)}};
  Rot rot;
  for (std::uint64_t seed = 1; seed <= kBits; ++seed) {
    rot_once(image, kOfficeFile, kOfficeFile, kOfficeId, check_office, seed, rot);
  }
  say("a backup", rot);
  EXPECT_GT(rot.noticed, 0U);
  EXPECT_TRUE(rot.believed.empty()) << rot.believed.front();
}

/// The log ends where its sums end: what stood behind the bit is as if it had never been committed. No check of one
/// machine can see it, but nothing is mixed up, and whoever holds later receipts does see it.
TEST(Rot, OfALogGivesAnEarlierStateAndNeverAMixture) {
  SeededRandom random(7);
  SimDisk disk(random);
  disk.replace(tidied(city().office, kOfficeFile, kOfficeId));
  std::vector<DatabasePrint> states;
  auto clock = clock_after_cut();
  DiskImage image;
  {
    OfficeProgram program(disk, city(), random, clock);
    states.push_back(print_of(disk.image(), kOfficeFile, kOfficeId));
    for (int i = 1; i <= 5; ++i) {
      ASSERT_TRUE(program.act("act-" + std::to_string(i), city().lamp, rules::EntryKind::kNote, rules::Note{}, "备注"));
      states.push_back(print_of(disk.image(), kOfficeFile, kOfficeId));
    }
    image = disk.image();
  }
  auto const log = kOfficeFile + std::string("-wal");
  states.push_back(print_of(tidied(city().office, kOfficeFile, kOfficeId), kOfficeFile, kOfficeId));
  std::uint64_t earlier = 0;
  for (std::uint64_t seed = 1; seed <= kBits; ++seed) {
    SeededRandom chance(seed);
    SimDisk rotten(chance);
    rotten.replace(image);
    rotten.flip_bit(log, chance.below(image.at(log).size() * 8));
    auto const found = print_of(rotten.image(), kOfficeFile, kOfficeId);
    EXPECT_NE(std::ranges::find(states, found), states.end()) << "seed " << seed << ": a state that never was";
    if (found != states.at(5)) ++earlier;
    EXPECT_EQ(check_office(rotten), "") << "seed " << seed;
  }
  fmt::print("rot in a log: {} of {} bits gave an earlier state\n", earlier, kBits);
  EXPECT_GT(earlier, kBits / 2);
}

}  // namespace
}  // namespace fieldnode::sim
