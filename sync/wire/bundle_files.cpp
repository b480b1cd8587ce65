#include "sync/wire/bundle_files.h"

#include "sync/base/check.h"
#include "sync/wire/archive.h"

namespace fieldnode::wire {

template <class Archive>
void serialize(Archive& archive, BundleFileState& state) {
  archive(state.assignment, state.address, state.held, state.here);
}
template <class Archive>
void serialize(Archive& archive, BundleFileStates& states) {
  archive(states.feed, states.files);
}

Bytes encode_file_states(BundleFileStates const& states) {
  check(states.files.size() <= kBundleFilesMost, "whoever writes a bundle counts its files");
  PackedOutput output;
  output(states);
  return output.take();
}

Result<BundleFileStates> decode_file_states(BytesView bytes) {
  return decoded(bytes, "malformed_message", "bundle's list of files", [](PackedInput& input) {
    BundleFileStates states;
    input(states);
    if (states.files.size() > kBundleFilesMost) input.fail("more files than a bundle speaks of");
    return states;
  });
}

Bytes encode_file_part(BundleFilePart const& part) {
  check(!part.content.empty() && part.content.size() <= kBundlePartMaxBytes, "whoever writes a bundle cuts files up");
  PackedOutput output;
  output(part.assignment, part.address, part.offset);
  output.sized(part.content);
  return output.take();
}

Result<BundleFilePart> decode_file_part(BytesView bytes) {
  return decoded(bytes, "malformed_message", "bundle's part of a file", [](PackedInput& input) {
    BundleFilePart part;
    input(part.assignment, part.address, part.offset);
    auto const content = input.get_sized(kBundlePartMaxBytes);
    if (content.empty()) input.fail("a part without content");
    part.content.assign(content.begin(), content.end());
    return part;
  });
}

}  // namespace fieldnode::wire
