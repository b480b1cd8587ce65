#pragma once

#include <cstddef>
#include <string>

#include "sync/base/result.h"

namespace fieldnode::cli {

/// The content of a file that a command was given. One byte more than there may be is read at most, so that an endless
/// file is refused by its size.
/// Errors: `no_file`, `file_too_large`.
[[nodiscard]] Result<std::string> read_input_file(std::string const& path, std::size_t max_bytes);

}  // namespace fieldnode::cli
