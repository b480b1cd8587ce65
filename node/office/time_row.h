#pragma once

#include "node/db/connection.h"
#include "sync/engine/trusted_time.h"

/// What the node knows of true time, across restarts.
namespace fieldnode::office {

/// Default before anything was kept.
[[nodiscard]] engine::TimeState load_time(db::Connection& connection);
/// In the caller's transaction. A floor below the one kept changes nothing: the floor never goes back.
void keep_time(db::Connection& connection, engine::TimeState const& state);
/// The same after the centre has repealed a time that it signed: what is known now replaces what was.
void replace_time(db::Connection& connection, engine::TimeState const& state);

}  // namespace fieldnode::office
