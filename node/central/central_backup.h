#pragma once

#include <filesystem>
#include <string>

#include "node/blobs/blob_backup.h"
#include "node/blobs/blob_needs.h"
#include "node/central/city.h"
#include "sync/base/clock.h"

/// The city's backup: database, key files and attachments, sealed to the recovery key; read beside the running service.
namespace fieldnode::central {

struct CityBackup {
  std::uint64_t units{};
  std::uint64_t entries{};
  blobs::BackedUp attachments;
  std::string recovery_key;  ///< made now, where there was none; empty: the one that was printed before
};

/// Copies, opens the copy, recomputes everything in it, and only then seals it under its name.
/// Errors: `no_city`, `backup_exists`, `backup_failed`, those of `Verifier` and of the key files.
[[nodiscard]] Result<CityBackup> back_up_city(CityPaths const& paths, std::filesystem::path const& target,
                                              blobs::InBackup which, Random& random);

struct CityRestore {
  std::uint64_t units{};  ///< which wait for the reports of their nodes
  blobs::BlobCounts attachments;
};

/// Makes a city's directory out of a backup. Every unit's node must report before its feed goes on (PROTOCOL, "A centre
/// that was restored"). Attachments that the backup does not hold are noted as missing; offices send what they have of
/// them. The directory appears when all is done.
/// Errors: `directory_not_empty`, those of `open_sealed_backup` and of Centre::open and CentralStore::verify.
[[nodiscard]] Result<CityRestore> restore_city(std::filesystem::path const& source, CityPaths const& paths,
                                               crypto::KeyPair const& recovery, Clock const& clock, Random& random);

/// The recovery key's public half; made and given in words where there is none yet. Errors: those of the key file.
[[nodiscard]] Result<std::string> ensure_recovery_key(CityPaths const& paths, Random& random);

}  // namespace fieldnode::central
