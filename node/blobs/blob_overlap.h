#pragma once

#include "node/blobs/blob_store.h"

/// Parts of files that come on a stick: whoever cut them did not know how far the receiver is, and a bundle may come
/// twice or late.
namespace fieldnode::blobs {

struct TakenPart {
  BlobState state;        ///< afterwards
  std::uint64_t added{};  ///< bytes that were new
  bool arrived{};         ///< it is here since
};

/// Takes what of the part goes on from what is held; what is held already changes nothing.
/// Errors: `wrong_offset` when the part begins beyond what is held; those of BlobStore::take.
[[nodiscard]] Result<TakenPart> take_overlapping(BlobStore& store, NamedFile const& file, std::uint64_t offset,
                                                 BytesView part, rules::AttachmentRule const& rule, UtcTime now);

/// Is this a fault of one file, so that the others go on?
[[nodiscard]] bool is_of_the_file(Refusal const& why);

}  // namespace fieldnode::blobs
