#pragma once

#include <memory>

#include "node/db/inline_writer.h"
#include "node/web/accounts.h"
#include "node/web/sessions.h"
#include "schema_files.h"
#include "tests/support/test_clock.h"

namespace fieldnode::web {

/// A database in memory with the tables of accounts, and a machine's clocks.
struct AccountDesk {
  AccountDesk() : writer(db::Connection::open_in_memory()) {
    writer.connection().execute_script(*schema::embedded_file("migrations/web/001_accounts.sql"));
    readers = db::ReadPool::sharing(writer.connection());
  }

  [[nodiscard]] Accounts accounts(AccountOptions options = {}) {
    options.cost = {1, 8 * 1024 * 8};
    return Accounts(writer, *readers, clock, random, std::move(options));
  }

  test::TestClock clock{utc_from_ms(1'790'000'000'000)};
  SeededRandom random{11};
  db::InlineWriter writer;
  std::unique_ptr<db::ReadPool> readers;
};

}  // namespace fieldnode::web
