#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "node/office/data_dir.h"
#include "sync/base/time.h"

namespace fieldnode::office {

/// How long a round of exchanges may keep the command line waiting.
inline constexpr Milliseconds kRoundMax{120'000};

/// Asks the node that runs on this directory. Errors: `not_running`; what the node refused, with its code.
[[nodiscard]] Result<boost::json::object> ask_node(DataDir const& dir, std::string_view path,
                                                   boost::json::object const& form);
[[nodiscard]] Result<boost::json::object> ask_node(DataDir const& dir, std::string_view path);

}  // namespace fieldnode::office
