#include "node/db/transaction.h"

#include "sync/base/check.h"

namespace fieldnode::db {

Transaction::Transaction(Connection& connection) : connection_(connection) {
  check(!connection.in_transaction(), "transactions do not nest; use a Savepoint");
  connection.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  // SQLite may have rolled back by itself (disk full, I/O error): then nothing is open any more.
  if (open_ && connection_.in_transaction()) connection_.handle().execute_or_remember("ROLLBACK");
}

void Transaction::commit() {
  check(open_, "a transaction is committed once");
  connection_.execute("COMMIT");
  open_ = false;
}

Snapshot::Snapshot(Connection& connection) : connection_(connection) {
  check(!connection.in_transaction(), "a snapshot inside a transaction");
  connection.execute("BEGIN DEFERRED");
}

Snapshot::~Snapshot() {
  if (connection_.in_transaction()) connection_.handle().execute_or_remember("ROLLBACK");
}

Savepoint::Savepoint(Connection& connection) : connection_(connection) {
  check(connection.in_transaction(), "a savepoint outside a transaction");
  connection.execute("SAVEPOINT inner_part");  // the same name each time: SQLite means the latest
}

Savepoint::~Savepoint() {
  if (!open_ || !connection_.in_transaction()) return;
  connection_.handle().execute_or_remember("ROLLBACK TO inner_part");
  connection_.handle().execute_or_remember("RELEASE inner_part");
}

void Savepoint::release() {
  check(open_, "a savepoint is released once");
  connection_.execute("RELEASE inner_part");
  open_ = false;
}

}  // namespace fieldnode::db
