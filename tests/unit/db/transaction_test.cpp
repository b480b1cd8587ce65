#include "node/db/transaction.h"

#include <gtest/gtest.h>

#include "tests/unit/db/temp_directory.h"

namespace fieldnode::db {
namespace {

class TransactionTest : public testing::Test {
 protected:
  TransactionTest() { connection.execute("CREATE TABLE marks (id INTEGER PRIMARY KEY) STRICT"); }
  void mark(int id) { connection.prepare("INSERT INTO marks (id) VALUES (:id)").bind(":id", id).run(); }
  std::string marks() {
    return connection.prepare("SELECT coalesce(group_concat(id, ' '), '') FROM (SELECT id FROM marks ORDER BY id)")
        .one<std::string>();
  }

  TempDirectory dir;
  Connection connection = Connection::open_writer(dir.database()).value();
};

TEST_F(TransactionTest, CommittedWorkIsSeenByOthers) {
  auto reader = Connection::open_reader(dir.database()).value();
  Transaction transaction(connection);
  mark(1);
  EXPECT_EQ(reader.prepare("SELECT count(*) FROM marks").one<int>(), 0);
  transaction.commit();
  EXPECT_EQ(reader.prepare("SELECT count(*) FROM marks").one<int>(), 1);
}

TEST_F(TransactionTest, LeftTransactionIsRolledBack) {
  try {
    Transaction const transaction(connection);
    mark(1);
    throw std::runtime_error("in the middle");
  } catch (std::runtime_error const&) {
  }
  EXPECT_FALSE(connection.in_transaction());
  EXPECT_EQ(marks(), "");
}

TEST_F(TransactionTest, SavepointsUndoOnlyTheirOwn) {
  Transaction transaction(connection);
  mark(1);
  {
    Savepoint outer(connection);
    mark(2);
    {
      Savepoint const inner(connection);
      mark(3);
    }
    mark(4);
    outer.release();
  }
  {
    Savepoint const lost(connection);
    mark(5);
  }
  transaction.commit();
  EXPECT_EQ(marks(), "1 2 4");
}

TEST_F(TransactionTest, RollbackBySqliteItselfIsNotRolledBackTwice) {
  (void)connection.prepare("PRAGMA max_page_count = 4").one<int>();
  {
    Transaction const transaction(connection);
    EXPECT_THROW(connection.execute("CREATE TABLE big AS SELECT zeroblob(100000) AS x"), StorageError);
  }
  EXPECT_FALSE(connection.in_transaction());
  EXPECT_EQ(connection.storage_fault()->fault(), StorageFault::kFull);
}

TEST_F(TransactionTest, BrokenDeferredForeignKeyIsSeenBeforeTheCommit) {
  connection.execute(
      "CREATE TABLE links (mark INTEGER NOT NULL REFERENCES marks (id) DEFERRABLE INITIALLY DEFERRED) STRICT");
  Transaction transaction(connection);
  EXPECT_FALSE(connection.has_broken_foreign_keys());
  connection.execute("INSERT INTO links (mark) VALUES (7)");
  EXPECT_TRUE(connection.has_broken_foreign_keys());
  mark(7);
  EXPECT_FALSE(connection.has_broken_foreign_keys());
  transaction.commit();
}

TEST_F(TransactionTest, TransactionsDoNotNest) {
  Transaction const transaction(connection);
  EXPECT_DEATH(Transaction{connection}, "transactions do not nest");
}

TEST_F(TransactionTest, SavepointNeedsATransaction) { EXPECT_DEATH(Savepoint{connection}, "outside a transaction"); }

}  // namespace
}  // namespace fieldnode::db
