#pragma once

#include <vector>

#include "node/db/connection.h"
#include "node/lists/named_blobs.h"

namespace fieldnode::central {

/// A stretch of a unit's feed: behind `after` up to `upto`. `after` in no feed of the unit: from the first entry.
struct FeedStretch {
  Position after{};
  Position upto{};
};

/// The files that the entries there name: whoever gets these entries has none of them yet.
[[nodiscard]] std::vector<lists::NamedBlob> blobs_named_in(db::Connection& connection, UnitId unit,
                                                           FeedStretch const& stretch, std::size_t most);

}  // namespace fieldnode::central
