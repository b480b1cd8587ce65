#include "node/blobs/media_kind.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

namespace fieldnode::blobs {
namespace {

using std::string_view_literals::operator""sv;

struct KindRow {
  MediaKind kind;
  std::string_view media_type;
  std::vector<std::string_view> endings;
};

std::vector<KindRow> const& kinds() {
  static std::vector<KindRow> const kKinds{
      {MediaKind::kOther, "application/octet-stream", {}},
      {MediaKind::kJpeg, "image/jpeg", {"jpg", "jpeg"}},
      {MediaKind::kPng, "image/png", {"png"}},
      {MediaKind::kWebp, "image/webp", {"webp"}},
      {MediaKind::kGif, "image/gif", {"gif"}},
      {MediaKind::kPdf, "application/pdf", {"pdf"}},
      {MediaKind::kDocx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", {"docx"}},
      {MediaKind::kXlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", {"xlsx"}},
      {MediaKind::kMp3, "audio/mpeg", {"mp3"}},
      {MediaKind::kM4a, "audio/mp4", {"m4a"}},
      {MediaKind::kAmr, "audio/amr", {"amr"}},
      {MediaKind::kWav, "audio/wav", {"wav"}},
      {MediaKind::kMp4, "video/mp4", {"mp4", "m4v", "mov"}},
      {MediaKind::kText, "text/plain", {"txt", "csv"}},
  };
  return kKinds;
}

KindRow const& row_of(MediaKind kind) {
  auto const found = std::ranges::find(kinds(), kind, &KindRow::kind);
  return found == kinds().end() ? kinds().front() : *found;
}

bool holds(std::string_view text, std::size_t at, std::string_view what) {
  return text.size() >= at + what.size() && text.substr(at, what.size()) == what;
}

/// A zip whose parts say which office program made it; any other zip is none of ours.
MediaKind office_kind(std::string_view text) {
  if (text.find("word/"sv) != text.npos) return MediaKind::kDocx;
  if (text.find("xl/"sv) != text.npos) return MediaKind::kXlsx;
  return MediaKind::kOther;
}

MediaKind riff_kind(std::string_view text) {
  if (holds(text, 8, "WAVE"sv)) return MediaKind::kWav;
  if (holds(text, 8, "WEBP"sv)) return MediaKind::kWebp;
  return MediaKind::kOther;
}

MediaKind iso_kind(std::string_view text) {
  if (holds(text, 8, "M4A "sv) || holds(text, 8, "M4B "sv)) return MediaKind::kM4a;
  static constexpr std::array kFilms{"isom"sv, "iso2"sv, "iso4"sv, "iso5"sv, "iso6"sv, "mp41"sv, "mp42"sv,
                                     "avc1"sv, "M4V "sv, "qt  "sv, "3gp4"sv, "3gp5"sv, "3gp6"sv, "MSNV"sv};
  bool const film = std::ranges::any_of(kFilms, [&](std::string_view brand) { return holds(text, 8, brand); });
  return film ? MediaKind::kMp4 : MediaKind::kOther;
}

/// Two equal frame headers of MPEG audio begin with eleven set bits; one alone would also fit a text in UTF-16.
bool is_mp3(std::string_view text) {
  if (holds(text, 0, "ID3"sv)) return true;
  if (text.size() < 4) return false;
  auto const byte = [&](std::size_t at) { return static_cast<std::uint8_t>(text[at]); };
  bool const synced = byte(0) == 0xFF && (byte(1) & 0xE6U) == 0xE2U;
  bool const has_rate = (byte(2) & 0xF0U) != 0xF0U && (byte(2) & 0xF0U) != 0 && (byte(2) & 0x0CU) != 0x0CU;
  return synced && has_rate;
}

/// Words in UTF-8 or GBK: no control characters but those that lay out a text.
bool is_text(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    auto const byte = static_cast<std::uint8_t>(c);
    return byte >= 0x20 ? byte != 0x7F : byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f';
  });
}

std::string ending_of(std::string_view name) {
  auto const dot = name.rfind('.');
  std::string ending(dot == name.npos ? std::string_view() : name.substr(dot + 1));
  std::ranges::transform(ending, ending.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
  return ending;
}

std::string all_endings() {
  std::string words;
  for (auto const& row : kinds()) {
    for (auto const ending : row.endings) words += (words.empty() ? "" : " ") + std::string(ending);
  }
  return words;
}

Refusal unknown_kind() {
  return refuse("attachment_kind", fmt::format("This is no file of a kind that may be attached ({}); save it as one of "
                                               "them and attach that.",
                                               all_endings()));
}

}  // namespace

MediaKind media_kind_of(BytesView first_bytes) {
  auto const text = text_of(first_bytes.first(std::min(first_bytes.size(), kTellingBytes)));
  if (holds(text, 0, "\xFF\xD8\xFF"sv)) return MediaKind::kJpeg;
  if (holds(text, 0, "\x89PNG\r\n\x1A\n"sv)) return MediaKind::kPng;
  if (holds(text, 0, "GIF87a"sv) || holds(text, 0, "GIF89a"sv)) return MediaKind::kGif;
  if (holds(text, 0, "%PDF-"sv)) return MediaKind::kPdf;
  if (holds(text, 0, "PK\x03\x04"sv)) return office_kind(text);
  if (holds(text, 0, "RIFF"sv)) return riff_kind(text);
  if (holds(text, 4, "ftyp"sv)) return iso_kind(text);
  if (holds(text, 0, "#!AMR"sv)) return MediaKind::kAmr;
  if (is_mp3(text)) return MediaKind::kMp3;
  return is_text(text) ? MediaKind::kText : MediaKind::kOther;
}

Result<MediaKind> admit_media(BytesView first_bytes, std::string_view name) {
  auto const kind = media_kind_of(first_bytes);
  if (auto const admitted = admit_ending(kind, name); !admitted) return admitted.error();
  return kind;
}

Result<void> admit_ending(MediaKind kind, std::string_view name) {
  auto const& row = row_of(kind);
  if (row.endings.empty()) return unknown_kind();
  if (std::ranges::find(row.endings, ending_of(name)) != row.endings.end()) return {};
  return refuse(
      "attachment_ending",
      fmt::format("The file holds {}, and its name ends otherwise; give it the ending .{} and attach it again.",
                  row.media_type, row.endings.front()));
}

std::string_view media_type_of(MediaKind kind) { return row_of(kind).media_type; }

}  // namespace fieldnode::blobs
