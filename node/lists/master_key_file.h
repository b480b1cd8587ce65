#pragma once

#include <filesystem>

#include "node/db/connection.h"
#include "node/lists/contact_vault.h"
#include "sync/base/random.h"
#include "sync/base/result.h"

/// This end's key for contact data: a file of 32 bytes beside the database that only its owner may read.
namespace fieldnode::lists {

/// Errors: `key_file_missing`, `key_file_open_to_others`, `key_file_wrong_size`, `key_file_unreadable`.
[[nodiscard]] Result<ContactVault::MasterKey> load_master_key(std::filesystem::path const& path);

/// Writes a new key, on disk before this returns, and never over an existing file.
/// Errors: `key_file_exists`, `key_file_not_written`.
[[nodiscard]] Result<ContactVault::MasterKey> create_master_key(std::filesystem::path const& path, Random& random);

/// The key of a migrated database: loaded and tried on it, or created when the database has sealed nothing yet. A key
/// lost under sealed data is never replaced by a new one, which would only hide the loss.
/// Errors: those of both functions above; `wrong_contact_key`.
[[nodiscard]] Result<ContactVault::MasterKey> open_master_key(std::filesystem::path const& path,
                                                              db::Connection& connection, Random& random);

}  // namespace fieldnode::lists
