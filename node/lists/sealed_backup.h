#pragma once

#include <filesystem>
#include <string>
#include <vector>

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

/// Puts the files into `directory`, which is there and empty, each 0600.
/// Errors: `not_a_backup`, `newer_backup`, `wrong_recovery_key`, `backup_damaged` (cut, changed), `file_not_written`.
[[nodiscard]] Result<void> open_sealed_backup(std::filesystem::path const& source, BackupOf whose,
                                              crypto::KeyPair const& recovery, std::filesystem::path const& directory);

}  // namespace fieldnode::lists
