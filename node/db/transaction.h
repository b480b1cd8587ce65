#pragma once

#include "node/db/connection.h"

namespace fieldnode::db {

/// BEGIN IMMEDIATE until `commit`; rolled back when destroyed before. Transactions do not nest: use Savepoint inside.
/// Thread: the connection's.
class Transaction {
 public:
  explicit Transaction(Connection& connection);
  Transaction(Transaction const&) = delete;
  Transaction& operator=(Transaction const&) = delete;
  ~Transaction();

  /// After this returns, all that was written is on disk. Errors: when it throws, nothing of it counts.
  void commit();

 private:
  Connection& connection_;
  bool open_{true};
};

/// One unbroken view of the database over several statements, without writing. Keep it short: it holds the WAL.
class Snapshot {
 public:
  explicit Snapshot(Connection& connection);
  Snapshot(Snapshot const&) = delete;
  Snapshot& operator=(Snapshot const&) = delete;
  ~Snapshot();

 private:
  Connection& connection_;
};

/// Part of a transaction that can be undone alone. Savepoints nest; each ends before the one it began in.
class Savepoint {
 public:
  explicit Savepoint(Connection& connection);
  Savepoint(Savepoint const&) = delete;
  Savepoint& operator=(Savepoint const&) = delete;
  /// Undoes what was not released.
  ~Savepoint();

  /// Makes it part of the surrounding transaction.
  void release();

 private:
  Connection& connection_;
  bool open_{true};
};

}  // namespace fieldnode::db
