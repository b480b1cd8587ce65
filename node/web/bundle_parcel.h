#pragma once

#include "node/blobs/blob_overlap.h"
#include "node/blobs/blob_parcel.h"
#include "node/blobs/told_rows.h"
#include "node/web/bundle_steps.h"
#include "sync/wire/bundle_files.h"

/// What the steps about attachments answer, the same at both ends. Source: PROTOCOL, "Attachments in a bundle".
namespace fieldnode::web {

/// So many files go into one bundle; more wait for the next one.
inline constexpr std::size_t kParcelFilesMost = 4'096;

/// {states, pieces: [{assignment, address, from, upto}], left}.
[[nodiscard]] boost::json::object parcel_view(wire::BundleFileStates const& states, blobs::Parcel const& parcel);
[[nodiscard]] std::vector<blobs::FilePiece> pieces_at(boost::json::object const& answer);

/// {assignment, address}.
[[nodiscard]] boost::json::object key_view(blobs::BlobKey const& key);

/// {assignment, address, offset, most} of a step's arguments.
struct PartAsked {
  blobs::BlobKey key;
  std::uint64_t offset{};
  std::uint64_t most{};
};
[[nodiscard]] PartAsked part_in(JsonForm& form);
/// {part}. Errors: `attachment_not_here` without a row and beyond its end, those of BlobStore::read.
[[nodiscard]] Result<boost::json::object> part_view(blobs::BlobStore& store, std::optional<blobs::BlobRow> const& row,
                                                    PartAsked const& asked);

/// {assignment, address, added, arrived, refused: null or {code, sentence}}. A refusal that is not of the file is an
/// error.
[[nodiscard]] Result<boost::json::object> taken_view(blobs::BlobKey const& key, Result<blobs::TakenPart> const& taken);

[[nodiscard]] std::vector<blobs::ToldFile> told_files(wire::BundleFileStates const& states);

}  // namespace fieldnode::web
