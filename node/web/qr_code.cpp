#include "node/web/qr_code.h"

#include <qrencode.h>

#include <memory>

#include "sync/base/result.h"

namespace fieldnode::web {
namespace {

constexpr std::size_t kQuietRows = 4;

struct QrFree {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

bool is_dark(std::vector<std::string> const& rows, std::size_t y, std::size_t x) {
  bool const inside =
      y >= kQuietRows && x >= kQuietRows && y - kQuietRows < rows.size() && x - kQuietRows < rows.size();
  return inside && rows[y - kQuietRows][x - kQuietRows] == '1';
}

std::string_view half_block(bool upper_dark, bool lower_dark) {
  if (upper_dark && lower_dark) return " ";
  if (upper_dark) return "▄";
  if (lower_dark) return "▀";
  return "█";
}

}  // namespace

std::vector<std::string> qr_rows(std::string_view text) {
  // Case matters in general; a text of capitals and digits alone is packed tighter by itself.
  std::unique_ptr<QRcode, QrFree> const code(
      QRcode_encodeString(std::string(text).c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1));
  if (code == nullptr)
    throw BrokenWorld("no QR code can be made of a text of " + std::to_string(text.size()) + " bytes");
  auto const width = static_cast<std::size_t>(code->width);
  std::vector<std::string> rows(width, std::string(width, '0'));
  for (std::size_t y = 0; y < width; ++y) {
    for (std::size_t x = 0; x < width; ++x) {
      if ((code->data[y * width + x] & 1U) != 0) rows[y][x] = '1';
    }
  }
  return rows;
}

std::string qr_for_terminal(std::vector<std::string> const& rows) {
  auto const size = rows.size() + 2 * kQuietRows;
  std::string text;
  for (std::size_t y = 0; y < size; y += 2) {
    text += "\x1b[97;40m";  // white blocks on black: the light of the code is drawn
    for (std::size_t x = 0; x < size; ++x) text += half_block(is_dark(rows, y, x), is_dark(rows, y + 1, x));
    text += "\x1b[0m\n";
  }
  return text;
}

}  // namespace fieldnode::web
