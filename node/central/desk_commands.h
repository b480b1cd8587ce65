#pragma once

#include <span>
#include <string>

#include "node/central/console.h"

/// The commands that are one call of the desk: read the arguments, ask, print.
namespace fieldnode::central {

/// unit add --code C --name N | unit list
int run_unit(std::span<std::string const> args, Console const& console);
/// enrol-code --unit C
int run_enrol_code(std::span<std::string const> args, Console const& console);
/// user add --name N --role R | list | reset --name N | disable --name N
int run_user(std::span<std::string const> args, Console const& console);
int run_status(std::span<std::string const> args, Console const& console);
int run_verify(std::span<std::string const> args, Console const& console);

}  // namespace fieldnode::central
