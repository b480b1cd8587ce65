#pragma once

#include "sync/base/check.h"
#include "sync/wire/archive.h"

/// The end of a message: what one version says and another need not know. A block is its tag, its length and its bytes;
/// tags rise, so each stands at most once, and none takes a byte where nothing is said. Private to this room.
/// Source: PROTOCOL, "Tagged blocks".
namespace fieldnode::wire {

class TaggedOutput {
 public:
  explicit TaggedOutput(PackedOutput& output) : output_(output) {}

  /// `put` writes the block's fields. Shape: tags rise.
  template <class Put>
  void block(std::uint64_t tag, Put put) {
    check(tag > last_tag_, "tags rise");
    last_tag_ = tag;
    PackedOutput fields;
    put(fields);
    output_.put_varint(tag);
    output_.put_sized(fields.view());
  }

 private:
  PackedOutput& output_;
  std::uint64_t last_tag_{};
};

/// `get(tag, fields)` reads what it knows of each block up to the end of the message; the rest is skipped.
template <class Get>
void get_tagged(PackedInput& input, Get get) {
  std::uint64_t last_tag = 0;
  while (input.left() > 0) {
    auto const tag = input.get_varint();
    if (tag <= last_tag) input.fail("the tags of its blocks do not rise");
    last_tag = tag;
    auto fields = input.get_block();
    get(tag, fields);
  }
}

}  // namespace fieldnode::wire
