#pragma once

#include <span>
#include <string>

#include "node/sheet/table.h"

namespace fieldnode::sheet {

/// One workbook, a sheet for each table: numbers, shares and moments are numbers in their cells, words are words, so
/// nothing in it is ever a formula. The first row is a heading that stays in sight.
/// Shape: at least one table. Errors: a BrokenWorld where the system gives no memory file.
[[nodiscard]] std::string xlsx_of(std::span<Table const> tables);

}  // namespace fieldnode::sheet
