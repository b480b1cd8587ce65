#pragma once

#include <optional>

#include "node/db/connection.h"
#include "sync/base/result.h"
#include "sync/base/time.h"

namespace fieldnode::office {

/// A failed attempt to reach the centre. `at`: by the node's estimate.
struct LinkFailure {
  Refusal why;
  UtcTime at{};
};

/// How the link to the centre did, for pages and `status`. `failure`: of the last attempt, if it failed.
struct LinkRecord {
  std::optional<UtcTime> last_exchange_at;  ///< the centre's clock
  std::optional<LinkFailure> failure;
};

[[nodiscard]] LinkRecord load_link(db::Connection& connection);
/// Both in the caller's transaction.
void note_exchange(db::Connection& connection, std::optional<UtcTime> sent_at);
void note_link_failure(db::Connection& connection, LinkFailure const& failure);

}  // namespace fieldnode::office
