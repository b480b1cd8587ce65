#include "node/db/read_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "node/db/inline_writer.h"
#include "node/db/transaction.h"
#include "tests/unit/db/temp_directory.h"

namespace fieldnode::db {
namespace {

class ReadPoolTest : public testing::Test {
 protected:
  ReadPoolTest() { writer.execute("CREATE TABLE marks (id INTEGER PRIMARY KEY) STRICT"); }

  TempDirectory dir;
  Connection writer = Connection::open_writer(dir.database()).value();
};

TEST_F(ReadPoolTest, LeasesAreDifferentConnectionsThatSeeCommits) {
  auto const pool = ReadPool::open(dir.database(), 2).value();
  auto const first = pool->lease();
  auto const second = pool->lease();
  EXPECT_NE(&*first, &*second);
  writer.execute("INSERT INTO marks VALUES (1)");
  EXPECT_EQ(first->prepare("SELECT count(*) FROM marks").one<int>(), 1);
  EXPECT_EQ(second->prepare("SELECT count(*) FROM marks").one<int>(), 1);
}

TEST_F(ReadPoolTest, LeaseCannotWrite) {
  auto const pool = ReadPool::open(dir.database(), 1).value();
  EXPECT_THROW(pool->lease()->execute("INSERT INTO marks VALUES (1)"), StorageError);
}

TEST_F(ReadPoolTest, WhoComesTooManyWaitsForAFreeOne) {
  auto const pool = ReadPool::open(dir.database(), 1).value();
  std::atomic<bool> freed{false};
  std::future<bool> second;
  {
    auto const first = pool->lease();
    second = std::async(std::launch::async, [&] {
      auto const lease = pool->lease();
      return freed.load();
    });
    freed = true;
  }
  EXPECT_TRUE(second.get());
}

TEST_F(ReadPoolTest, LongReadCanBeInterrupted) {
  auto const pool = ReadPool::open(dir.database(), 1).value();
  auto endless = std::async(std::launch::async, [&] {
    return pool->lease()
        ->prepare("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
        .one<std::int64_t>();
  });
  while (endless.wait_for(Milliseconds(1)) != std::future_status::ready) pool->interrupt();
  EXPECT_THROW((void)endless.get(), DatabaseError);
}

TEST_F(ReadPoolTest, MissingFileIsRefused) {
  auto const pool = ReadPool::open(dir.path() / "other.db", 2);
  ASSERT_FALSE(pool);
  EXPECT_EQ(pool.error().code, "no_database");
}

TEST_F(ReadPoolTest, SnapshotLeftOpenEndsTheProgram) {
  EXPECT_DEATH(
      {
        auto const pool = ReadPool::open(dir.database(), 1).value();
        pool->lease()->execute("BEGIN");
      },
      "inside a snapshot");
}

TEST(SharingReadPool, HandsOutTheOneConnection) {
  InlineWriter writer(Connection::open_in_memory());
  auto const pool = ReadPool::sharing(writer.connection());
  writer.run([](Connection& c) { c.execute("CREATE TABLE marks (id INTEGER PRIMARY KEY) STRICT"); }).value();
  auto const lease = pool->lease();
  auto const nested = pool->lease();
  EXPECT_EQ(nested->prepare("SELECT count(*) FROM marks").one<int>(), 0);
}

}  // namespace
}  // namespace fieldnode::db
