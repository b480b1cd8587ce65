#pragma once

#include <boost/json/object.hpp>

#include "node/central/store/central_store.h"

namespace fieldnode::central {

/// {"units","cases":{state: n},"assignments":{"open","awaiting"},"refusals":{code: n}}: every state and code, also
/// those of which there are none.
[[nodiscard]] boost::json::object figures_view(CityCounts const& counts);

}  // namespace fieldnode::central
