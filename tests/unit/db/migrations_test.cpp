#include "node/db/migrations.h"

#include <gtest/gtest.h>

#include <array>

#include "tests/unit/db/temp_directory.h"

namespace fieldnode::db {
namespace {

constexpr std::array<Migration, 3> kSteps{{
    {1, "cases", "CREATE TABLE cases (id INTEGER PRIMARY KEY) STRICT;"},
    {2, "notes",
     "CREATE TABLE notes (case_id INTEGER NOT NULL REFERENCES cases (id)) STRICT; INSERT INTO cases VALUES (1);"
     " INSERT INTO notes VALUES (1);"},
    {3, "cases get a title",  // the way SQLite advises: rebuild the table that others point to
     "CREATE TABLE fresh (id INTEGER PRIMARY KEY, title TEXT NOT NULL) STRICT;"
     "INSERT INTO fresh SELECT id, '-' FROM cases; DROP TABLE cases; ALTER TABLE fresh RENAME TO cases;"},
}};

std::string schema_of(Connection& connection) {
  return connection.prepare("SELECT coalesce(group_concat(sql, ';'), '') FROM sqlite_schema").one<std::string>();
}

TEST(Migrations, NewFileGetsAllInOrder) {
  auto connection = Connection::open_in_memory();
  auto const outcome = migrate(connection, kSteps);
  ASSERT_TRUE(outcome) << outcome.error().sentence;
  EXPECT_EQ(outcome->from, 0);
  EXPECT_EQ(outcome->to, 3);
  EXPECT_EQ(schema_version(connection), 3);
  EXPECT_EQ(connection.prepare("SELECT title FROM cases").one<std::string>(), "-");
  EXPECT_TRUE(require_schema(connection, kSteps));
}

TEST(Migrations, OldFileGetsOnlyTheMissingOnes) {
  auto connection = Connection::open_in_memory();
  ASSERT_TRUE(migrate(connection, std::span(kSteps).first(2)));
  auto const early = require_schema(connection, kSteps);
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().code, "older_database");
  auto const outcome = migrate(connection, kSteps);
  ASSERT_TRUE(outcome) << outcome.error().sentence;
  EXPECT_EQ(outcome->from, 2);
  auto const again = migrate(connection, kSteps);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->from, 3);
}

TEST(Migrations, ForeignKeysAreOnAgainAfterwards) {
  auto connection = Connection::open_in_memory();
  for (std::size_t last = 1; last <= kSteps.size(); ++last) {
    ASSERT_TRUE(migrate(connection, std::span(kSteps).first(last)));
    EXPECT_EQ(connection.prepare("PRAGMA foreign_keys").one<int>(), 1) << "after step " << last;
  }
  EXPECT_THROW(connection.execute("INSERT INTO notes VALUES (99)"), ConstraintError);
}

TEST(Migrations, NewerFileIsRefusedAndStaysAsItWas) {
  auto connection = Connection::open_in_memory();
  ASSERT_TRUE(migrate(connection, kSteps));
  auto const before = schema_of(connection);
  auto const refused = migrate(connection, std::span(kSteps).first(2));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "newer_database");
  EXPECT_NE(refused.error().sentence.find("restore the backup"), std::string::npos);
  EXPECT_EQ(require_schema(connection, std::span(kSteps).first(2)).error().code, "newer_database");
  EXPECT_EQ(schema_of(connection), before);
}

TEST(Migrations, ChangedTextIsRefused) {
  auto connection = Connection::open_in_memory();
  ASSERT_TRUE(migrate(connection, std::span(kSteps).first(1)));
  std::array<Migration, 2> const other{{{1, "cases", "CREATE TABLE cases (id INTEGER) STRICT;"}, kSteps[1]}};
  auto const refused = migrate(connection, other);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "changed_migration");
  EXPECT_EQ(schema_version(connection), 1);
}

TEST(Migrations, FailedUpgradeLeavesTheFileAsItWas) {
  TempDirectory const dir;
  auto connection = Connection::open_writer(dir.database()).value();
  ASSERT_TRUE(migrate(connection, std::span(kSteps).first(1)));
  auto const before = schema_of(connection);
  std::array<Migration, 3> const bad{
      {kSteps[0], kSteps[1], {3, "bad", "CREATE TABLE more (x); INSERT INTO nowhere\nVALUES (1);"}}};
  auto const refused = migrate(connection, bad);
  ASSERT_FALSE(refused) << "a broken migration passed";
  EXPECT_EQ(refused.error().code, "migration_failed");
  EXPECT_NE(refused.error().sentence.find("INSERT INTO nowhere VALUES"), std::string::npos) << refused.error().sentence;
  EXPECT_EQ(schema_version(connection), 1) << "step 2 must not stay without step 3";
  EXPECT_EQ(schema_of(connection), before);
  EXPECT_EQ(connection.prepare("PRAGMA foreign_keys").one<int>(), 1);
  EXPECT_TRUE(migrate(connection, kSteps)) << "a corrected release must be able to go on";
}

TEST(Migrations, UpgradeThatBreaksAForeignKeyIsUndone) {
  auto connection = Connection::open_in_memory();
  ASSERT_TRUE(migrate(connection, std::span(kSteps).first(2)));
  std::array<Migration, 3> const bad{{kSteps[0], kSteps[1], {3, "bad", "DELETE FROM cases;"}}};
  auto const refused = migrate(connection, bad);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().sentence.find("do not exist"), std::string::npos) << refused.error().sentence;
  EXPECT_EQ(connection.prepare("SELECT count(*) FROM cases").one<int>(), 1);
}

TEST(Migrations, FullDiskDuringAnUpgradeLeavesTheFileAsItWas) {
  TempDirectory const dir;
  auto connection = Connection::open_writer(dir.database()).value();
  ASSERT_TRUE(migrate(connection, std::span(kSteps).first(2)));
  (void)connection.prepare("PRAGMA max_page_count = 8").one<int>();
  std::array<Migration, 3> const big{
      {kSteps[0], kSteps[1], {3, "big", "CREATE TABLE big AS SELECT zeroblob(1000000) AS x;"}}};
  EXPECT_THROW((void)migrate(connection, big), StorageError);
  EXPECT_EQ(schema_version(connection), 2);
}

TEST(Migrations, HashOfATextNeverChanges) {
  EXPECT_EQ(text_hash(""), 0xCBF29CE484222325u);
  EXPECT_EQ(text_hash("foobar"), 0x85944171F73967E8u);  // published FNV-1a test vector
}

TEST(Migrations, GapInTheNumbersEndsTheProgram) {
  auto connection = Connection::open_in_memory();
  std::array<Migration, 1> const gap{{{2, "late", "SELECT 1;"}}};
  EXPECT_DEATH((void)migrate(connection, gap), "numbered 1, 2, 3");
}

}  // namespace
}  // namespace fieldnode::db
