#pragma once

#include <filesystem>
#include <string>

#include "node/central/city.h"
#include "sync/base/clock.h"

/// The city's backup: database and key files, sealed to the recovery key; read beside the running service.
namespace fieldnode::central {

struct CityBackup {
  std::uint64_t units{};
  std::uint64_t entries{};
  std::string recovery_key;  ///< made now, where there was none; empty: the one that was printed before
};

/// Copies, opens the copy, recomputes everything in it, and only then seals it under its name.
/// Errors: `no_city`, `backup_exists`, `backup_failed`, those of `Verifier` and of the key files.
[[nodiscard]] Result<CityBackup> back_up_city(CityPaths const& paths, std::filesystem::path const& target,
                                              Random& random);

/// Makes a city's directory out of a backup. Every unit's node must report before its feed goes on (PROTOCOL, "A centre
/// that was restored"). The directory appears when all is done. Gives how many units wait.
/// Errors: `directory_not_empty`, those of `open_sealed_backup` and of Centre::open and CentralStore::verify.
[[nodiscard]] Result<std::uint64_t> restore_city(std::filesystem::path const& source, CityPaths const& paths,
                                                 crypto::KeyPair const& recovery, Clock const& clock, Random& random);

/// The recovery key's public half; made and given in words where there is none yet. Errors: those of the key file.
[[nodiscard]] Result<std::string> ensure_recovery_key(CityPaths const& paths, Random& random);

}  // namespace fieldnode::central
