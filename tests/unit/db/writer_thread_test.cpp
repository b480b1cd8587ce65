#include "node/db/writer_thread.h"

#include <gtest/gtest.h>

#include <latch>
#include <string>
#include <thread>
#include <vector>

#include "tests/unit/db/full_disk.h"
#include "tests/unit/db/temp_directory.h"

namespace fieldnode::db {
namespace {

class WriterThreadTest : public testing::Test {
 protected:
  static Connection open(std::filesystem::path const& path) {
    auto connection = Connection::open_writer(path).value();
    connection.execute("CREATE TABLE marks (id INTEGER PRIMARY KEY) STRICT");
    return connection;
  }
  static void mark(Connection& connection, int id) {
    connection.prepare("INSERT INTO marks (id) VALUES (:id)").bind(":id", id).run();
  }
  int count() {
    return Connection::open_reader(dir.database()).value().prepare("SELECT count(*) FROM marks").one<int>();
  }

  TempDirectory dir;
  WriterThread writer{open(dir.database())};
};

TEST_F(WriterThreadTest, WhatWaitsMeanwhileSharesTheNextTransaction) {
  std::latch begun(1);
  std::latch go_on(1);
  auto slow = writer.submit([&](Connection& c) {
    begun.count_down();
    go_on.wait();
    mark(c, 0);
  });
  begun.wait();
  std::vector<std::future<Result<void>>> others;
  for (int id = 1; id <= 20; ++id) others.push_back(writer.submit([id](Connection& c) { mark(c, id); }));
  go_on.count_down();
  EXPECT_TRUE(slow.get());
  for (auto& other : others) EXPECT_TRUE(other.get());
  EXPECT_EQ(count(), 21);
  EXPECT_EQ(writer.counts().commits, 2u);
}

TEST_F(WriterThreadTest, ManyCallersEachSeeTheirOwnResult) {
  constexpr int kCallers = 8;
  constexpr int kEach = 50;
  std::vector<int> wrong(kCallers);
  std::vector<std::thread> callers;
  for (int caller = 0; caller < kCallers; ++caller) {
    callers.emplace_back([&, caller] {
      for (int i = 0; i < kEach; ++i) {
        int const id = caller * kEach + i;
        auto const answer = writer.run([&](Connection& c) -> Result<int> {
          mark(c, id);
          if (id % 5 == 0) return refuse("fifth", "Each fifth is refused.");
          return id;
        });
        bool const right = id % 5 == 0 ? !answer && answer.error().code == "fifth" : answer && *answer == id;
        wrong[static_cast<std::size_t>(caller)] += right ? 0 : 1;
      }
    });
  }
  for (auto& caller : callers) caller.join();
  EXPECT_EQ(wrong, std::vector<int>(kCallers));
  EXPECT_EQ(count(), kCallers * kEach * 4 / 5);
  EXPECT_EQ(writer.counts().jobs, std::uint64_t{kCallers} * kEach);
  EXPECT_LE(writer.counts().commits, writer.counts().jobs);
}

TEST_F(WriterThreadTest, ExceptionReachesItsCaller) {
  EXPECT_THROW((void)writer.run([](Connection& c) { c.execute("INSERT INTO nowhere VALUES (1)"); }), DatabaseError);
  EXPECT_TRUE(writer.run([](Connection& c) { mark(c, 1); }));
}

TEST_F(WriterThreadTest, StopEndsWhatWaitsAndRefusesTheRest) {
  std::latch begun(1);
  std::latch go_on(1);
  auto slow = writer.submit([&](Connection&) {
    begun.count_down();
    go_on.wait();
  });
  begun.wait();
  auto waiting = writer.submit([](Connection& c) { mark(c, 1); });
  go_on.count_down();
  writer.stop();
  EXPECT_TRUE(slow.get());
  EXPECT_TRUE(waiting.get());
  EXPECT_EQ(writer.run([](Connection&) {}).error().code, "writer_stopped");
  EXPECT_EQ(std::filesystem::file_size(dir.path() / "node.db-wal"), 0u);
  EXPECT_EQ(count(), 1);
}

TEST_F(WriterThreadTest, EndlessQueueIsRefused) {
  std::latch begun(1);
  std::latch go_on(1);
  auto slow = writer.submit([&](Connection&) {
    begun.count_down();
    go_on.wait();
  });
  begun.wait();
  std::vector<std::future<Result<void>>> waiting;
  for (int i = 0; i < 4097; ++i) waiting.push_back(writer.submit([](Connection&) {}));
  EXPECT_EQ(waiting.back().get().error().code, "writer_busy");
  waiting.pop_back();
  go_on.count_down();
  for (auto& one : waiting) EXPECT_TRUE(one.get());
}

TEST_F(WriterThreadTest, SafeModeIsSeenFromOutsideAndLeftAfterRoomWasMade) {
  auto const limit = [&](int pages) {
    return [pages](Connection& c) { (void)c.prepare("PRAGMA max_page_count = " + std::to_string(pages)).one<int>(); };
  };
  writer.run(limit(3)).value();
  EXPECT_FALSE(writer.failure());
  auto const full = writer.run([](Connection& c) { c.execute("CREATE TABLE big AS SELECT zeroblob(99999) AS x"); });
  EXPECT_EQ(full.error().code, "storage_failed");
  EXPECT_EQ(writer.failure(), full.error());
  EXPECT_EQ(writer.run([](Connection&) {}).error(), full.error());
  EXPECT_EQ(count(), 0) << "readers go on";
  EXPECT_FALSE(writer.resume()) << "there is still no room";
}

/// A writer on a disk that can be filled, with `probe_every` between two looks for room.
struct FullDiskTest : testing::Test {
  WriterThread& writer(Milliseconds probe_every) {
    auto connection = Connection::open_writer(dir.database(), {.vfs = FullDisk::name()}).value();
    connection.execute("CREATE TABLE marks (id INTEGER PRIMARY KEY) STRICT");
    writer_.emplace(std::move(connection), WriterOptions{.probe_every = probe_every});
    return *writer_;
  }
  static Result<void> mark(WriterThread& writer) {
    return writer.run([](Connection& c) { c.execute("INSERT INTO marks DEFAULT VALUES"); });
  }

  TempDirectory dir;
  FullDisk disk;
  std::optional<WriterThread> writer_;
};

TEST_F(FullDiskTest, WhoTriesAgainAfterRoomWasMadeIsNotTurnedAway) {
  auto& thread = writer(Milliseconds(24 * 3'600'000));
  disk.fill();
  EXPECT_EQ(mark(thread).error().code, "storage_failed");
  EXPECT_EQ(mark(thread).error().code, "storage_failed") << "there is still no room";
  EXPECT_TRUE(thread.failure());
  disk.make_room();
  EXPECT_TRUE(mark(thread));
  EXPECT_FALSE(thread.failure());
}

TEST_F(FullDiskTest, SafeModeEndsByItselfOnceThereIsRoom) {
  auto& thread = writer(Milliseconds(1));
  disk.fill();
  ASSERT_FALSE(mark(thread));
  auto const seen = disk.refused();
  while (disk.refused() < seen + 3) std::this_thread::yield();  // it looks again and again
  EXPECT_TRUE(thread.failure());
  disk.make_room();
  while (thread.failure()) std::this_thread::yield();
  EXPECT_TRUE(mark(thread));
}

TEST_F(FullDiskTest, ADiskThatBreaksWhileRoomIsLookedForStaysShut) {
  auto& thread = writer(Milliseconds(24 * 3'600'000));
  disk.fill();
  EXPECT_FALSE(mark(thread));
  disk.break_down();
  EXPECT_FALSE(mark(thread));
  EXPECT_EQ(thread.failure()->sentence.find("disk is full"), std::string::npos) << thread.failure()->sentence;
  EXPECT_FALSE(thread.resume());
}

TEST_F(FullDiskTest, StoppingDoesNotWaitForRoom) {
  auto& thread = writer(Milliseconds(24 * 3'600'000));
  disk.fill();
  EXPECT_FALSE(mark(thread));
  thread.stop();
  disk.make_room();
}

TEST(WriterThreadMisuse, JobInsideAJobEndsTheProgram) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(
      {
        WriterThread writer(Connection::open_in_memory());
        (void)writer.run([&](Connection&) { (void)writer.run([](Connection&) {}); });
      },
      "must not submit");
}

}  // namespace
}  // namespace fieldnode::db
