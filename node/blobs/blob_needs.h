#pragma once

#include <optional>
#include <vector>

#include "node/blobs/blob_rows.h"
#include "node/lists/named_blobs.h"

/// What follows from the entries that an end holds: which files it lacks, and which it has that the other end may lack.
/// No message says so, because both ends hold the same entries.
namespace fieldnode::blobs {

/// Named by an entry and not here; the smallest first, so that no photo waits for a film.
[[nodiscard]] std::vector<lists::NamedBlob> missing_blobs(db::Connection& connection, UnitId unit, std::size_t most);
/// Here, named, and not known to be at the centre under this feed epoch; the smallest first.
[[nodiscard]] std::vector<BlobRow> unsent_blobs(db::Connection& connection, UnitId unit, Epoch feed, std::size_t most);

struct BlobCounts {
  std::uint64_t named{};  ///< different files that entries name
  std::uint64_t here{};   ///< of them
};

/// Of every unit in the database.
[[nodiscard]] BlobCounts count_blobs(db::Connection& connection);

}  // namespace fieldnode::blobs
