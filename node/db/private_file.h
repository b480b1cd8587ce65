#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "sync/base/result.h"

/// Small files beside the database that only their owner may read: keys, certificates.
namespace fieldnode::db {

/// Puts `content` under `path` (mode 0600), on disk and whole, in place of what was there: after a power cut the name
/// holds the old content or the new. Errors: `file_not_written` with the system's reason.
[[nodiscard]] Result<void> write_private_file(std::filesystem::path const& path, std::string_view content);

/// Units: at most `max_bytes`. Errors: `file_missing`, `file_open_to_others` when the mode lets others read,
/// `file_unreadable`.
[[nodiscard]] Result<std::string> read_private_file(std::filesystem::path const& path,
                                                    std::size_t max_bytes = std::size_t{64} * 1024);

/// Makes a directory (0700) where there is none; its name is durable. Errors: `file_not_written`.
[[nodiscard]] Result<void> make_private_directory(std::filesystem::path const& path);

}  // namespace fieldnode::db
