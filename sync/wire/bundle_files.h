#pragma once

#include <vector>

#include "sync/base/ids.h"
#include "sync/wire/bundle.h"

/// What a bundle says of attachments: how much of each an end holds, and parts of their content.
/// Source: PROTOCOL, "Attachments in a bundle".
namespace fieldnode::wire {

/// So many files one bundle speaks of, and so much of one stands in a record. Units: files, bytes.
inline constexpr std::size_t kBundleFilesMost = 16'384;
inline constexpr std::size_t kBundlePartMaxBytes = 1024 * 1024;

struct BundleFileState {
  AssignmentId assignment{};
  Hash address{};
  std::uint64_t held{};  ///< bytes, from the first on
  bool here{};           ///< whole and with the right digest
  friend bool operator==(BundleFileState const&, BundleFileState const&) = default;
};

/// Of the files that the other end may have or may want to know of.
struct BundleFileStates {
  Epoch feed{};  ///< the live feed as the sender knows it: what the centre has, it has under this one
  std::vector<BundleFileState> files;
  friend bool operator==(BundleFileStates const&, BundleFileStates const&) = default;
};

struct BundleFilePart {
  AssignmentId assignment{};
  Hash address{};
  std::uint64_t offset{};
  Bytes content;
  friend bool operator==(BundleFilePart const&, BundleFilePart const&) = default;
};

[[nodiscard]] Bytes encode_file_states(BundleFileStates const& states);
/// Errors: `malformed_message`, also where it speaks of more than kBundleFilesMost files.
[[nodiscard]] Result<BundleFileStates> decode_file_states(BytesView bytes);

[[nodiscard]] Bytes encode_file_part(BundleFilePart const& part);
/// Errors: `malformed_message`, also where it has no content or more than kBundlePartMaxBytes.
[[nodiscard]] Result<BundleFilePart> decode_file_part(BytesView bytes);

}  // namespace fieldnode::wire
