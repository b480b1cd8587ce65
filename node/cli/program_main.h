#pragma once

#include "node/cli/program.h"

namespace fieldnode::cli {

/// The whole of `main`: the real console, the user's language, the exit code. An answer that could not be written (disk
/// full, reader gone) is a failure, so that no script takes half of it for all.
[[nodiscard]] int program_main(Program const& program, int argc, char** argv);

}  // namespace fieldnode::cli
