#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sync/base/bytes.h"
#include "sync/base/result.h"

namespace fieldnode::blobs {

/// What may be attached: what a telephone, a scanner and an office program make. Kept by number in the table `blob`.
enum class MediaKind : std::uint8_t {
  kOther = 0,  ///< of no known kind: never taken from a page here; a file to be saved where the other end took it
  kJpeg = 1,
  kPng = 2,
  kWebp = 3,
  kGif = 4,
  kPdf = 5,
  kDocx = 6,
  kXlsx = 7,
  kMp3 = 8,
  kM4a = 9,
  kAmr = 10,
  kWav = 11,
  kMp4 = 12,
  kText = 13,
};

/// So many first bytes of a file are enough to tell.
inline constexpr std::size_t kTellingBytes = 64 * 1024;

/// By the bytes alone; kOther where they are of none of the kinds.
[[nodiscard]] MediaKind media_kind_of(BytesView first_bytes);

/// Whether a file of this name may hold these bytes: the ending must be one of its kind, so that nothing opens in
/// another program than its name says.
/// Errors: `attachment_kind` names what may be attached, `attachment_ending` what was found.
[[nodiscard]] Result<MediaKind> admit_media(BytesView first_bytes, std::string_view name);
/// The same where the kind is known already.
[[nodiscard]] Result<void> admit_ending(MediaKind kind, std::string_view name);

/// The media type for a download.
[[nodiscard]] std::string_view media_type_of(MediaKind kind);

}  // namespace fieldnode::blobs
