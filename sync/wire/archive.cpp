#include "sync/wire/archive.h"

namespace fieldnode::wire {

void PackedOutput::put_varint(std::uint64_t value) {
  while (value >= 0x80) {
    bytes_.push_back(static_cast<std::uint8_t>(value | 0x80));
    value >>= 7;
  }
  bytes_.push_back(static_cast<std::uint8_t>(value));
}

void PackedOutput::put_sized(BytesView bytes) {
  put_varint(bytes.size());
  put_bytes(bytes);
}

void PackedOutput::fixed(std::uint64_t const& value) {
  for (int shift = 56; shift >= 0; shift -= 8) bytes_.push_back(static_cast<std::uint8_t>(value >> shift));
}

void PackedOutput::delta(UtcTime const& value, UtcTime base) {
  auto const difference = static_cast<std::uint64_t>(ms_of(value)) - static_cast<std::uint64_t>(ms_of(base));
  put_varint(zigzag(static_cast<std::int64_t>(difference)));
}

std::uint64_t PackedInput::get_varint(std::uint64_t most) {
  std::uint64_t value = 0;
  for (unsigned shift = 0;; shift += 7) {
    if (left() == 0) fail("the input ends inside a number");
    auto const byte = bytes_[at_];
    if (shift == 63 && byte > 1) fail("a number has more than 64 bits");
    if (shift > 0 && byte == 0) fail("a number is longer than it needs to be");
    ++at_;
    value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  if (value > most) fail("the number " + std::to_string(value) + " is above " + std::to_string(most));
  return value;
}

BytesView PackedInput::get_bytes(std::size_t size) {
  if (size > left()) {
    fail("the input ends " + std::to_string(size - left()) + " bytes too early");
  }
  auto const read = bytes_.subspan(at_, size);
  at_ += size;
  return read;
}

BytesView PackedInput::get_sized(std::size_t most) {
  auto const size = get_varint();
  if (size > most) fail("a length of " + std::to_string(size) + " is above the limit of " + std::to_string(most));
  return get_bytes(size);
}

void PackedInput::sized(Bytes& bytes) {
  auto const read = get_sized();
  bytes.assign(read.begin(), read.end());
}

std::size_t PackedInput::get_count(std::size_t most) {
  auto const count = get_varint(most);
  if (count > left()) fail("a list of " + std::to_string(count) + " is longer than the input");
  return count;
}

bool PackedInput::take_if(std::uint8_t marker) {
  if (left() == 0 || bytes_[at_] != marker) return false;
  ++at_;
  return true;
}

PackedInput PackedInput::get_block() {
  auto const block = get_sized();
  return PackedInput(block, offset() - block.size());
}

void PackedInput::fixed(std::uint64_t& value) {
  value = 0;
  for (auto const byte : get_bytes(8)) value = (value << 8) | byte;
}

void PackedInput::delta(UtcTime& value, UtcTime base) {
  auto const difference = static_cast<std::uint64_t>(from_zigzag(get_varint()));
  value = utc_from_ms(static_cast<std::int64_t>(static_cast<std::uint64_t>(ms_of(base)) + difference));
}

}  // namespace fieldnode::wire
