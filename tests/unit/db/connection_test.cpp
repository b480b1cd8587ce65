#include "node/db/connection.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "node/db/transaction.h"
#include "tests/unit/db/temp_directory.h"

namespace fieldnode::db {
namespace {

namespace fs = std::filesystem;

constexpr auto kReadOnlyFile = fs::perms{0444};
constexpr auto kReadOnlyDirectory = fs::perms{0555};

std::string content_of(fs::path const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

unsigned mode_of(fs::path const& path) {
  struct stat info {};
  EXPECT_EQ(::stat(path.c_str(), &info), 0) << path;
  return info.st_mode & 0777u;
}

void fill(Connection& connection, int rows) {
  connection.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT");
  Transaction transaction(connection);
  auto insert = connection.prepare("INSERT INTO notes (text) VALUES (:text)");
  for (int i = 0; i < rows; ++i) insert.bind(":text", std::string(100, 'x')).run();
  transaction.commit();
}

std::int64_t count(Connection& connection) {
  return connection.prepare("SELECT count(*) FROM notes").one<std::int64_t>();
}

TEST(Connection, WriterIsSetUpForSafety) {
  TempDirectory const dir;
  auto writer = Connection::open_writer(dir.database()).value();
  EXPECT_EQ(writer.prepare("PRAGMA journal_mode").one<std::string>(), "wal");
  EXPECT_EQ(writer.prepare("PRAGMA synchronous").one<int>(), 2);
  EXPECT_EQ(writer.prepare("PRAGMA trusted_schema").one<int>(), 0);
  EXPECT_EQ(writer.prepare("PRAGMA foreign_keys").one<int>(), 1);
  EXPECT_EQ(writer.prepare("PRAGMA secure_delete").one<int>(), 1);
  EXPECT_EQ(writer.prepare("PRAGMA temp_store").one<int>(), 2);
  EXPECT_EQ(writer.prepare("PRAGMA wal_autocheckpoint").one<int>(), 0);
}

TEST(Connection, DefensiveModeGuardsTheSchemaTable) {
  auto connection = Connection::open_in_memory();
  connection.execute_script("PRAGMA writable_schema = ON");
  EXPECT_THROW(connection.execute("DELETE FROM sqlite_schema"), DatabaseError);
}

TEST(Connection, DoubleQuotedTextIsNoString) {
  auto connection = Connection::open_in_memory();
  EXPECT_THROW((void)connection.prepare("SELECT \"typing error\""), DatabaseError);
}

TEST(Connection, OnlyTheOwnerMayReadTheFiles) {
  TempDirectory const dir;
  auto writer = Connection::open_writer(dir.database()).value();
  fill(writer, 1);
  for (auto const* name : {"node.db", "node.db-wal", "node.db-shm", "node.db.lock"}) {
    EXPECT_EQ(mode_of(dir.path() / name), 0600u) << name;
  }
}

TEST(Connection, WiderPermissionsAreTakenBack) {
  TempDirectory const dir;
  { auto const writer = Connection::open_writer(dir.database()).value(); }
  fs::permissions(dir.database(), fs::perms::owner_all | fs::perms::others_read);
  auto const writer = Connection::open_writer(dir.database()).value();
  EXPECT_EQ(mode_of(dir.database()), 0600u);
}

TEST(Connection, SecondWriterIsRefusedAndFirstOneKeepsWorking) {
  TempDirectory const dir;
  auto first = Connection::open_writer(dir.database()).value();
  fill(first, 1);
  auto const second = Connection::open_writer(dir.database());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "database_in_use");
  EXPECT_NE(second.error().sentence.find(std::to_string(::getpid())), std::string::npos) << second.error().sentence;
  first.execute("DELETE FROM notes");
}

TEST(Connection, AnotherProcessIsRefusedToo) {
  TempDirectory const dir;
  auto const first = Connection::open_writer(dir.database()).value();
  pid_t const child = ::fork();
  if (child == 0) {
    auto const second = Connection::open_writer(dir.database());
    ::_exit(!second && second.error().code == "database_in_use" ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

TEST(Connection, WriterLeavesItsPlaceWhenItIsClosed) {
  TempDirectory const dir;
  { auto const first = Connection::open_writer(dir.database()).value(); }
  EXPECT_TRUE(Connection::open_writer(dir.database()));
}

TEST(Connection, ForeignDatabaseIsRefusedAndStaysAsItWas) {
  TempDirectory const dir;
  { auto const other = Connection::open_writer(dir.database(), {.application_id = 7}).value(); }
  auto const before = content_of(dir.database());
  auto const writer = Connection::open_writer(dir.database(), {.application_id = 8});
  ASSERT_FALSE(writer);
  EXPECT_EQ(writer.error().code, "not_this_database");
  auto const reader = Connection::open_reader(dir.database(), {.application_id = 8});
  ASSERT_FALSE(reader);
  EXPECT_EQ(reader.error().code, "not_this_database");
  EXPECT_EQ(content_of(dir.database()), before);
}

TEST(Connection, DatabaseWithTablesButWithoutOurIdIsRefused) {
  TempDirectory const dir;
  {
    auto other = Connection::open_writer(dir.database()).value();
    fill(other, 1);
    other.execute("PRAGMA application_id = 0");
  }
  auto const writer = Connection::open_writer(dir.database());
  ASSERT_FALSE(writer);
  EXPECT_EQ(writer.error().code, "not_this_database");
}

TEST(Connection, FileThatIsNoDatabaseIsRefusedAndStaysAsItWas) {
  TempDirectory const dir;
  std::string const text(5000, 'A');
  std::ofstream(dir.database()) << text;
  auto const writer = Connection::open_writer(dir.database());
  ASSERT_FALSE(writer);
  EXPECT_EQ(writer.error().code, "not_this_database");
  EXPECT_EQ(content_of(dir.database()), text);
}

TEST(Connection, FileCutShortIsRefusedWithASentence) {
  TempDirectory const dir;
  {
    auto writer = Connection::open_writer(dir.database()).value();
    fill(writer, 1000);
  }
  fs::resize_file(dir.database(), 3 * 4096);
  for (auto const& opened :
       {Connection::open_reader(dir.database()).error(), Connection::open_writer(dir.database()).error()}) {
    EXPECT_EQ(opened.code, "storage_failed");
    EXPECT_NE(opened.sentence.find("restore the last backup"), std::string::npos) << opened.sentence;
  }
}

TEST(Connection, MissingDirectoryIsNamed) {
  TempDirectory const dir;
  auto const writer = Connection::open_writer(dir.path() / "nowhere" / "node.db");
  ASSERT_FALSE(writer);
  EXPECT_EQ(writer.error().code, "no_data_directory");
  EXPECT_NE(writer.error().sentence.find("nowhere"), std::string::npos);
}

TEST(Connection, ReaderOfAMissingFileIsRefusedAndMakesNone) {
  TempDirectory const dir;
  auto const reader = Connection::open_reader(dir.database());
  ASSERT_FALSE(reader);
  EXPECT_EQ(reader.error().code, "no_database");
  EXPECT_FALSE(fs::exists(dir.database()));
}

TEST(Connection, ReaderSeesCommitsAndCannotWrite) {
  TempDirectory const dir;
  auto writer = Connection::open_writer(dir.database()).value();
  fill(writer, 3);
  auto reader = Connection::open_reader(dir.database()).value();
  EXPECT_EQ(count(reader), 3);
  EXPECT_THROW(reader.execute("DELETE FROM notes"), StorageError);
  EXPECT_THROW(reader.execute_script("PRAGMA query_only = OFF; DELETE FROM notes"), StorageError);
  EXPECT_EQ(Connection::open_reader(dir.database()).value().prepare("PRAGMA query_only").one<int>(), 1);
  writer.execute("DELETE FROM notes");
  EXPECT_EQ(count(reader), 0);
}

TEST(Connection, AnotherVfsAndExclusiveNeedNeitherLockFileNorSharedMemory) {
  TempDirectory const dir;
  OpenOptions const options{.vfs = "unix-none", .exclusive = true};
  auto writer = Connection::open_writer(dir.database(), options).value();
  fill(writer, 3);
  EXPECT_EQ(writer.prepare("PRAGMA journal_mode").one<std::string>(), "wal");
  EXPECT_FALSE(fs::exists(dir.path() / "node.db-shm"));
  EXPECT_FALSE(fs::exists(dir.path() / "node.db.lock"));
}

TEST(Connection, WriterIsRefusedInAReadOnlyDirectory) {
  TempDirectory const dir;
  { auto const writer = Connection::open_writer(dir.database()).value(); }
  fs::permissions(dir.path(), kReadOnlyDirectory);
  WithoutRoot const nobody;
  auto const writer = Connection::open_writer(dir.database());
  ASSERT_FALSE(writer);
  EXPECT_EQ(writer.error().code, "storage_read_only");
}

TEST(Connection, ReaderWorksInAReadOnlyDirectoryAfterACleanStop) {
  TempDirectory const dir;
  {
    auto writer = Connection::open_writer(dir.database()).value();
    fill(writer, 3);
  }
  fs::permissions(dir.database(), kReadOnlyFile);
  fs::permissions(dir.path(), kReadOnlyDirectory);
  WithoutRoot const nobody;
  auto reader = Connection::open_reader(dir.database()).value();
  EXPECT_EQ(count(reader), 3);
  EXPECT_FALSE(fs::exists(dir.path() / "node.db-shm"));
}

TEST(Connection, ReaderWorksInAReadOnlyDirectoryAfterACrash) {
  TempDirectory const live;
  TempDirectory const dead;
  auto writer = Connection::open_writer(live.database()).value();
  fill(writer, 3);
  for (auto const* name : {"node.db", "node.db-wal", "node.db-shm"}) {
    fs::copy_file(live.path() / name, dead.path() / name);
    fs::permissions(dead.path() / name, kReadOnlyFile);
  }
  fs::permissions(dead.path(), kReadOnlyDirectory);
  WithoutRoot const nobody;
  auto reader = Connection::open_reader(dead.database()).value();
  EXPECT_EQ(count(reader), 3);
}

TEST(Connection, ReaderComesAfterAWriterThatWasKilledBeforeTheFileTookWalMode) {
  TempDirectory const living;
  TempDirectory const killed;
  auto writer = Connection::open_writer(living.database()).value();
  fill(writer, 10);
  writer.execute_script("PRAGMA journal_mode = DELETE");
  writer.execute_script("PRAGMA cache_size = 1");  // so that pages are written before the commit
  {
    Transaction const unfinished(writer);
    auto insert = writer.prepare("INSERT INTO notes (text) VALUES (:text)");
    for (int i = 0; i < 500; ++i) insert.bind(":text", std::string(100, 'y')).run();
    for (auto const* suffix : {"", "-journal"}) {
      fs::copy_file(living.database().native() + suffix, killed.database().native() + suffix);
    }
  }
  auto reader = Connection::open_reader(killed.database());
  ASSERT_TRUE(reader) << reader.error().sentence;
  EXPECT_EQ(count(*reader), 10);
}

TEST(Connection, WalGrowsUntilTheCheckpointThatWeAskFor) {
  TempDirectory const dir;
  auto writer = Connection::open_writer(dir.database()).value();
  fill(writer, 60000);  // far beyond the 1000 pages at which SQLite would act by itself
  EXPECT_GT(writer.wal_pages(), 1000);
  EXPECT_GT(fs::file_size(dir.path() / "node.db-wal"), 4'096'000u);
  EXPECT_TRUE(writer.checkpoint(CheckpointMode::kTruncate));
  EXPECT_EQ(writer.wal_pages(), 0);
  EXPECT_EQ(fs::file_size(dir.path() / "node.db-wal"), 0u);
}

TEST(Connection, ReaderInTheWayOfACheckpointIsNoError) {
  TempDirectory const dir;
  auto writer = Connection::open_writer(dir.database(), {.busy_timeout = Milliseconds(1)}).value();
  fill(writer, 3);
  auto reader = Connection::open_reader(dir.database()).value();
  {
    Snapshot const snapshot(reader);
    EXPECT_EQ(count(reader), 3);
    writer.execute("DELETE FROM notes");
    EXPECT_FALSE(writer.checkpoint(CheckpointMode::kTruncate));
    EXPECT_EQ(count(reader), 3) << "a snapshot must not move";
  }
  EXPECT_TRUE(writer.checkpoint(CheckpointMode::kTruncate));
}

TEST(Connection, CleanCloseLeavesNoWal) {
  TempDirectory const dir;
  {
    auto writer = Connection::open_writer(dir.database()).value();
    fill(writer, 3);
    auto reader = Connection::open_reader(dir.database()).value();
    EXPECT_EQ(count(reader), 3);
  }
  EXPECT_FALSE(fs::exists(dir.path() / "node.db-wal"));
}

TEST(Connection, DeletedTextIsGoneFromTheFile) {
  TempDirectory const dir;
  {
    auto writer = Connection::open_writer(dir.database()).value();
    writer.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT");
    writer.execute("INSERT INTO notes (text) VALUES ('erase me wholly')");
    writer.checkpoint(CheckpointMode::kTruncate);
    ASSERT_NE(content_of(dir.database()).find("erase me wholly"), std::string::npos);
    writer.execute("DELETE FROM notes");
  }
  EXPECT_EQ(content_of(dir.database()).find("erase me wholly"), std::string::npos);
}

TEST(Connection, StorageFaultIsRememberedEvenIfItsExceptionIsSwallowed) {
  TempDirectory const dir;
  auto writer = Connection::open_writer(dir.database()).value();
  (void)writer.prepare("PRAGMA max_page_count = 4").one<int>();
  EXPECT_FALSE(writer.storage_fault());
  EXPECT_THROW(fill(writer, 1000), StorageError);
  ASSERT_TRUE(writer.storage_fault());
  EXPECT_EQ(writer.storage_fault()->fault(), StorageFault::kFull);
}

TEST(Connection, ScriptNamesTheStatementThatFailed) {
  auto connection = Connection::open_in_memory();
  try {
    connection.execute_script("CREATE TABLE a (x) ;\n-- a remark\nINSERT INTO b VALUES (1); SELECT 1");
    FAIL() << "the missing table went unnoticed";
  } catch (DatabaseError const& error) {
    EXPECT_NE(std::string(error.what()).find("INSERT INTO b"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace fieldnode::db
