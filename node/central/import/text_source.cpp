#include "node/central/import/text_source.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <utility>

#include "node/central/import/plain_text.h"
#include "sync/base/check.h"

namespace fieldnode::central {
namespace {

constexpr std::size_t kPieceBytes = 64 * 1024;
constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kGb18030Mark = "\x84\x31\x95\x33";
constexpr char kUndecodable = '\xFF';

struct Magic {
  std::string_view bytes;
  std::string_view code;
  std::string_view sentence;
};

constexpr std::string_view kWebPage =
    "the file is a web page and no CSV, perhaps the sign-in page of the other system; sign in there and export the "
    "list "
    "again";

constexpr std::array<Magic, 10> kForeignFiles{{
    {"\x1F\x8B", "gzip_file",
     "the file is compressed with gzip; unpack it first (gunzip -k FILE.csv.gz) and import the CSV"},
    {"PK\x03\x04", "spreadsheet_file",
     "the file is an Excel workbook or a zip archive; open it and save it as \"CSV UTF-8\", then import the CSV"},
    {"\xD0\xCF\x11\xE0", "spreadsheet_file",
     "the file is an old Excel workbook; open it and save it as \"CSV UTF-8\", then import the CSV"},
    {"\xFF\xFE", "utf16_file", "the file is UTF-16 (\"Unicode text\"); save it as \"CSV UTF-8\" and import that"},
    {"\xFE\xFF", "utf16_file", "the file is UTF-16 (\"Unicode text\"); save it as \"CSV UTF-8\" and import that"},
    {"%PDF", "not_csv", "the file is a PDF and no CSV; export the list as CSV from the system that made it"},
    {"<!DOCTYPE", "not_csv", kWebPage},
    {"<!doctype", "not_csv", kWebPage},
    {"<html", "not_csv", kWebPage},
    {"<HTML", "not_csv", kWebPage},
}};

std::optional<Refusal> foreign_file(std::string_view start) {
  if (start.starts_with(kUtf8Mark)) start.remove_prefix(kUtf8Mark.size());
  start.remove_prefix(std::min(start.find_first_not_of(" \t\r\n"), start.size()));
  for (auto const& magic : kForeignFiles) {
    if (start.starts_with(magic.bytes)) return refuse(magic.code, std::string(magic.sentence));
  }
  if (start.find('\0') != std::string_view::npos) {
    return refuse("not_csv",
                  "this is no CSV: the file holds zero bytes near its start, as programs and pictures do; "
                  "give the CSV file that the other system exported");
  }
  return std::nullopt;
}

/// GBK text is valid UTF-8 only by chance (two or three words at most), so many valid characters are proof.
bool is_surely_utf8(std::string_view start) {
  constexpr std::size_t kEnough = 16;
  auto const last_line = start.rfind('\n');
  auto const whole = start.substr(0, last_line == std::string_view::npos ? start.size() : last_line);
  std::size_t leads = 0;
  for (char c : whole) leads += (static_cast<unsigned char>(c) >= 0xC0) ? 1 : 0;
  return leads >= kEnough && is_utf8(whole);
}

}  // namespace

void TextSource::ConverterCloser::operator()(void* converter) const { iconv_close(converter); }

Result<TextSource> TextSource::open(std::istream& input, TextEncoding encoding) {
  TextSource source(input);
  if (!source.fill()) return refuse("empty_file", "the file is empty; nothing was imported");
  if (auto refusal = foreign_file(source.pending_)) return *refusal;
  bool const marked_utf8 = source.pending_.starts_with(kUtf8Mark);
  if (encoding == TextEncoding::kGb18030 && !marked_utf8 && is_surely_utf8(source.pending_)) {
    return refuse("wrong_encoding",
                  "the mapping says encoding = \"gb18030\", but the file is UTF-8; write encoding = \"utf-8\"");
  }
  source.choose_decoding(marked_utf8 ? TextEncoding::kUtf8 : encoding);
  return source;
}

void TextSource::choose_decoding(TextEncoding encoding) {
  auto const mark = encoding == TextEncoding::kUtf8 ? kUtf8Mark : kGb18030Mark;
  if (pending_.starts_with(mark)) pending_.erase(0, mark.size());
  if (encoding == TextEncoding::kUtf8) return;
  auto* const converter = iconv_open("UTF-8", "GB18030");
  // glibc ships GB18030 as a loadable module, which a stripped system may lack.
  if (converter == reinterpret_cast<iconv_t>(-1)) {  // NOLINT: the value that iconv.h prescribes
    throw BrokenWorld("this system cannot read GB18030 text (glibc's gconv modules are missing); install libc-bin");
  }
  converter_.reset(converter);
}

bool TextSource::fill() {
  auto const before = pending_.size();
  pending_.resize(before + kPieceBytes);
  input_->read(pending_.data() + before, static_cast<std::streamsize>(kPieceBytes));
  auto const got = static_cast<std::size_t>(input_->gcount());
  pending_.resize(before + got);
  bytes_read_ += got;
  if (input_->bad()) {
    throw BrokenWorld("reading the import file failed after " + std::to_string(bytes_read_) + " bytes");
  }
  return got > 0;
}

bool TextSource::read_more(std::string& out) {
  auto const before = out.size();
  // A piece that ends inside a character may yield nothing yet; false must mean the end.
  while (out.size() == before) {
    if (!std::exchange(primed_, false) && !fill()) return flush_half_character(out);
    if (converter_) {
      convert(out);
    } else {
      out += pending_;
      pending_.clear();
    }
  }
  return true;
}

bool TextSource::flush_half_character(std::string& out) {
  if (pending_.empty()) return false;
  out.push_back(kUndecodable);
  pending_.clear();
  return true;
}

void TextSource::convert(std::string& out) {
  std::array<char, kPieceBytes> room{};
  char* from = pending_.data();
  std::size_t left = pending_.size();
  while (left > 0) {
    char* to = room.data();
    std::size_t free = room.size();
    auto const outcome = iconv(converter_.get(), &from, &left, &to, &free);
    out.append(room.data(), room.size() - free);
    if (outcome != static_cast<std::size_t>(-1) || errno == E2BIG) continue;
    if (errno == EINVAL) break;  // half a character: the next piece completes it
    check(errno == EILSEQ, "iconv fails only for a full, half or wrong input");
    out.push_back(kUndecodable);
    ++from;
    --left;
  }
  pending_.erase(0, pending_.size() - left);
}

}  // namespace fieldnode::central
