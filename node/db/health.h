#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "node/db/connection.h"

namespace fieldnode::db {

/// What SQLite finds wrong with the file, in its own words; empty when it is sound. Reads every page: seconds per GiB,
/// so run it on a reader, and end it with Connection::interrupt. Indexes are not compared with their tables.
/// Errors: StorageError when the disk does not answer; DatabaseError when it was interrupted.
[[nodiscard]] std::vector<std::string> quick_check(Connection& connection);

/// As `quick_check`, and compares indexes with tables and follows foreign keys: several times slower.
[[nodiscard]] std::vector<std::string> integrity_check(Connection& connection);

/// Errors: `storage_damaged` with the first thing that `integrity_check` finds.
[[nodiscard]] Result<void> require_whole(Connection& connection);

/// Notes that the program runs. True when the last run ended with `note_stop`, or there was none; false after a crash,
/// a power cut, or in a restored backup: then `quick_check` comes before anything is served. Needs a writer.
[[nodiscard]] bool note_start(Connection& connection);
/// Notes that the program stopped in good order. The writer's last job, so that in safe mode it is never noted.
void note_stop(Connection& connection);

/// How much the disk of the connection's file still takes from this process; nothing for a database without a file, or
/// where the system does not say. Units: bytes.
[[nodiscard]] std::optional<std::uint64_t> free_bytes(Connection& connection);

}  // namespace fieldnode::db
