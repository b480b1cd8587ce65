#pragma once

#include <boost/json/object.hpp>
#include <filesystem>
#include <string_view>

#include "sync/base/result.h"

namespace fieldnode::central {

/// Has a command of CommandDesk carried out on the city in `directory`: by the service if it runs there, else here.
/// Errors: those of the command, of `Centre::open` and of the control socket.
[[nodiscard]] Result<boost::json::object> call_desk(std::filesystem::path const& directory, std::string_view command,
                                                    boost::json::object const& arguments);

}  // namespace fieldnode::central
