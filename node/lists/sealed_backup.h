#pragma once

#include <filesystem>
#include <functional>
#include <istream>
#include <string>
#include <vector>

#include "node/db/folder.h"
#include "sync/base/random.h"
#include "sync/base/result.h"
#include "sync/crypto/suite.h"

/// A backup as one file: the database and the key files, sealed to the recovery key in pieces of 1 MiB, so that it lies
/// on any stick or disk and needs no memory. Format: `FNBK`, version 2 (1: no folders), whose it is, an ephemeral
/// public key; then sealed pieces, each with its length, number and whether it is the last bound to it. Inside: name,
/// size, content of each file.
namespace fieldnode::lists {

/// Which program's: a backup of one is none for the other.
enum class BackupOf : std::uint8_t { kOffice = 1, kCentre = 2 };

struct BackupPart {
  std::string name;  ///< in the backup, and later in the directory or in one folder of it: `node.db`, `attachments/7`
  std::filesystem::path file;
};

/// Parts whose file is missing are left out. The file gets its name when it is whole and on disk.
/// Errors: `backup_exists`, `backup_failed`.
[[nodiscard]] Result<void> write_sealed_backup(std::filesystem::path const& target, BackupOf whose,
                                               std::vector<BackupPart> const& parts, crypto::PublicKey const& recovery,
                                               Random& random);

/// A backup that is to be opened. `path`: as people call it.
struct BackupSource {
  std::istream& content;
  std::filesystem::path path;
  BackupOf whose{};
};

/// Puts the files into `directory`, which is there and empty, each 0600 and on disk.
/// Errors: `not_a_backup`, `newer_backup`, `wrong_recovery_key`, `backup_damaged` (cut, changed), `file_not_written`.
[[nodiscard]] Result<void> open_sealed_backup(BackupSource const& source, crypto::KeyPair const& recovery,
                                              std::filesystem::path const& directory,
                                              db::Folder& folder = db::machine_folder());

/// Makes what was restored ready under a passing name, and leaves it on disk.
using BringUp = std::function<Result<void>(std::filesystem::path const& made)>;

/// Makes the directory `target` out of a backup. It has its name when all is done and on disk; whatever stops it before
/// leaves nothing that the next restore would mind. Errors: `directory_not_empty`, those of `open_sealed_backup` and of
/// `bring_up`.
[[nodiscard]] Result<void> restore_directory(BackupSource const& source, crypto::KeyPair const& recovery,
                                             std::filesystem::path const& target, BringUp const& bring_up,
                                             db::Folder& folder = db::machine_folder());

}  // namespace fieldnode::lists
