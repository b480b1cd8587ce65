#pragma once

#include <vector>

#include "node/blobs/blob_state.h"
#include "sync/base/time.h"

/// What of the attachments goes into a bundle of a size that people chose. Source: PROTOCOL, "Attachments in a bundle".
namespace fieldnode::blobs {

/// A file that the receiver lacks, as far as is known here.
struct WantedFile {
  BlobKey key;
  std::uint64_t size{};
  std::uint64_t held{};  ///< by the receiver; it goes on from there
  UtcTime due{};         ///< what presses first on its assignment; UtcTime::max(): nothing
};

/// The bytes of a file from `from` up to `upto`.
struct FilePiece {
  BlobKey key;
  std::uint64_t from{};
  std::uint64_t upto{};
  friend bool operator==(FilePiece const&, FilePiece const&) = default;
};

struct Parcel {
  std::vector<FilePiece> pieces;
  std::uint64_t left{};  ///< files that do not go, or not to their end
};

/// The most urgent assignment first and its smallest file first, each file that fits with all that is missing of it: no
/// photo waits for a film. What room is left then takes the beginning of the first that does not fit.
/// Units: bytes of content; at most `files_most` files.
[[nodiscard]] Parcel pack_parcel(std::vector<WantedFile> files, std::uint64_t most, std::size_t files_most);

}  // namespace fieldnode::blobs
