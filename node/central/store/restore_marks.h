#pragma once

#include "node/db/connection.h"
#include "sync/base/time.h"

namespace fieldnode::central {

/// What a database that came out of a backup must know before anything is served: every node must report before the
/// feed of its unit goes on, and no number is given that the lost part may have given. In the caller's transaction.
void mark_restored(db::Connection& connection, UtcTime now);

}  // namespace fieldnode::central
