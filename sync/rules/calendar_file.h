#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "sync/base/result.h"
#include "sync/rules/calendar.h"

namespace fieldnode::rules {

/// A larger text is some other file.
inline constexpr std::size_t kNoticeMaxBytes = 64 * 1024;

/// Reads one notice in the format of schema/calendars (described in schema/README.md). `name` stands in the refusals.
/// Errors: `bad_calendar`, naming the field and the entry: syntax, a field that is unknown, missing or of another
/// type, an impossible date, a day named twice or both off and working, a day that is not the notice's to rule (only
/// its own year and the days after 20 December before it), a year outside 2018-2049.
[[nodiscard]] Result<Notice> parse_notice(std::string_view text, std::string_view name);

/// The notices that the program carries, 2018 to 2026, in the order of their publication.
[[nodiscard]] std::vector<Notice> built_in_notices();

}  // namespace fieldnode::rules
