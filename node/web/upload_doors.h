#pragma once

#include <functional>
#include <optional>
#include <string>

#include "node/blobs/blob_store.h"
#include "node/net/router.h"
#include "node/web/gatekeeper.h"

/// How a page sends a file, the same at both programs: piece after piece, each told where it goes, so that a reload, a
/// broken connection or a restart of the program costs one piece.
namespace fieldnode::web {

/// One piece of an upload. Units: bytes.
inline constexpr std::size_t kPieceMaxBytes = 1024 * 1024;

/// Where the files of a page go, and how much may go there.
struct UploadPlace {
  blobs::BlobOwner owner;
  rules::AttachmentRule rule;
};

/// The place that a request's path means; nothing where this visitor is not to know of it.
using FindUploadPlace = std::function<std::optional<UploadPlace>(net::HttpRequest const&, Visitor const&)>;

struct UploadWorld {
  blobs::BlobStore& store;
  FindUploadPlace place;
  std::function<UtcTime()> now;  ///< a time that does not go back
};

/// POST `under`/uploads begins or finds one, GET `under`/uploads/{upload} tells how far it is, PUT with `?offset=` adds
/// a piece. `under` has `{id}` in it. Everything in `world` must outlive the server.
void add_upload_doors(net::Router& router, Gatekeeper& gatekeeper, std::string const& under, Roles const& roles,
                      UploadWorld const& world);

}  // namespace fieldnode::web
