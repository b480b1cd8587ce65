#include "node/db/committer.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "node/db/inline_writer.h"
#include "node/db/transaction.h"
#include "tests/unit/db/temp_directory.h"

namespace fieldnode::db {
namespace {

void mark(Connection& connection, int id) {
  connection.prepare("INSERT INTO marks (id) VALUES (:id)").bind(":id", id).run();
}

std::string marks(Connection& connection) {
  return connection.prepare("SELECT coalesce(group_concat(id, ' '), '') FROM (SELECT id FROM marks ORDER BY id)")
      .one<std::string>();
}

Connection open_with_marks(std::filesystem::path const& path) {
  auto connection = Connection::open_writer(path).value();
  connection.execute("CREATE TABLE marks (id INTEGER PRIMARY KEY, filler ANY) STRICT");
  return connection;
}

/// No new page: the database is full from now on, or until `pages` is raised.
void limit_pages(Connection& connection, int pages) {
  (void)connection.prepare("PRAGMA max_page_count = " + std::to_string(pages)).one<int>();
}

void write_much(Connection& connection) { connection.execute("INSERT INTO marks (filler) VALUES (zeroblob(100000))"); }

class CommitterTest : public testing::Test {
 protected:
  template <class Function>
  auto add(Function function) {
    auto job = std::make_unique<JobOf<Function>>(std::move(function));
    auto future = job->future();
    jobs.push_back(std::move(job));
    return future;
  }
  void commit() {
    committer.commit(jobs);
    jobs.clear();
  }

  TempDirectory dir;
  Committer committer{open_with_marks(dir.database())};
  Connection reader = Connection::open_reader(dir.database()).value();
  std::vector<std::unique_ptr<Job>> jobs;
};

TEST_F(CommitterTest, JobsOfAGroupShareOneTransaction) {
  auto const version = [&] { return reader.prepare("PRAGMA data_version").one<int>(); };
  for (int id = 1; id <= 10; ++id) (void)add([id](Connection& c) { mark(c, id); });
  auto seen = add([&](Connection&) { return marks(reader); });
  int const before = version();
  commit();
  EXPECT_EQ(seen.get().value(), "") << "nothing may be seen before the commit";
  EXPECT_EQ(marks(reader), "1 2 3 4 5 6 7 8 9 10");
  EXPECT_NE(version(), before);
  EXPECT_EQ(committer.counts().jobs, 11u);
  EXPECT_EQ(committer.counts().commits, 1u);
}

TEST_F(CommitterTest, RefusalAndExceptionUndoOnlyTheirOwn) {
  auto kept = add([](Connection& c) {
    mark(c, 1);
    return 11;
  });
  auto refused = add([](Connection& c) -> Result<int> {
    mark(c, 2);
    return refuse("too_late", "The limit has passed.");
  });
  auto thrown = add([](Connection& c) {
    mark(c, 3);
    throw std::runtime_error("broken job");
  });
  auto constraint = add([](Connection& c) {
    mark(c, 4);
    mark(c, 1);
  });
  auto last = add([](Connection& c) -> Result<std::string> {
    mark(c, 5);
    return "five";
  });
  commit();
  EXPECT_EQ(kept.get().value(), 11);
  EXPECT_EQ(refused.get().error().code, "too_late");
  EXPECT_THROW((void)thrown.get(), std::runtime_error);
  EXPECT_THROW((void)constraint.get(), ConstraintError);
  EXPECT_EQ(last.get().value(), "five");
  EXPECT_EQ(marks(reader), "1 5");
  EXPECT_FALSE(committer.failure());
}

TEST_F(CommitterTest, BrokenDeferredForeignKeyFailsItsJobAlone) {
  committer.connection().execute(
      "CREATE TABLE links (mark INTEGER REFERENCES marks (id) DEFERRABLE INITIALLY DEFERRED) STRICT");
  auto broken = add([](Connection& c) { c.execute("INSERT INTO links VALUES (7)"); });
  auto kept = add([](Connection& c) { mark(c, 1); });
  commit();
  try {
    (void)broken.get();
    FAIL() << "a broken foreign key was kept";
  } catch (ConstraintError const& error) {
    EXPECT_EQ(error.kind(), ConstraintKind::kForeignKey);
  }
  EXPECT_TRUE(kept.get());
  EXPECT_EQ(marks(reader), "1");
}

TEST_F(CommitterTest, NobodyIsToldOfSuccessBeforeTheCommit) {
  std::future<Result<void>> first = add([](Connection& c) { mark(c, 1); });
  auto answered_early = add([&](Connection&) { return first.wait_for(Milliseconds(0)) == std::future_status::ready; });
  commit();
  EXPECT_FALSE(answered_early.get().value());
  EXPECT_TRUE(first.get());
}

TEST_F(CommitterTest, FullDiskRefusesTheWholeGroupAndAllThatFollows) {
  limit_pages(committer.connection(), 4);
  auto before = add([](Connection& c) { mark(c, 1); });
  auto big = add(write_much);
  auto after = add([](Connection& c) { mark(c, 2); });
  commit();
  for (auto* future : {&before, &big, &after}) {
    auto const answer = future->get();
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "storage_failed");
    EXPECT_NE(answer.error().sentence.find("disk is full"), std::string::npos) << answer.error().sentence;
  }
  bool ran = false;
  auto later = add([&](Connection&) { ran = true; });
  commit();
  EXPECT_EQ(later.get().error().code, "storage_failed");
  EXPECT_FALSE(ran);
  EXPECT_EQ(marks(reader), "") << "readers go on, and see nothing of the lost group";
  EXPECT_EQ(committer.counts().commits, 0u);
}

TEST_F(CommitterTest, SwallowedStorageFaultStillEndsAllWriting) {
  limit_pages(committer.connection(), 4);
  auto careless = add([](Connection& c) {
    try {
      write_much(c);
    } catch (DatabaseError const&) {
    }
    return 1;
  });
  commit();
  EXPECT_EQ(careless.get().error().code, "storage_failed");
  ASSERT_TRUE(committer.failure());
}

TEST_F(CommitterTest, WritingGoesOnWhenTheFullDiskGotRoom) {
  limit_pages(committer.connection(), 4);
  (void)add(write_much);
  commit();
  auto const still_full = committer.resume();
  ASSERT_FALSE(still_full);
  EXPECT_EQ(still_full.error().code, "storage_failed");
  EXPECT_TRUE(committer.failure());
  limit_pages(committer.connection(), 100000);
  ASSERT_TRUE(committer.resume());
  EXPECT_FALSE(committer.failure());
  auto works = add(write_much);
  commit();
  EXPECT_TRUE(works.get());
  EXPECT_EQ(reader.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'room_probe'").one<int>(), 0);
}

TEST_F(CommitterTest, DamagedPageEndsAllWritingForGood) {
  limit_pages(committer.connection(), 100000);
  write_much(committer.connection());
  committer.connection().checkpoint(CheckpointMode::kTruncate);
  std::filesystem::resize_file(dir.database(), 8192);  // the pages that hold the filler are gone
  auto hurt = add([](Connection& c) { return c.prepare("SELECT filler FROM marks").one<Bytes>().size(); });
  committer.connection().execute("PRAGMA cache_size = 0");
  commit();
  auto const answer = hurt.get();
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, "storage_failed");
  EXPECT_FALSE(committer.resume()) << "only a full disk can be mended while the program runs";
}

TEST_F(CommitterTest, FirstReasonForSafeModeStays) {
  committer.stop_writing(refuse("storage_failed", "The check found damage."));
  committer.stop_writing(refuse("storage_failed", "Another."));
  EXPECT_EQ(committer.failure()->sentence, "The check found damage.");
  auto refused = add([](Connection& c) { mark(c, 1); });
  commit();
  EXPECT_EQ(refused.get().error().sentence, "The check found damage.");
  EXPECT_FALSE(committer.resume());
}

TEST_F(CommitterTest, WalIsKeptShortWithoutSqlitesOwnCheckpoints) {
  for (int round = 0; round < 60; ++round) {
    (void)add([](Connection& c) { c.execute("INSERT INTO marks (filler) VALUES (zeroblob(400000))"); });
    commit();
  }
  EXPECT_LT(committer.connection().wal_pages(), 1100);
  EXPECT_LT(std::filesystem::file_size(dir.path() / "node.db-wal"), 8'000'000u) << "24 MB went through it";
}

TEST_F(CommitterTest, FinishEmptiesTheWal) {
  (void)add(write_much);
  commit();
  committer.finish();
  EXPECT_EQ(std::filesystem::file_size(dir.path() / "node.db-wal"), 0u);
}

TEST_F(CommitterTest, JobThatEndsTheTransactionFails) {
  auto rude = add([](Connection& c) {
    mark(c, 1);
    c.execute("ROLLBACK");
  });
  auto next = add([](Connection& c) { mark(c, 2); });
  commit();
  EXPECT_THROW((void)rude.get(), DatabaseError);
  EXPECT_THROW((void)next.get(), DatabaseError);
  EXPECT_EQ(marks(reader), "");
}

TEST(InlineWriter, AnswersAtOnceAndSharesItsConnection) {
  InlineWriter writer(Connection::open_in_memory());
  writer.run([](Connection& c) { c.execute("CREATE TABLE marks (id INTEGER PRIMARY KEY) STRICT"); }).value();
  int const id = 7;
  Result<int> const answer = writer.run([&](Connection& c) -> Result<int> {
    mark(c, id);
    return id;
  });
  EXPECT_EQ(answer.value(), 7);
  auto refused = writer.submit([](Connection& c) -> Result<void> {
    mark(c, 8);
    return refuse("no", "No.");
  });
  EXPECT_EQ(refused.get().error().code, "no");
  EXPECT_EQ(marks(writer.connection()), "7");
}

TEST(InlineWriter, JobInsideAJobEndsTheProgram) {
  InlineWriter writer(Connection::open_in_memory());
  EXPECT_DEATH((void)writer.run([&](Connection&) { (void)writer.run([](Connection&) {}); }), "must not submit");
}

}  // namespace
}  // namespace fieldnode::db
