#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "sync/base/time.h"

/// Tables as files that an office's spreadsheet opens. Knows no domain word.
namespace fieldnode::sheet {

/// A share, shown in per cent. Units: 1 is 100 %.
struct Share {
  double value{};
  friend bool operator==(Share const&, Share const&) = default;
};

/// Empty, words, a whole number, a share, a moment (shown in +08:00, to the minute).
using Cell = std::variant<std::monostate, std::string, std::int64_t, Share, UtcTime>;
using Row = std::vector<Cell>;

/// Units: `width` characters.
struct Column {
  std::string heading;
  double width{12};
};

/// Shape: each row has a cell for each column.
struct Table {
  std::string name;  ///< of the sheet, at most 31 characters, none of []:*?/ and the backslash
  std::vector<Column> columns;
  std::vector<Row> rows;
};

}  // namespace fieldnode::sheet
