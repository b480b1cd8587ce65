#include "node/sheet/xlsx.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "sync/base/check.h"
#include "sync/base/result.h"

namespace fieldnode::sheet {
namespace {

/// The library writes to a path; this one leads to memory, so nothing lies on a disk.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(::memfd_create("workbook", MFD_CLOEXEC)) {
    if (descriptor_ < 0) throw BrokenWorld("the system gives no memory file for a workbook");
  }
  MemoryFile(MemoryFile const&) = delete;
  MemoryFile& operator=(MemoryFile const&) = delete;
  ~MemoryFile() { ::close(descriptor_); }

  [[nodiscard]] std::string path() const { return fmt::format("/proc/self/fd/{}", descriptor_); }
  [[nodiscard]] std::string content() const {
    std::string bytes;
    char block[64 * 1024];
    for (off_t at = 0;;) {
      auto const read = ::pread(descriptor_, block, sizeof block, at);
      if (read < 0) throw BrokenWorld("a memory file cannot be read back");
      if (read == 0) return bytes;
      bytes.append(block, static_cast<std::size_t>(read));
      at += read;
    }
  }

 private:
  int descriptor_;
};

/// A spreadsheet counts days from 1899-12-30, in civil time; here always +08:00.
double serial_of(UtcTime moment) {
  constexpr double kDayMs = 86'400'000.0;
  constexpr double kEpochSerial = 25'569.0;
  return kEpochSerial + static_cast<double>(ms_of(moment + std::chrono::hours(8))) / kDayMs;
}

struct Formats {
  explicit Formats(lxw_workbook* book)
      : heading(workbook_add_format(book)), share(workbook_add_format(book)), moment(workbook_add_format(book)) {
    format_set_bold(heading);
    format_set_text_wrap(heading);
    format_set_border(heading, LXW_BORDER_THIN);
    format_set_num_format(share, "0.0%");
    format_set_num_format(moment, "yyyy-mm-dd hh:mm");
  }
  lxw_format* heading;
  lxw_format* share;
  lxw_format* moment;
};

struct CellWriter {
  lxw_worksheet* sheet;
  Formats const& formats;
  lxw_row_t row;
  lxw_col_t column;

  void operator()(std::monostate) const {}
  void operator()(std::string const& words) const {
    worksheet_write_string(sheet, row, column, words.c_str(), nullptr);
  }
  void operator()(std::int64_t number) const {
    worksheet_write_number(sheet, row, column, static_cast<double>(number), nullptr);
  }
  void operator()(Share share) const { worksheet_write_number(sheet, row, column, share.value, formats.share); }
  void operator()(UtcTime moment) const {
    worksheet_write_number(sheet, row, column, serial_of(moment), formats.moment);
  }
};

void write_table(lxw_workbook* book, Table const& table, Formats const& formats) {
  auto* const sheet = workbook_add_worksheet(book, table.name.c_str());
  check(sheet != nullptr, "a sheet has a name that a spreadsheet takes");
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    auto const column = static_cast<lxw_col_t>(i);
    worksheet_set_column(sheet, column, column, table.columns[i].width, nullptr);
    worksheet_write_string(sheet, 0, column, table.columns[i].heading.c_str(), formats.heading);
  }
  worksheet_freeze_panes(sheet, 1, 1);
  worksheet_set_landscape(sheet);
  worksheet_set_paper(sheet, 9);  // A4
  worksheet_fit_to_pages(sheet, 1, 0);
  worksheet_repeat_rows(sheet, 0, 0);
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    for (std::size_t j = 0; j < table.rows[i].size(); ++j) {
      std::visit(CellWriter{sheet, formats, static_cast<lxw_row_t>(i + 1), static_cast<lxw_col_t>(j)},
                 table.rows[i][j]);
    }
  }
}

}  // namespace

std::string xlsx_of(std::span<Table const> tables) {
  check(!tables.empty(), "a workbook has a sheet");
  MemoryFile const file;
  auto* const book = workbook_new(file.path().c_str());
  if (book == nullptr) throw BrokenWorld("a workbook cannot be begun");
  Formats const formats(book);
  for (auto const& table : tables) write_table(book, table, formats);
  auto const closed = workbook_close(book);
  if (closed != LXW_NO_ERROR) throw BrokenWorld(fmt::format("a workbook cannot be written: {}", lxw_strerror(closed)));
  return file.content();
}

}  // namespace fieldnode::sheet
