#pragma once

#include <memory>
#include <mutex>

#include "node/blobs/blob_state.h"
#include "node/net/https_client.h"

namespace fieldnode::office {

/// The doors of attachments at the centre's sync port. Thread: one call at a time.
/// Errors of every call: those of HttpsClient; where the centre refused, its own code and sentence.
class BlobCalls {
 public:
  explicit BlobCalls(std::shared_ptr<net::HttpsClient> client) : client_(std::move(client)) {}

  /// The next call goes over this client; one that runs ends over the one before, which lives until then. Thread: any.
  void use(std::shared_ptr<net::HttpsClient> client);

  /// How much of the file the centre has.
  [[nodiscard]] Result<blobs::BlobState> state(blobs::BlobKey const& key);
  /// Adds a part to what the centre has.
  [[nodiscard]] Result<blobs::BlobState> send(blobs::BlobKey const& key, std::uint64_t offset, BytesView part);
  /// At most `most` bytes from `offset`.
  [[nodiscard]] Result<Bytes> fetch(blobs::BlobKey const& key, std::uint64_t offset, std::uint64_t most);

  /// Ends the running call and every later one. Thread: any.
  void shut();

 private:
  [[nodiscard]] std::shared_ptr<net::HttpsClient> client() const;

  mutable std::mutex mutex_;
  std::shared_ptr<net::HttpsClient> client_;  // guarded by mutex_
  bool is_shut_{};                            // guarded by mutex_
};

}  // namespace fieldnode::office
