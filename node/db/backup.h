#pragma once

#include <cstdint>
#include <filesystem>

#include "node/db/connection.h"
#include "node/db/folder.h"

namespace fieldnode::db {

struct BackupOutcome {
  std::uintmax_t size_bytes{};
  int schema_version{};
};

/// Copies the database as it stands now to `target`, a single file (mode 0600, no WAL), while the writer goes on. The
/// copy is made under the name `<target>.part`, synced, opened again and checked; only then it gets its name, so a file
/// named `target` is always whole. The target may lie on a stick or a network disk. `source` should be a reader of its
/// own, outside a pool: it is busy until the copy is done.
/// Errors: backup_exists when `target` is there already; no_data_directory, storage_read_only, backup_failed when the
/// copy cannot be made or is damaged; StorageError when `source` had met a storage fault before.
[[nodiscard]] Result<BackupOutcome> back_up(Connection& source, std::filesystem::path const& target,
                                            Folder& folder = machine_folder());

}  // namespace fieldnode::db
