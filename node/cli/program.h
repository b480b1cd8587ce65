#pragma once

#include <boost/json/fwd.hpp>
#include <span>
#include <string>
#include <string_view>

#include "node/cli/command.h"
#include "node/cli/console.h"

namespace fieldnode::cli {

/// A whole program, and how its refusals are told. This room knows no code of them.
struct Program {
  Command root{};  ///< named as the program is
  std::string_view version{};
  /// {"zh","en"}.
  boost::json::object (*sentence)(Refusal const&){};
  /// True where nothing that was typed could have prevented it.
  bool (*is_failure)(Refusal const&){};
};

/// Runs the command that `args` (without the program's name) call, or answers --help and --version. A refusal goes to
/// `err` as "PATH: SENTENCE (CODE)", and where --json was typed to `out` as {"error":{"code","sentence":{"zh","en"}}}.
/// A broken world ends here, as `broken_world`.
/// Gives the exit code.
[[nodiscard]] int run(Program const& program, std::span<std::string const> args, Console const& console);

}  // namespace fieldnode::cli
