#pragma once

#include <optional>

#include "node/blobs/blob_store.h"
#include "node/central/store/central_store.h"

namespace fieldnode::central {

/// The content of a file that an entry on the assignment names: from the unit's own files, else as that of its case.
/// Nothing while it is not here.
[[nodiscard]] std::optional<blobs::BlobRow> find_blob(CentralStore& store, blobs::BlobStore& blobs, UnitId unit,
                                                      blobs::BlobKey const& key);

/// The content of a file of a case, which all its assignments share: the case's own, else one that a unit has sent
/// back, as after a restore without files.
[[nodiscard]] std::optional<blobs::BlobRow> find_blob(CentralStore& store, blobs::BlobStore& blobs, CaseId id,
                                                      Hash const& address);

}  // namespace fieldnode::central
