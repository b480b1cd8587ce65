#include "sync/wire/sections.h"

#include <zstd.h>

#include <algorithm>

#include "sync/base/check.h"
#include "sync/wire/archive.h"
#include "sync/wire/exchange.h"
#include "sync/wire/zstd_stream.h"

namespace fieldnode::wire {
namespace {

constexpr std::size_t kHeadBytes = 6;  ///< magic, a protocol below 128, method

Refusal malformed(std::size_t offset, std::string const& why) {
  return refuse("malformed_message", "The message cannot be read at byte " + std::to_string(offset) + ": " + why + ".");
}

Bytes head_of(Magic const& magic, std::uint32_t protocol, Method method) {
  PackedOutput head;
  head(magic, protocol, method);
  return head.take();
}

std::vector<Bytes> sized(std::span<Bytes const> sections) {
  std::vector<Bytes> all;
  for (auto const& section : sections) {
    PackedOutput output;
    output.put_sized(section);
    all.push_back(output.take());
  }
  return all;
}

Bytes joined(Bytes head, std::span<Bytes const> parts) {
  for (auto const& part : parts) head.insert(head.end(), part.begin(), part.end());
  return head;
}

/// A reader bounds what a few bytes may unpack to; who writes looks with a reader's eyes.
bool is_readable(Magic const& magic, BytesView message) {
  SectionReader reader(magic);
  return reader.take(message).has_value() && reader.finish().has_value();
}

}  // namespace

Bytes pack_sections(Magic const& magic, std::uint32_t protocol, std::span<Bytes const> sections, int level) {
  auto const parts = sized(sections);
  std::size_t total = 0;
  for (auto const& part : parts) total += part.size();
  check(total <= kMessageMaxBytes, "a message is at most kMessageMaxBytes; the caller bounds what it packs");
  ZstdWriter writer(level, total);
  Bytes packed = head_of(magic, protocol, Method::kSections);
  for (std::size_t i = 0; i < parts.size(); ++i) writer.write(parts[i], i + 1 == parts.size(), packed);
  if (packed.size() < kHeadBytes + total && is_readable(magic, packed)) return packed;
  return joined(head_of(magic, protocol, Method::kPlainSections), parts);
}

/// Gives the fields behind a head with sections, as far as they have come.
class SectionReader::Unpacker {
 public:
  explicit Unpacker(bool is_plain) : is_plain_(is_plain) {}

  Result<void> take(BytesView piece, Bytes& out) {
    if (!is_plain_) return reader_.read(piece, kHeadBytes, out);
    came_ += piece.size();
    if (came_ > kMessageMaxBytes) return too_many_fields(kMessageMaxBytes);
    out.insert(out.end(), piece.begin(), piece.end());
    return {};
  }

  [[nodiscard]] bool is_at_end() const { return is_plain_ || reader_.is_at_end(); }

 private:
  bool is_plain_;
  ZstdReader reader_;
  std::size_t came_{0};
};

SectionReader::SectionReader(Magic const& magic) : magic_(magic) {}
SectionReader::~SectionReader() = default;
SectionReader::SectionReader(SectionReader&&) noexcept = default;

Result<std::vector<Bytes>> SectionReader::take(BytesView piece) {
  if (!has_sections()) {
    head_.insert(head_.end(), piece.begin(), piece.end());
    if (head_.size() < kHeadBytes) return std::vector<Bytes>{};
    bool const ours = std::ranges::equal(magic_, BytesView(head_).first(magic_.size()));
    auto const protocol = head_[magic_.size()];
    auto const method = static_cast<Method>(head_[kHeadBytes - 1]);
    bool const in_sections = method == Method::kSections || method == Method::kPlainSections;
    if (!ours || protocol == 0 || protocol > kProtocolVersion || !in_sections) return std::vector<Bytes>{};
    protocol_ = protocol;
    unpacker_ = std::make_unique<Unpacker>(method == Method::kPlainSections);
    piece = BytesView(head_).subspan(kHeadBytes);
  }
  if (auto const unpacked = unpacker_->take(piece, fields_); !unpacked) return unpacked.error();
  return split();
}

/// Cuts the whole sections off the front of what is unpacked.
Result<std::vector<Bytes>> SectionReader::split() {
  constexpr std::size_t kLengthMost = 10;
  std::vector<Bytes> whole;
  std::size_t at = 0;
  for (;;) {
    auto const rest = BytesView(fields_).subspan(at);
    auto const end = std::ranges::find_if(rest.first(std::min(rest.size(), kLengthMost)),
                                          [](std::uint8_t byte) { return (byte & 0x80U) == 0; });
    auto const digits = static_cast<std::size_t>(end - rest.begin());
    if (digits == rest.size()) break;
    auto const length = decoded(rest, "malformed_message", "length of a section",
                                [](PackedInput& input) { return input.get_varint(kMessageMaxBytes); });
    if (!length) return length.error();
    if (rest.size() < digits + 1 + *length) break;
    auto const section = rest.subspan(digits + 1, *length);
    whole.emplace_back(section.begin(), section.end());
    at += digits + 1 + *length;
  }
  fields_.erase(fields_.begin(), fields_.begin() + static_cast<std::ptrdiff_t>(at));
  return whole;
}

Result<std::vector<Bytes>> SectionReader::finish() {
  if (has_sections()) {
    if (unpacker_->is_at_end() && fields_.empty()) return std::vector<Bytes>{};
    return malformed(kHeadBytes, "the message ends within a section");
  }
  auto frame = unpack_frame(magic_, head_);
  if (!frame) return frame.error();
  protocol_ = frame->protocol;
  std::vector<Bytes> one;
  one.push_back(std::move(frame->fields));
  return one;
}

}  // namespace fieldnode::wire
