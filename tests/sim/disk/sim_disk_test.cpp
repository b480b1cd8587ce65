#include "tests/sim/disk/sim_disk.h"

#include <gtest/gtest.h>

#include "node/db/backup.h"
#include "node/db/health.h"
#include "node/db/inline_writer.h"
#include "node/db/transaction.h"
#include "tests/sim/disk/sim_folder.h"

namespace fieldnode::sim {
namespace {

constexpr char const* kFile = "office.db";
constexpr std::array kModes{LossMode::kKeepAll, LossMode::kLoseAll, LossMode::kTear};

db::Connection open(SimDisk& disk) {
  auto connection = db::Connection::open_writer(kFile, {.vfs = disk.name(), .exclusive = true});
  if (!connection) throw BrokenWorld(connection.error().sentence);
  return std::move(*connection);
}

std::vector<int> rows(db::Connection& connection) {
  std::vector<int> rows;
  if (connection.prepare("SELECT count(*) FROM sqlite_schema").one<int>() == 0) return rows;
  auto statement = connection.prepare("SELECT n FROM note ORDER BY n");
  for (db::Row const row : statement) rows.push_back(row.get<int>(0));
  return rows;
}

/// What planted faults change about a run.
struct Habits {
  bool disk_lies{};
  bool synchronous_off{};
  DiskPromises promises{};
};

/// Writes rows 1, 2, 3 ... each in a commit of its own, moves the log into the database in between; `told` is the last
/// one of which a caller was told.
void write_rows(SimDisk& disk, Habits const& habits, int& told) {
  auto connection = open(disk);
  if (habits.synchronous_off) connection.execute("PRAGMA synchronous = OFF");
  connection.execute("CREATE TABLE note (n INTEGER PRIMARY KEY, text TEXT) STRICT");
  for (int n = 1; n <= 6; ++n) {
    db::Transaction transaction(connection);
    connection.prepare("INSERT INTO note (n, text) VALUES (:n, :text)")
        .bind(":n", n)
        .bind(":text", std::string(700, 'x'))
        .run();
    transaction.commit();
    told = n;
    if (n == 3) connection.checkpoint(db::CheckpointMode::kTruncate);
  }
}

/// What is wrong after the power went at that call; empty: nothing. `calls` learns how many there were.
std::string run_with_cut(std::uint64_t stop, LossMode mode, Habits const& habits, std::uint64_t& calls) {
  SeededRandom random(stop);
  SimDisk disk(random, habits.promises);
  disk.skip_syncs(habits.disk_lies);
  disk.stop_at(stop);
  int told = 0;
  try {
    write_rows(disk, habits, told);
  } catch (BrokenWorld const&) {
    EXPECT_TRUE(disk.is_off());
  }
  calls = disk.calls();
  disk.never_stop();
  disk.reboot(mode);
  try {
    auto connection = open(disk);
    if (auto const findings = db::integrity_check(connection); !findings.empty()) return findings.front();
    auto const found = rows(connection);
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (found[i] != static_cast<int>(i) + 1) return "a row is missing in the middle";
    }
    auto const last = static_cast<int>(found.size());
    if (last < told) return "a row is gone that was told";
    if (last > told + 1) return "a row is there that was not even begun";
  } catch (BrokenWorld const& error) {
    return error.what();
  }
  return {};
}

struct Findings {
  unsigned stops{};
  unsigned wrong{};
  std::string first;
};

Findings run_everywhere(Habits const& habits) {
  Findings findings;
  for (auto const mode : kModes) {
    std::uint64_t calls = UINT64_MAX;
    for (std::uint64_t stop = 1; stop <= calls; ++stop) {
      std::uint64_t made = 0;
      auto const wrong = run_with_cut(stop, mode, habits, made);
      if (made < stop) calls = made;  // it came to its end
      ++findings.stops;
      if (!wrong.empty() && findings.wrong++ == 0) findings.first = "call " + std::to_string(stop) + ": " + wrong;
    }
  }
  return findings;
}

TEST(SimDisk, SqliteKeepsItsWordOnIt) {
  for (bool const powersafe : {true, false}) {
    auto const findings = run_everywhere({.promises = {.powersafe_overwrite = powersafe}});
    EXPECT_GT(findings.stops, 200U);
    EXPECT_EQ(findings.wrong, 0U) << findings.first;
  }
}

TEST(SimDisk, ADiskThatLiesIsFound) {
  auto const findings = run_everywhere({.disk_lies = true});
  EXPECT_GT(findings.wrong, 0U);
}

TEST(SimDisk, ADatabaseThatDoesNotSyncIsFound) {
  auto const findings = run_everywhere({.synchronous_off = true});
  EXPECT_GT(findings.wrong, 0U);
}

struct SimDiskTest : testing::Test {
  SeededRandom random{5};
  SimDisk disk{random};

  void found_table() { open(disk).execute("CREATE TABLE note (n INTEGER PRIMARY KEY, text TEXT) STRICT"); }
  static Result<std::int64_t> add(db::Writer& writer, int n) {
    return writer.run([n](db::Connection& connection) {
      return connection.prepare("INSERT INTO note (n, text) VALUES (:n, :text)")
          .bind(":n", n)
          .bind(":text", std::string(20'000, 'x'))
          .run();
    });
  }
};

TEST_F(SimDiskTest, AConnectionFromBeforeTheCutChangesNothingAfterIt) {
  found_table();
  auto dead = open(disk);
  db::Transaction transaction(dead);
  dead.execute("INSERT INTO note (n) VALUES (1)");
  disk.reboot(LossMode::kKeepAll);
  auto const before = disk.image();
  EXPECT_THROW(transaction.commit(), db::StorageError);
  EXPECT_EQ(disk.image(), before);
  auto alive = open(disk);
  EXPECT_TRUE(rows(alive).empty());
}

TEST_F(SimDiskTest, AFullDiskRefusesAndTakesMoreOnceThereIsRoom) {
  found_table();
  db::InlineWriter writer(open(disk));
  disk.fill(30'000);
  EXPECT_TRUE(add(writer, 1));
  auto const refused = add(writer, 2);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "storage_failed");
  EXPECT_FALSE(writer.resume());
  disk.make_room();
  EXPECT_TRUE(writer.resume());
  EXPECT_TRUE(add(writer, 3));
  EXPECT_EQ(rows(writer.connection()), (std::vector{1, 3}));
  EXPECT_GT(disk.faults(DiskFault::kFull), 0U);
  EXPECT_EQ(disk.faults(DiskFault::kFreed), 1U);
}

TEST_F(SimDiskTest, AFailedSyncIsNoSuccess) {
  found_table();
  {
    db::InlineWriter writer(open(disk));
    disk.fail_next(DiskCall::kSync);
    EXPECT_FALSE(add(writer, 1));
    EXPECT_FALSE(add(writer, 2)) << "safe mode stays until a restart";
  }
  disk.reboot(LossMode::kLoseAll);
  auto connection = open(disk);
  EXPECT_TRUE(rows(connection).empty());
  EXPECT_EQ(disk.faults(DiskFault::kSyncFailed), 1U);
}

TEST_F(SimDiskTest, AFailedReadIsToldAndDoesNotLast) {
  found_table();
  auto connection = open(disk);
  connection.execute("PRAGMA cache_size = 0");
  disk.fail_next(DiskCall::kRead);
  EXPECT_THROW((void)db::quick_check(connection), db::StorageError);
  EXPECT_TRUE(db::quick_check(connection).empty());
  disk.fail_next(DiskCall::kRead, true);
  EXPECT_THROW((void)db::quick_check(connection), db::StorageError);
  EXPECT_THROW((void)db::quick_check(connection), db::StorageError);
  disk.mend();
  EXPECT_TRUE(db::quick_check(connection).empty());
  EXPECT_EQ(disk.faults(DiskFault::kReadFailed), 3U);
}

TEST_F(SimDiskTest, AnotherImageIsAnotherDisk) {
  found_table();
  auto const old = disk.image();
  {
    db::InlineWriter writer(open(disk));
    EXPECT_TRUE(add(writer, 1));
  }
  SimDisk clone(random);
  clone.replace(disk.image());
  disk.replace(old);
  auto restored = open(disk);
  EXPECT_TRUE(rows(restored).empty());
  auto cloned = open(clone);
  EXPECT_EQ(rows(cloned), (std::vector{1}));
}

TEST_F(SimDiskTest, OnlyOneConnectionHasTheDatabase) {
  found_table();
  auto first = open(disk);
  first.execute("INSERT INTO note (n) VALUES (1)");
  EXPECT_THROW((void)open(disk), BrokenWorld);
}

TEST_F(SimDiskTest, ANameIsDurableOnlyWhenTheDirectoryIs) {
  DiskImage const files{{"copy.part", Bytes{1}}};
  disk.replace(files);
  EXPECT_EQ(disk.rename("copy.part", "copy"), DiskStatus::kOk);
  EXPECT_TRUE(disk.exists("copy"));
  disk.reboot(LossMode::kLoseAll);
  EXPECT_EQ(disk.image(), files);
  EXPECT_EQ(disk.faults(DiskFault::kNameLost), 1U);
  EXPECT_EQ(disk.rename("copy.part", "copy"), DiskStatus::kOk);
  EXPECT_EQ(disk.sync_names(), DiskStatus::kOk);
  disk.reboot(LossMode::kLoseAll);
  EXPECT_EQ(disk.image(), (DiskImage{{"copy", Bytes{1}}}));
  EXPECT_EQ(disk.remove("copy.part"), DiskStatus::kMissing);
}

TEST_F(SimDiskTest, ABackupIsWholeOrHasNoName) {
  found_table();
  SimFolder folder(disk);
  db::InlineWriter writer(open(disk));
  EXPECT_TRUE(add(writer, 1));
  disk.fill();
  EXPECT_FALSE(db::back_up(writer.connection(), "backup.db", folder));
  EXPECT_FALSE(disk.exists("backup.db") || disk.exists("backup.db.part"));
  disk.make_room();
  EXPECT_TRUE(db::back_up(writer.connection(), "backup.db", folder));
  EXPECT_EQ(db::back_up(writer.connection(), "backup.db", folder).error().code, "backup_exists");
  disk.reboot(LossMode::kLoseAll);
  auto copy = db::Connection::open_reader("backup.db", {.vfs = disk.name()});
  ASSERT_TRUE(copy);
  EXPECT_EQ(rows(*copy), (std::vector{1}));
}

TEST_F(SimDiskTest, AFlippedBitOfARowIsNotShownAsSound) {
  found_table();
  {
    db::InlineWriter writer(open(disk));
    EXPECT_TRUE(add(writer, 1));
  }
  // The header of the second page: it says what kind of page it is.
  disk.flip_bit(kFile, 8U * 4096U + 1U);
  auto connection = open(disk);
  EXPECT_FALSE(db::quick_check(connection).empty());
  EXPECT_EQ(disk.faults(DiskFault::kBitFlipped), 1U);
}

TEST(SimDiskSeed, TheSameSeedGivesTheSameDiskAndTheSameLosses) {
  auto const run = [](std::uint64_t seed) {
    SeededRandom random(seed);
    SimDisk disk(random);
    disk.stop_at(60);
    int told = 0;
    EXPECT_THROW(write_rows(disk, {}, told), BrokenWorld);
    disk.reboot(LossMode::kTear);
    return disk.image();
  };
  EXPECT_EQ(run(1), run(1));
  EXPECT_NE(run(1), run(2));
}

}  // namespace
}  // namespace fieldnode::sim
