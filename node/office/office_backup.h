#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "node/blobs/blob_backup.h"
#include "node/blobs/blob_needs.h"
#include "node/office/office_data.h"

/// The office's backup: database, key files and attachments, sealed to the recovery key. It is read beside the running
/// node, which needs no stop and no word: a reader of another process sees one moment of the database.
namespace fieldnode::office {

struct OfficeBackup {
  std::string unit_code;
  engine::ListHead journal;
  engine::ListHead feed;
  blobs::BackedUp attachments;
  std::string recovery_key;  ///< made now, where there was none; empty: the one that was printed before
};

/// Copies, opens the copy, replays it, and only then seals it under its name.
/// Errors: `not_enrolled`, `backup_exists`, `backup_failed`, those of `check_store` and of the key files.
[[nodiscard]] Result<OfficeBackup> back_up_office(DataDir const& dir, std::filesystem::path const& target,
                                                  blobs::InBackup which, Random& random);

struct OfficeRestore {
  OfficeIdentity identity;
  engine::ListHead before;  ///< where the restored journal ended
  Epoch journal{};          ///< the one that goes on from there
  blobs::BlobCounts attachments;
};

/// Makes a data directory out of a backup: opened, replayed, and its journal gone on in a new epoch, so that no number
/// of the old one is ever given twice. Attachments that the backup does not hold are noted as missing, so that they
/// come again from the centre. The directory appears when all is done. Errors: `directory_not_empty`, those of
/// `open_sealed_backup`, `OfficeData::open`, `check_store`.
[[nodiscard]] Result<OfficeRestore> restore_office(std::filesystem::path const& source, DataDir const& dir,
                                                   crypto::KeyPair const& recovery, Clock const& clock, Random& random);

/// The recovery key's public half; made and given in words where there is none yet. Errors: those of the key file.
[[nodiscard]] Result<std::string> ensure_recovery_key(DataDir const& dir, Random& random);

}  // namespace fieldnode::office
