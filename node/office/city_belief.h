#pragma once

#include "node/db/connection.h"
#include "sync/engine/journal.h"

namespace fieldnode::office {

/// Which keys of the city this node believes: that of its enrolment and all that followed, each vouched for.
/// Shape: an enrolled node.
[[nodiscard]] engine::CityBelief load_belief(db::Connection& connection);

/// Takes over what a verified reply said of keys, in the caller's transaction.
void keep_news(db::Connection& connection, wire::IdentityNews const& news);

/// How the city's key came to be the one that it is, as kept.
[[nodiscard]] std::vector<wire::CityKeyStep> kept_steps(db::Connection& connection);

}  // namespace fieldnode::office
