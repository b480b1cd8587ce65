#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "sync/base/result.h"

/// Small files beside the database that only their owner may read: keys and certificates.
namespace fieldnode::office {

/// Puts `content` in place as a whole or not at all, on disk before this returns; an older file is replaced.
/// Errors: `file_not_written` naming the path and why.
[[nodiscard]] Result<void> write_private_file(std::filesystem::path const& path, std::string_view content);

/// Errors: `file_missing`, `file_open_to_others`, `file_unreadable`.
[[nodiscard]] Result<std::string> read_private_file(std::filesystem::path const& path);

/// Makes a directory (0700) where there is none. Errors: `file_not_written`.
[[nodiscard]] Result<void> make_private_directory(std::filesystem::path const& path);

}  // namespace fieldnode::office
