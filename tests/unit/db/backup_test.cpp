#include "node/db/backup.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>

#include "tests/unit/db/temp_directory.h"

namespace fieldnode::db {
namespace {

namespace fs = std::filesystem;

/// No file of this process grows beyond `bytes` while this lives: a full stick, without needing one.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit const limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  FileSizeLimit(FileSizeLimit const&) = delete;
  FileSizeLimit& operator=(FileSizeLimit const&) = delete;
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, signal_before_);
  }

 private:
  rlimit before_{};
  void (*signal_before_)(int) = std::signal(SIGXFSZ, SIG_IGN);
};

class BackupTest : public testing::Test {
 protected:
  BackupTest() {
    writer.execute_script(
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT; PRAGMA user_version = 7;"
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
        " INSERT INTO notes (text) SELECT 'note ' || i FROM n");
  }
  std::vector<std::string> files() {
    std::vector<std::string> names;
    for (auto const& entry : fs::directory_iterator(target.parent_path())) names.push_back(entry.path().filename());
    return names;
  }

  TempDirectory dir;
  TempDirectory stick;
  fs::path target = stick.path() / "backup.db";
  Connection writer = Connection::open_writer(dir.database(), {.application_id = 99}).value();
  Connection source = Connection::open_reader(dir.database(), {.application_id = 99}).value();
};

TEST_F(BackupTest, CopyIsOneWholePrivateFile) {
  auto const outcome = back_up(source, target);
  ASSERT_TRUE(outcome) << outcome.error().sentence;
  EXPECT_EQ(outcome->schema_version, 7);
  EXPECT_EQ(outcome->size_bytes, fs::file_size(target));
  EXPECT_EQ(files(), std::vector<std::string>{"backup.db"});
  EXPECT_EQ(fs::status(target).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  auto copy = Connection::open_reader(target, {.application_id = 99}).value();
  EXPECT_EQ(copy.prepare("SELECT count(*) FROM notes").one<int>(), 2000);
  EXPECT_EQ(copy.prepare("PRAGMA journal_mode").one<std::string>(), "delete");
}

TEST_F(BackupTest, WhatIsOnlyInTheWalIsCopiedToo) {
  writer.checkpoint(CheckpointMode::kTruncate);
  writer.execute("INSERT INTO notes (id, text) VALUES (5000, 'fresh')");
  ASSERT_TRUE(back_up(source, target));
  auto copy = Connection::open_reader(target, {.application_id = 99}).value();
  EXPECT_EQ(copy.prepare("SELECT text FROM notes WHERE id = 5000").one<std::string>(), "fresh");
}

TEST_F(BackupTest, CopyIsOpenedAndWrittenAfterARestore) {
  ASSERT_TRUE(back_up(source, target));
  auto restored = Connection::open_writer(target, {.application_id = 99}).value();
  EXPECT_EQ(restored.prepare("PRAGMA journal_mode").one<std::string>(), "wal");
  EXPECT_EQ(restored.execute("DELETE FROM notes"), 2000);
}

TEST_F(BackupTest, ExistingFileIsNotOverwritten) {
  std::ofstream(target) << "precious";
  auto const refused = back_up(source, target);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "backup_exists");
  EXPECT_EQ(fs::file_size(target), 8u);
}

TEST_F(BackupTest, LeftoverOfAKilledBackupIsNoHindrance) {
  std::ofstream(target.string() + ".part") << "half";
  std::ofstream(target.string() + ".part-journal") << "half";
  ASSERT_TRUE(back_up(source, target));
  EXPECT_EQ(files(), std::vector<std::string>{"backup.db"});
}

TEST_F(BackupTest, MissingStickIsNamed) {
  auto const refused = back_up(source, stick.path() / "gone" / "backup.db");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "no_data_directory");
}

TEST_F(BackupTest, FullStickGetsASentenceAndNoHalfFile) {
  auto const refused = [&] {
    FileSizeLimit const limit(20000);
    return back_up(source, target);
  }();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "backup_failed");
  EXPECT_TRUE(files().empty());
  EXPECT_TRUE(back_up(source, target)) << "after room was made";
}

TEST_F(BackupTest, DamagedSourceGivesNoBackupThatLooksWhole) {
  writer.checkpoint(CheckpointMode::kTruncate);
  {
    std::fstream file(dir.database(), std::ios::in | std::ios::out | std::ios::binary);
    for (int page = 3; page < 8; ++page) {
      file.seekp(page * 4096);
      file.write(std::string(64, '\x5A').data(), 64);
    }
  }
  auto fresh = Connection::open_reader(dir.database(), {.application_id = 99}).value();
  auto const refused = back_up(fresh, target);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "backup_failed");
  EXPECT_NE(refused.error().sentence.find("damaged"), std::string::npos) << refused.error().sentence;
  EXPECT_TRUE(files().empty());
}

}  // namespace
}  // namespace fieldnode::db
