#pragma once

#include <string>
#include <string_view>

#include "sync/base/result.h"

/// Names of files come from other people's machines. They are words for a person and never a path here.
namespace fieldnode::blobs {

inline constexpr std::size_t kBlobNameMaxBytes = 200;

/// Errors: `attachment_name` when the name is empty, longer than 200 bytes or not UTF-8, begins with a dot, has a
/// slash, a backslash or a control character, or one that turns the direction of writing, so that `gpj.exe` would show
/// as `exe.jpg`.
[[nodiscard]] Result<void> admit_name(std::string_view name);

/// A name that came with an entry, fit for a download: what `admit_name` refuses becomes an underscore.
[[nodiscard]] std::string harmless_name(std::string_view name);

}  // namespace fieldnode::blobs
