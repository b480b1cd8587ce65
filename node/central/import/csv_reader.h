#pragma once

#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "node/central/import/text_source.h"
#include "sync/base/result.h"

namespace fieldnode::central {

struct CsvOptions {
  TextEncoding encoding{TextEncoding::kUtf8};
  char delimiter{','};
  std::size_t field_bytes_max{256 * 1024};
  std::size_t row_bytes_max{1024 * 1024};
};

/// One record of the file, good or not.
struct CsvRow {
  std::uint64_t line{};             ///< the physical line it starts on; the header's first line is 1
  std::vector<std::string> fields;  ///< as many as the header has, unless `fault` is set
  std::string raw;                  ///< as it stands in the file, in UTF-8, without its line end
  bool has_line_end{true};          ///< false: the file ends right behind it, it may have been cut
  std::optional<Refusal> fault;     ///< why this record cannot be taken
};

/// Reads RFC 4180 records from a stream in memory bounded by `row_bytes_max`, however long the file.
/// Lines end in LF, CRLF or CR; empty lines are skipped; a quote inside an unquoted field stands for itself.
class CsvReader {
 public:
  /// Reads the header row. Errors: those of `TextSource::open`; bad_header (unreadable or too long);
  /// duplicate_column.
  /// Thread: `input` must outlive the reader and be used by nothing else.
  [[nodiscard]] static Result<CsvReader> open(std::istream& input, CsvOptions const& options);

  /// Column names, trimmed.
  [[nodiscard]] std::vector<std::string> const& header() const { return header_; }

  /// The next record; nothing at the end of the file. A faulty record does not end the reading. Fault codes:
  /// field_count, text_after_quote, unterminated_quote, row_too_long, field_too_long, bad_encoding, zero_byte.
  /// After a wrong quote only the first line of the record is given up and reading goes on behind it; a record beyond
  /// `row_bytes_max` is passed over to its real end, because text inside it must never be taken for rows.
  /// Errors: throws BrokenWorld when the stream fails.
  [[nodiscard]] std::optional<CsvRow> next();

  /// Units: bytes of the file read so far; runs ahead of the rows by some 100 kB.
  [[nodiscard]] std::uint64_t bytes_read() const { return source_.bytes_read(); }

 private:
  enum class Scan : std::uint8_t { kWhole, kTextAfterQuote, kUnterminatedQuote, kTooLong };
  static constexpr int kEnd = -1;

  CsvReader(TextSource source, CsvOptions const& options) : options_(options), source_(std::move(source)) {}
  [[nodiscard]] std::optional<Refusal> read_header();
  [[nodiscard]] CsvRow read_record();
  [[nodiscard]] Scan scan_record(std::vector<std::string>& fields);
  [[nodiscard]] Scan scan_quoted(std::string& field);
  [[nodiscard]] Scan scan_plain(std::string& field);
  [[nodiscard]] std::optional<Refusal> fault_of(CsvRow const& row) const;
  [[nodiscard]] Refusal quote_fault(Scan scan) const;
  void give_up_first_line(CsvRow& row, Scan scan);
  void pass_over_long_record(CsvRow& row);
  [[nodiscard]] bool pass_over_quoted();
  void finish_record(CsvRow& row);
  void skip_empty_lines();
  bool take_line_end();
  void drop_taken();
  [[nodiscard]] int peek(std::size_t ahead = 0);
  [[nodiscard]] bool is_field_end(int c) const;
  [[nodiscard]] bool is_beyond_row_cap() const { return at_ - start_ > options_.row_bytes_max; }

  CsvOptions options_;
  TextSource source_;
  std::vector<std::string> header_;
  std::string buffer_;     ///< text not yet taken
  std::size_t start_{};    ///< where the record begins in `buffer_`
  std::size_t at_{};       ///< where the scan stands
  std::uint64_t line_{1};  ///< the physical line of `start_`
};

}  // namespace fieldnode::central
