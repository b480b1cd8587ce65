#pragma once

#include <string_view>

#include "node/blobs/blob_store.h"
#include "node/net/http.h"

namespace fieldnode::web {

/// The content of an attachment, or the part of it that the request's Range asks for, read frame by frame while the
/// client takes it. For the disk, never for display. `name`: as the entry has it.
/// Answers with 416 where there is no such part.
[[nodiscard]] net::HttpResponse blob_answer(net::HttpRequest const& request, blobs::BlobStore& store,
                                            blobs::BlobRow const& row, std::string_view name);

}  // namespace fieldnode::web
