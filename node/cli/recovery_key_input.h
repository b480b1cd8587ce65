#pragma once

#include <string>
#include <string_view>

#include "node/cli/command.h"
#include "sync/base/result.h"

/// The recovery key at a command line: out on paper once, and in again when a backup is opened.
namespace fieldnode::cli {

/// `--key-file FILE`.
[[nodiscard]] Option recovery_key_option();
/// From that file, else as somebody types it. Errors: `no_file`, `bad_code` when nothing comes.
[[nodiscard]] Result<std::string> read_recovery_key_input(Call const& call);
/// What is printed of a key that was just made.
[[nodiscard]] std::string recovery_key_text(std::string_view key);

}  // namespace fieldnode::cli
