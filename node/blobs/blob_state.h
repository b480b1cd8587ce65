#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sync/base/bytes.h"
#include "sync/base/ids.h"
#include "sync/base/result.h"

/// What two ends say to each other about a file. Source: PROTOCOL, "Attachments".
namespace fieldnode::blobs {

/// Media types at the sync port: of a part of a file, of the answer to it.
inline constexpr std::string_view kBlobPartType = "application/x-fieldnode-blob";
inline constexpr std::string_view kBlobStateType = "application/x-fieldnode-blob-state";

/// How much of a file an end has. Units: bytes.
struct BlobState {
  std::uint64_t held{};
  std::uint64_t size{};
  bool here{};  ///< whole and with the right digest
  friend bool operator==(BlobState const&, BlobState const&) = default;
};

/// 17 bytes: 1 or 0 for `here`, held, size, the numbers with their highest byte first.
[[nodiscard]] Bytes pack_blob_state(BlobState const& state);
/// Errors: `malformed_message` when it is of another length, says 2 for yes, or holds more than the size.
[[nodiscard]] Result<BlobState> unpack_blob_state(BytesView bytes);

/// A file by the assignment whose entries name it.
struct BlobKey {
  AssignmentId assignment{};
  Hash address{};
  friend auto operator<=>(BlobKey const&, BlobKey const&) = default;
};

/// "/sync/v1/blobs/12/ab..."; the doors are at it and at its "/state".
[[nodiscard]] std::string blob_path(BlobKey const& key);
/// The two variables of such a path; nothing when they are none.
[[nodiscard]] std::optional<BlobKey> read_blob_key(std::string_view assignment, std::string_view address);
/// 64 hexadecimal digits.
[[nodiscard]] std::optional<Hash> read_address(std::string_view text);
/// A number of bytes as it stands in a query.
[[nodiscard]] std::optional<std::uint64_t> read_offset(std::string_view text);

}  // namespace fieldnode::blobs
