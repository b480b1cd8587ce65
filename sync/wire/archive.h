#pragma once

#include <array>
#include <cereal/cereal.hpp>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "sync/base/bytes.h"
#include "sync/base/ids.h"
#include "sync/base/result.h"
#include "sync/base/time.h"

/// Our own compact archives on cereal's archive interface. Private to this room.
///
/// cereal on raw input is not safe (a 9-byte input asks for 32 GiB), so nothing of its own containers, pointers or
/// polymorphism is used: only its dispatch, over the types that this file and its neighbours name.
/// Source: PROTOCOL, "Numbers and texts".
namespace fieldnode::wire {

/// Where and why an input cannot be read. Never leaves this room: `decoded` turns it into a refusal.
struct MalformedInput {
  std::size_t offset{};
  std::string why;
};

class PackedOutput : public cereal::OutputArchive<PackedOutput, cereal::AllowEmptyClassElision> {
 public:
  PackedOutput() : OutputArchive(this) {}

  void put_varint(std::uint64_t value);
  void put_bytes(BytesView bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }
  /// Length, then the bytes.
  void put_sized(BytesView bytes);
  void sized(Bytes const& bytes) { put_sized(bytes); }

  /// 64 bits as 8 bytes, big end first: right for random numbers.
  void fixed(std::uint64_t const& value);
  /// `value - base` as a signed number, modulo 2^64 so that every pair of moments has one.
  void delta(UtcTime const& value, UtcTime base);

  /// A field that was appended to a block after others had been written without it: stands only where it says
  /// something.
  [[nodiscard]] bool has_appended(bool says_something) const { return says_something; }

  [[nodiscard]] BytesView view() const { return bytes_; }
  [[nodiscard]] Bytes take() { return std::move(bytes_); }

 private:
  Bytes bytes_;
};

/// Reads from bytes that stay alive. Errors: every function throws MalformedInput, having allocated no more than the
/// bytes at hand account for.
class PackedInput : public cereal::InputArchive<PackedInput, cereal::AllowEmptyClassElision> {
 public:
  /// `offset_base`: where `bytes` begins in the input that a refusal will speak of.
  explicit PackedInput(BytesView bytes, std::size_t offset_base = 0)
      : InputArchive(this), bytes_(bytes), offset_base_(offset_base) {}

  [[nodiscard]] std::uint64_t get_varint(std::uint64_t most = std::numeric_limits<std::uint64_t>::max());
  [[nodiscard]] BytesView get_bytes(std::size_t size);
  /// A length of at most `most` and of at most the bytes left, then the bytes.
  [[nodiscard]] BytesView get_sized(std::size_t most = std::numeric_limits<std::size_t>::max());
  void sized(Bytes& bytes);
  /// A number of elements, each of which takes at least one byte.
  [[nodiscard]] std::size_t get_count(std::size_t most = std::numeric_limits<std::size_t>::max());
  /// Goes past the next byte if it is `marker`.
  [[nodiscard]] bool take_if(std::uint8_t marker);
  /// An archive over the next length-delimited block: whoever reads less of it skips what newer versions appended.
  [[nodiscard]] PackedInput get_block();

  void fixed(std::uint64_t& value);
  void delta(UtcTime& value, UtcTime base);

  /// Is a field there that a later version appended to a block?
  [[nodiscard]] bool has_appended(bool) const { return left() > 0; }

  [[nodiscard]] std::size_t left() const { return bytes_.size() - at_; }
  [[nodiscard]] std::size_t offset() const { return offset_base_ + at_; }
  [[noreturn]] void fail(std::string why) const { throw MalformedInput{offset(), std::move(why)}; }

 private:
  BytesView bytes_;
  std::size_t at_{0};
  std::size_t offset_base_;
};

[[nodiscard]] constexpr std::uint64_t zigzag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}
[[nodiscard]] constexpr std::int64_t from_zigzag(std::uint64_t value) {
  return static_cast<std::int64_t>((value >> 1) ^ (~(value & 1) + 1));
}

/// Runs `read` over `bytes`. Errors: `code`, with what was being read, the offset and the reason.
template <class Read>
[[nodiscard]] auto decoded(BytesView bytes, std::string_view code, std::string_view what, Read read)
    -> Result<std::invoke_result_t<Read, PackedInput&>> {
  try {
    PackedInput input(bytes);
    return read(input);
  } catch (MalformedInput const& malformed) {
    return refuse(code, "The " + std::string(what) + " cannot be read at byte " + std::to_string(malformed.offset) +
                            ": " + malformed.why + ".");
  }
}

}  // namespace fieldnode::wire

CEREAL_SETUP_ARCHIVE_TRAITS(fieldnode::wire::PackedInput, fieldnode::wire::PackedOutput)

namespace fieldnode::wire {

// ---- numbers, found by cereal through the archive's namespace
// --------------------------------------------------------

template <class T>
concept WireUnsigned = std::unsigned_integral<T> && !std::same_as<T, bool>;

template <WireUnsigned T>
void save(PackedOutput& archive, T const& value) {
  archive.put_varint(value);
}
template <WireUnsigned T>
void load(PackedInput& archive, T& value) {
  value = static_cast<T>(archive.get_varint(std::numeric_limits<T>::max()));
}

inline void save(PackedOutput& archive, bool const& value) { archive.put_varint(value ? 1 : 0); }
inline void load(PackedInput& archive, bool& value) { value = archive.get_varint(1) == 1; }

inline void save(PackedOutput& archive, std::int64_t const& value) { archive.put_varint(zigzag(value)); }
inline void load(PackedInput& archive, std::int64_t& value) { value = from_zigzag(archive.get_varint()); }

inline void save(PackedOutput& archive, UtcTime const& value) { archive.delta(value, UtcTime{}); }
inline void load(PackedInput& archive, UtcTime& value) { archive.delta(value, UtcTime{}); }

// ---- texts, bytes, containers
// ----------------------------------------------------------------------------------------

inline void save(PackedOutput& archive, std::string const& text) { archive.put_sized(bytes_of(text)); }
inline void load(PackedInput& archive, std::string& text) { text = text_of(archive.get_sized()); }

template <std::size_t N>
void save(PackedOutput& archive, std::array<std::uint8_t, N> const& bytes) {
  archive.put_bytes(bytes);
}
template <std::size_t N>
void load(PackedInput& archive, std::array<std::uint8_t, N>& bytes) {
  auto const read = archive.get_bytes(N);
  std::copy(read.begin(), read.end(), bytes.begin());
}

template <class T>
void save(PackedOutput& archive, std::optional<T> const& value) {
  archive(value.has_value());
  if (value) archive(*value);
}
template <class T>
void load(PackedInput& archive, std::optional<T>& value) {
  bool present = false;
  archive(present);
  value.reset();
  if (present) archive(value.emplace());
}

template <class T>
void save(PackedOutput& archive, std::vector<T> const& values) {
  archive.put_varint(values.size());
  for (auto const& value : values) archive(value);
}
/// Grows as elements are really there: a count alone reserves nothing.
template <class T>
void load(PackedInput& archive, std::vector<T>& values) {
  values.clear();
  for (auto count = archive.get_count(); count > 0; --count) archive(values.emplace_back());
}

// ---- the words of sync/base
// ------------------------------------------------------------------------------------------

template <class Archive, class Tag>
void serialize(Archive& archive, Id<Tag>& id) {
  archive(id.value);
}
template <class Archive>
void serialize(Archive& archive, Epoch& epoch) {
  archive.fixed(epoch.value);
}
template <class Archive>
void serialize(Archive& archive, Position& position) {
  archive(position.epoch, position.seq);
}

}  // namespace fieldnode::wire
