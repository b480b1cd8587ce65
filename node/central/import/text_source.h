#pragma once

#include <cstdint>
#include <istream>
#include <memory>
#include <string>
#include <string_view>

#include "sync/base/result.h"

namespace fieldnode::central {

/// How the bytes of an import file spell characters. GBK and GB2312 files are read as gb18030, which contains both.
enum class TextEncoding : std::uint8_t { kUtf8, kGb18030 };

/// A byte stream read as UTF-8 text, a piece at a time.
class TextSource {
 public:
  /// Looks at the first bytes and says what the file is. A UTF-8 byte order mark outranks `encoding`, because Excel
  /// writes it only before UTF-8; marks are never part of the text.
  /// Errors: empty_file; gzip_file, spreadsheet_file, utf16_file, not_csv (a file that is no text); wrong_encoding
  /// (UTF-8 where the mapping says gb18030). Thread: `input` must outlive the source and be used by nothing else.
  [[nodiscard]] static Result<TextSource> open(std::istream& input, TextEncoding encoding);

  /// Appends the next piece (up to some 100 kB); false at the end of the file. A byte sequence that the encoding does
  /// not know becomes the byte 0xFF, which no UTF-8 text contains, so that the row holding it can be refused.
  /// Errors: throws BrokenWorld when the stream fails.
  bool read_more(std::string& out);

  /// Units: bytes of the file, as stored, handed out so far.
  [[nodiscard]] std::uint64_t bytes_read() const { return bytes_read_; }

 private:
  struct ConverterCloser {
    void operator()(void* converter) const;
  };
  using Converter = std::unique_ptr<void, ConverterCloser>;

  explicit TextSource(std::istream& input) : input_(&input) {}
  void choose_decoding(TextEncoding encoding);
  bool fill();
  void convert(std::string& out);
  bool flush_half_character(std::string& out);

  std::istream* input_;
  Converter converter_;  ///< none: the file is UTF-8 already
  std::string pending_;  ///< bytes read and not yet handed out
  bool primed_{true};    ///< `open` has filled `pending_` already
  std::uint64_t bytes_read_{};
};

}  // namespace fieldnode::central
