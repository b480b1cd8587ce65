#include "node/central/import/csv_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "node/central/import/plain_text.h"

namespace fieldnode::central {
namespace {

/// How much of a record that is too long is shown in the reject file.
constexpr std::size_t kPreviewBytes = 1000;
constexpr std::size_t kDropBytes = 256 * 1024;

bool is_line_end(int c) { return c == '\n' || c == '\r'; }

std::uint64_t count_line_ends(std::string_view text) {
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool const lone_cr = text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n');
    if (text[i] == '\n' || lone_cr) ++count;
  }
  return count;
}

std::optional<Refusal> duplicate_in(std::vector<std::string> const& header) {
  std::map<std::string_view, std::size_t> seen;
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (header[i].empty()) continue;  // spreadsheets leave nameless columns at the right edge
    auto const [first, is_new] = seen.emplace(header[i], i);
    if (is_new) continue;
    return refuse("duplicate_column",
                  fmt::format("the header names the column \"{}\" twice (columns {} and {}); rename "
                              "one of them in the file",
                              header[i], first->second + 1, i + 1));
  }
  return std::nullopt;
}

}  // namespace

Result<CsvReader> CsvReader::open(std::istream& input, CsvOptions const& options) {
  auto source = TextSource::open(input, options.encoding);
  if (!source) return source.error();
  CsvReader reader(std::move(*source), options);
  if (auto refusal = reader.read_header()) return *refusal;
  return reader;
}

std::optional<Refusal> CsvReader::read_header() {
  skip_empty_lines();
  if (peek() == kEnd) return refuse("empty_file", "the file holds no header row; nothing was imported");
  auto row = read_record();
  if (row.fault && row.fault->code == "bad_encoding") {
    return refuse("bad_header",
                  fmt::format("line {}: the header is no UTF-8 text; if the file was saved by Excel or a system in "
                              "Chinese, write encoding = \"gb18030\" in the mapping",
                              row.line));
  }
  if (row.fault) return refuse("bad_header", fmt::format("line {}: header: {}", row.line, row.fault->sentence));
  for (auto const& name : row.fields) header_.emplace_back(trimmed(name));
  return duplicate_in(header_);
}

std::optional<CsvRow> CsvReader::next() {
  drop_taken();
  skip_empty_lines();
  if (peek() == kEnd) return std::nullopt;
  return read_record();
}

CsvRow CsvReader::read_record() {
  CsvRow row;
  row.line = line_;
  auto const scan = scan_record(row.fields);
  switch (scan) {
    case Scan::kWhole:
      finish_record(row);
      row.fault = fault_of(row);
      break;
    case Scan::kTooLong:
      pass_over_long_record(row);
      break;
    case Scan::kTextAfterQuote:
    case Scan::kUnterminatedQuote:
      give_up_first_line(row, scan);
      break;
  }
  if (row.fault) row.raw = shown_as_utf8(row.raw);
  return row;
}

/// Leaves `at_` behind the record's last field.
CsvReader::Scan CsvReader::scan_record(std::vector<std::string>& fields) {
  while (true) {
    auto& field = fields.emplace_back();
    auto const scan = peek() == '"' ? scan_quoted(field) : scan_plain(field);
    if (scan != Scan::kWhole) return scan;
    if (peek() != options_.delimiter) return Scan::kWhole;
    ++at_;
  }
}

CsvReader::Scan CsvReader::scan_quoted(std::string& field) {
  ++at_;
  while (true) {
    if (is_beyond_row_cap()) return Scan::kTooLong;
    int const c = peek();
    if (c == kEnd) return Scan::kUnterminatedQuote;
    ++at_;
    if (c != '"') {
      field.push_back(static_cast<char>(c));
    } else if (peek() == '"') {
      field.push_back('"');
      ++at_;
    } else {
      return is_field_end(peek()) ? Scan::kWhole : Scan::kTextAfterQuote;
    }
  }
}

/// By whole stretches: most of a file is text between two delimiters.
CsvReader::Scan CsvReader::scan_plain(std::string& field) {
  while (!is_field_end(peek())) {
    auto const rest = std::string_view(buffer_).substr(at_);
    auto const* const end = std::ranges::find_if(rest, [this](unsigned char c) { return is_field_end(c); });
    auto const stretch = static_cast<std::size_t>(end - rest.begin());
    field.append(rest, 0, stretch);
    at_ += stretch;
    if (is_beyond_row_cap()) return Scan::kTooLong;
  }
  return Scan::kWhole;
}

std::optional<Refusal> CsvReader::fault_of(CsvRow const& row) const {
  if (row.raw.find('\0') != std::string::npos) {
    return refuse("zero_byte", "the row holds a zero byte, which no text has; export the file again");
  }
  if (!is_utf8(row.raw)) {
    return refuse("bad_encoding",
                  fmt::format("the row holds bytes that are no {} text; see the mapping's key \"encoding\"",
                              options_.encoding == TextEncoding::kUtf8 ? "UTF-8" : "GB18030"));
  }
  if (!header_.empty() && row.fields.size() != header_.size()) {
    return refuse("field_count",
                  fmt::format("the row has {} fields where the header has {}{}", row.fields.size(), header_.size(),
                              row.has_line_end ? "; look for an unquoted comma or a missing one"
                                               : "; the file ends in the middle of it, get a whole copy"));
  }
  for (auto const& field : row.fields) {
    if (field.size() <= options_.field_bytes_max) continue;
    return refuse("field_too_long",
                  fmt::format("field {} is {} bytes long, more than the {} taken", &field - row.fields.data() + 1,
                              field.size(), options_.field_bytes_max));
  }
  return std::nullopt;
}

Refusal CsvReader::quote_fault(Scan scan) const {
  if (scan == Scan::kUnterminatedQuote) {
    return refuse("unterminated_quote",
                  "a field opens a quotation mark that nothing closes before the end of the file; close it, or get a "
                  "whole copy of the file if it was cut");
  }
  return refuse("text_after_quote",
                "text follows a closing quotation mark; inside a quoted field a quotation mark is written twice");
}

void CsvReader::give_up_first_line(CsvRow& row, Scan scan) {
  row.fields.clear();
  for (at_ = start_; peek() != kEnd && !is_line_end(peek()); ++at_) {
    if (is_beyond_row_cap()) return pass_over_long_record(row);
  }
  finish_record(row);
  row.fault = quote_fault(scan);
}

/// Follows the quotes of the record to its end, keeping only its first bytes.
void CsvReader::pass_over_long_record(CsvRow& row) {
  row.fields.clear();
  at_ = start_;
  auto const preview = buffer_.substr(start_, kPreviewBytes);
  bool closed = true;
  while (peek() != kEnd && !is_line_end(peek())) {
    if (peek() == '"') {
      closed = pass_over_quoted();
    }
    while (!is_field_end(peek())) {
      ++at_;
      drop_taken();
    }
    if (peek() == options_.delimiter) ++at_;
  }
  finish_record(row);
  row.raw = preview;
  row.fault = refuse("row_too_long",
                     fmt::format("the row is longer than the {} bytes taken and was passed over up to line {}{}",
                                 options_.row_bytes_max, std::max(row.line, line_ - (row.has_line_end ? 1 : 0)),
                                 closed ? "" : "; a quotation mark opened in it is never closed"));
}

bool CsvReader::pass_over_quoted() {
  for (++at_; peek() != kEnd; ++at_) {
    drop_taken();
    if (peek() != '"') continue;
    ++at_;
    if (peek() != '"') return true;
  }
  return false;
}

/// Takes the text from `start_` to `at_` and the line end behind it.
void CsvReader::finish_record(CsvRow& row) {
  row.raw = buffer_.substr(start_, at_ - start_);
  row.has_line_end = take_line_end();
}

void CsvReader::skip_empty_lines() {
  while (is_line_end(peek())) {
    take_line_end();
    drop_taken();
  }
}

/// Moves `start_` behind `at_` and the line end there, if there is one, and counts the lines passed.
bool CsvReader::take_line_end() {
  int const c = peek();
  line_ += count_line_ends(std::string_view(buffer_).substr(start_, at_ - start_));
  if (is_line_end(c)) {
    at_ += (c == '\r' && peek(1) == '\n') ? 2 : 1;
    ++line_;
  }
  start_ = at_;
  return is_line_end(c);
}

/// Frees what the scan has passed; only in large steps, because the rest moves.
void CsvReader::drop_taken() {
  if (at_ < kDropBytes) return;
  // A CR at the cut stays, or its LF would count as a second line.
  auto const cut = buffer_[at_ - 1] == '\r' ? at_ - 1 : at_;
  if (start_ < cut) line_ += count_line_ends(std::string_view(buffer_).substr(start_, cut - start_));
  buffer_.erase(0, cut);
  at_ -= cut;
  start_ = start_ < cut ? 0 : start_ - cut;
}

int CsvReader::peek(std::size_t ahead) {
  while (at_ + ahead >= buffer_.size()) {
    if (!source_.read_more(buffer_)) return kEnd;
  }
  return static_cast<unsigned char>(buffer_[at_ + ahead]);
}

bool CsvReader::is_field_end(int c) const { return c == kEnd || c == options_.delimiter || is_line_end(c); }

}  // namespace fieldnode::central
