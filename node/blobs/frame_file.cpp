#include "node/blobs/frame_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "sync/base/check.h"
#include "sync/crypto/hash.h"

namespace fieldnode::blobs {
namespace {

constexpr std::string_view kFrameUse = "fieldnode/blob-frame/1";
constexpr std::uint64_t kSealedFrame = kFrameBytes + crypto::kSealOverheadBytes;
/// More than one append writes at once: so far back a power cut may have left a frame that does not open.
constexpr std::uint64_t kDoubtfulFrames = 17;

Bytes context_of(std::uint64_t frame) {
  auto const text = bytes_of(kFrameUse);
  Bytes context(text.begin(), text.end());
  for (int shift = 56; shift >= 0; shift -= 8) context.push_back(static_cast<std::uint8_t>(frame >> shift));
  return context;
}

Refusal damaged(std::filesystem::path const& path, std::uint64_t frame) {
  return refuse("attachment_damaged",
                fmt::format("The attachment in {} cannot be read from byte {} on: the file was changed or cut off. Put "
                            "it back from a backup, or attach it again.",
                            path.native(), frame * kFrameBytes));
}

}  // namespace

FrameFile::FrameFile(db::Folder& folder, std::filesystem::path path, crypto::SealKey const& key, std::uint64_t size,
                     Random& random)
    : folder_(folder), path_(std::move(path)), key_(key), size_(size), random_(random) {}

FrameFile::~FrameFile() { crypto::wipe(key_); }

std::filesystem::path FrameFile::tail_path() const { return path_.native() + ".tail"; }

std::uint64_t FrameFile::frames_in_all() const { return (size_ + kFrameBytes - 1) / kFrameBytes; }

std::uint64_t FrameFile::full_frames() {
  auto const file = folder_.open(path_, db::Folder::Use::kRead);
  if (!file) return 0;
  auto const bytes = file->size();
  bool const whole = bytes == size_ + frames_in_all() * crypto::kSealOverheadBytes;
  auto frames = whole ? frames_in_all() : std::min(bytes / kSealedFrame, frames_in_all());
  auto const sure = frames > kDoubtfulFrames ? frames - kDoubtfulFrames : 0;
  for (auto index = sure; index < frames; ++index) {
    if (!frame(index)) frames = index;
  }
  return frames;
}

Bytes FrameFile::tail(std::uint64_t frame) {
  auto const file = folder_.open(tail_path(), db::Folder::Use::kRead);
  if (!file) return {};
  // The tail of an earlier frame is one that a stop has left behind.
  auto plain = crypto::open(key_, file->read(0, kSealedFrame), context_of(frame));
  return plain ? *std::move(plain) : Bytes();
}

std::uint64_t FrameFile::held() {
  auto const frames = full_frames();
  if (frames == frames_in_all()) return size_;
  return frames * kFrameBytes + tail(frames).size();
}

Result<void> FrameFile::append(BytesView bytes) {
  auto const first = full_frames();
  auto content = first == frames_in_all() ? Bytes() : tail(first);
  content.insert(content.end(), bytes.begin(), bytes.end());
  check(first * kFrameBytes + content.size() <= size_, "no more is appended than is missing");
  bool const is_last = first * kFrameBytes + content.size() == size_;
  auto const in_frames = is_last ? content.size() : content.size() / kFrameBytes * kFrameBytes;
  if (auto const written = write_frames(first, BytesView(content).first(in_frames)); !written) return written;
  return keep_tail(first + in_frames / kFrameBytes, BytesView(content).subspan(in_frames));
}

Result<void> FrameFile::write_frames(std::uint64_t first, BytesView content) {
  if (content.empty()) return {};
  if (!folder_.has(path_)) {
    if (auto const made = folder_.create(path_); !made) return made;
  }
  auto const file = folder_.open(path_, db::Folder::Use::kWrite);
  file->cut_to(std::min(file->size(), first * kSealedFrame));
  for (auto index = first; !content.empty(); ++index) {
    auto const part = content.first(std::min<std::size_t>(content.size(), kFrameBytes));
    auto const sealed = crypto::seal(key_, part, context_of(index), random_);
    if (auto const written = file->write(index * kSealedFrame, sealed); !written) return written;
    content = content.subspan(part.size());
  }
  return file->flush();
}

/// After the frames: a stop in between leaves a tail that belongs to a frame that is held whole, and is not read.
Result<void> FrameFile::keep_tail(std::uint64_t frame, BytesView rest) {
  if (rest.empty()) {
    folder_.remove(tail_path());
    return {};
  }
  auto const sealed = crypto::seal(key_, rest, context_of(frame), random_);
  return db::replace_file(folder_, tail_path(), sealed);
}

Result<Bytes> FrameFile::frame(std::uint64_t index) {
  auto const file = folder_.open(path_, db::Folder::Use::kRead);
  if (!file) return damaged(path_, index);
  auto const sealed = file->read(index * kSealedFrame, kSealedFrame);
  auto plain = crypto::open(key_, sealed, context_of(index));
  auto const whole = std::min(kFrameBytes, size_ - index * kFrameBytes);
  if (!plain || plain->size() != whole) return damaged(path_, index);
  return plain;
}

Result<Bytes> FrameFile::read(std::uint64_t offset, std::uint64_t most) {
  Bytes bytes;
  auto const end = offset + std::min(most, size_ - std::min(offset, size_));
  bytes.reserve(end - offset);
  while (offset < end) {
    auto const plain = frame(offset / kFrameBytes);
    if (!plain) return plain.error();
    auto const from = offset % kFrameBytes;
    auto const count = std::min<std::uint64_t>(plain->size() - from, end - offset);
    auto const begin = plain->begin() + static_cast<std::ptrdiff_t>(from);
    bytes.insert(bytes.end(), begin, begin + static_cast<std::ptrdiff_t>(count));
    offset += count;
  }
  return bytes;
}

Result<Hash> FrameFile::digest() {
  crypto::Sha256 hash;
  for (std::uint64_t index = 0; index < frames_in_all(); ++index) {
    auto const plain = frame(index);
    if (!plain) return plain.error();
    hash.add(*plain);
  }
  return hash.finish();
}

}  // namespace fieldnode::blobs
