#include "node/db/health.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/unit/db/temp_directory.h"

namespace fieldnode::db {
namespace {

void fill(Connection& connection) {
  connection.execute_script(
      "CREATE TABLE parents (id INTEGER PRIMARY KEY) STRICT;"
      "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL, parent INTEGER REFERENCES parents (id)) STRICT;"
      "CREATE INDEX notes_text ON notes (text);"
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
      " INSERT INTO notes (text) SELECT 'note ' || i FROM n");
}

void overwrite(std::filesystem::path const& path, std::streamoff at, std::size_t size) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(at);
  std::string const junk(size, '\x5A');
  file.write(junk.data(), static_cast<std::streamsize>(size));
}

TEST(Health, SoundFileHasNoFindings) {
  auto connection = Connection::open_in_memory();
  fill(connection);
  EXPECT_TRUE(quick_check(connection).empty());
  EXPECT_TRUE(integrity_check(connection).empty());
}

TEST(Health, DamagedPagesAreFound) {
  TempDirectory const dir;
  {
    auto writer = Connection::open_writer(dir.database()).value();
    fill(writer);
  }
  auto const size = static_cast<std::streamoff>(std::filesystem::file_size(dir.database()));
  ASSERT_GT(size, 5 * 4096);
  for (std::streamoff page = 3; page * 4096 < size; ++page) overwrite(dir.database(), page * 4096, 64);
  auto reader = Connection::open_reader(dir.database()).value();
  EXPECT_FALSE(quick_check(reader).empty());
}

TEST(Health, BrokenForeignKeyIsFoundByTheFullCheckOnly) {
  auto connection = Connection::open_in_memory();
  fill(connection);
  connection.execute("PRAGMA foreign_keys = OFF");
  connection.execute("INSERT INTO notes (id, text, parent) VALUES (5000, 'orphan', 42)");
  EXPECT_TRUE(quick_check(connection).empty());
  auto const findings = integrity_check(connection);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings.front(), "row 5000 of notes points to a row of parents that does not exist");
}

TEST(Health, StopInGoodOrderIsToldFromACrash) {
  TempDirectory const dir;
  {
    auto writer = Connection::open_writer(dir.database()).value();
    EXPECT_TRUE(note_start(writer)) << "a new file has nothing to check";
    note_stop(writer);
  }
  {
    auto writer = Connection::open_writer(dir.database()).value();
    EXPECT_TRUE(note_start(writer));
  }  // no note_stop: as after a crash
  {
    auto writer = Connection::open_writer(dir.database()).value();
    EXPECT_FALSE(note_start(writer));
    note_stop(writer);
  }
  auto writer = Connection::open_writer(dir.database()).value();
  EXPECT_TRUE(note_start(writer));
}

TEST(Health, FreeBytesAreThoseOfTheFilesDisk) {
  TempDirectory const dir;
  auto writer = Connection::open_writer(dir.database()).value();
  auto const told = free_bytes(writer);
  ASSERT_TRUE(told);
  auto const disk = std::filesystem::space(dir.path());
  EXPECT_GT(*told, 0U);
  EXPECT_LT(*told, disk.capacity);
  auto memory = Connection::open_in_memory();
  EXPECT_FALSE(free_bytes(memory));
}

}  // namespace
}  // namespace fieldnode::db
