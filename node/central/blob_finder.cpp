#include "node/central/blob_finder.h"

namespace fieldnode::central {

std::optional<blobs::BlobRow> find_blob(CentralStore& store, blobs::BlobStore& blobs, UnitId unit,
                                        blobs::BlobKey const& key) {
  if (auto row = blobs.find({unit, key.assignment}, key.address)) return row;
  auto const assignment = store.find_assignment(key.assignment);
  if (!assignment || assignment->unit != unit) return std::nullopt;
  return find_blob(store, blobs, assignment->case_id, key.address);
}

std::optional<blobs::BlobRow> find_blob(CentralStore& store, blobs::BlobStore& blobs, CaseId id, Hash const& address) {
  if (auto row = blobs.find(blobs::owner_of(id), address)) return row;
  for (auto const& assignment : store.assignments_of(id)) {
    if (auto row = blobs.find({assignment.unit, assignment.id}, address)) return row;
  }
  return std::nullopt;
}

}  // namespace fieldnode::central
