#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "node/central/import/import_row.h"
#include "sync/base/result.h"

namespace fieldnode::central {

/// The list of rows that were not taken, as a CSV for a spreadsheet: line, code, reason, raw. It is written aside and
/// takes its name only when whole: after a crash the name holds the earlier list or none, and the repeated import
/// writes the same list again. Mode 0600: raw rows hold citizens' data.
class RejectFile {
 public:
  /// Starts an empty list beside `path`. Errors: reject_file_unwritable (no such folder, no right, a folder there).
  [[nodiscard]] static Result<RejectFile> create(std::filesystem::path path);

  RejectFile(RejectFile&& other) noexcept;
  RejectFile& operator=(RejectFile&& other) = delete;
  /// Removes what was not published.
  ~RejectFile();

  /// Errors: throws BrokenWorld when the disk fails or is full.
  void add(RejectedRow const& row);
  [[nodiscard]] std::uint64_t count() const { return count_; }

  /// Puts the list, on disk and whole, under its name. To be called once, after the last row.
  /// Errors: throws BrokenWorld.
  void publish();

 private:
  RejectFile(std::filesystem::path path, int file);
  void write_out();
  [[noreturn]] void fail(char const* what) const;

  std::filesystem::path path_;
  std::filesystem::path aside_;
  std::string pending_;
  std::uint64_t count_{};
  int file_;  ///< -1: published or moved away
};

/// One field of a CSV that people open in a spreadsheet: quoted where needed; a field that the spreadsheet would run as
/// a formula gets an apostrophe in front.
/// Source: OWASP "CSV Injection".
[[nodiscard]] std::string spreadsheet_field(std::string_view text);

}  // namespace fieldnode::central
