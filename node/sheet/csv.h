#pragma once

#include <string>

#include "node/sheet/table.h"

namespace fieldnode::sheet {

/// UTF-8 with a byte order mark, because Excel takes a file without one for GBK; lines end in CR LF (RFC 4180).
/// Words that a spreadsheet would take for a formula (beginning with = + - @, tab or return) get an apostrophe before
/// them: whoever wrote a title must not run a command on the machine of whoever opens the table.
[[nodiscard]] std::string csv_of(Table const& table);

}  // namespace fieldnode::sheet
