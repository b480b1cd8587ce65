#include "node/sheet/csv.h"

#include <fmt/format.h>

#include "sync/rules/civil.h"

namespace fieldnode::sheet {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool looks_like_a_formula(std::string_view text) {
  return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
}

std::string quoted(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string result = "\"";
  for (char const c : text) {
    if (c == '"') result += '"';
    result += c;
  }
  return result + '"';
}

/// `2026-10-12 17:00`, as a spreadsheet reads a moment.
std::string minute_of(UtcTime moment) {
  auto text = rules::format_moment(moment).substr(0, 16);
  text.at(10) = ' ';
  return text;
}

struct CellText {
  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(std::string const& words) const {
    return quoted(looks_like_a_formula(words) ? "'" + words : words);
  }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(Share share) const { return fmt::format("{:.1f}%", share.value * 100); }
  std::string operator()(UtcTime moment) const { return minute_of(moment); }
};

template <class Cells, class TextOf>
void add_line(std::string& text, Cells const& cells, TextOf const& text_of) {
  for (auto cell = cells.begin(); cell != cells.end(); ++cell) {
    if (cell != cells.begin()) text += ',';
    text += text_of(*cell);
  }
  text += "\r\n";
}

}  // namespace

std::string csv_of(Table const& table) {
  std::string text(kByteOrderMark);
  add_line(text, table.columns, [](Column const& column) { return CellText{}(column.heading); });
  for (auto const& row : table.rows) {
    add_line(text, row, [](Cell const& cell) { return std::visit(CellText{}, cell); });
  }
  return text;
}

}  // namespace fieldnode::sheet
