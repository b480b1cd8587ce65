#pragma once

#include <memory>
#include <span>
#include <vector>

#include "sync/wire/frame.h"

/// A long message whose parts count as soon as each is there: one compressed stream, flushed behind every section.
/// Private to this room. Source: PROTOCOL, "Sections".
namespace fieldnode::wire {

/// Units: `level` is zstd's, 1 to 19. Shape: at least two sections, at most kMessageMaxBytes together.
[[nodiscard]] Bytes pack_sections(Magic const& magic, std::uint32_t protocol, std::span<Bytes const> sections,
                                  int level);

/// Reads a message as it comes, whatever its method: one without sections is a single section once it is whole.
class SectionReader {
 public:
  explicit SectionReader(Magic const& magic);
  ~SectionReader();
  SectionReader(SectionReader&&) noexcept;

  /// The sections that `piece` completes. Errors: `malformed_message`, `message_too_large`; nothing more may be read
  /// then, what was given before counts.
  [[nodiscard]] Result<std::vector<Bytes>> take(BytesView piece);
  /// Nothing more comes: the section of a message without sections. Errors: those of `unpack_frame`;
  /// `malformed_message` where the message was not at its end.
  [[nodiscard]] Result<std::vector<Bytes>> finish();
  [[nodiscard]] std::uint32_t protocol() const { return protocol_; }

 private:
  class Unpacker;

  [[nodiscard]] bool has_sections() const { return unpacker_ != nullptr; }
  [[nodiscard]] Result<std::vector<Bytes>> split();

  Magic magic_;
  std::uint32_t protocol_{kProtocolUnknown};
  Bytes head_;  ///< what came until it is known how to read it; all of it where there are no sections
  std::unique_ptr<Unpacker> unpacker_;
  Bytes fields_;  ///< unpacked and not yet a whole section
  static constexpr std::uint32_t kProtocolUnknown = 0;
};

}  // namespace fieldnode::wire
