#pragma once

#include <boost/json/object.hpp>

#include "sync/rules/entry.h"

namespace fieldnode::web {

/// The fields of a payload under the names that the forms use; empty for kinds without fields and unknown kinds.
[[nodiscard]] boost::json::object payload_view(rules::Payload const& payload);

}  // namespace fieldnode::web
