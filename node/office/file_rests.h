#pragma once

#include <map>

#include "node/blobs/blob_state.h"
#include "sync/base/clock.h"
#include "sync/engine/pace.h"

namespace fieldnode::office {

/// Files that the other end did not take or does not have, each resting by a pace of its own while the others go on:
/// a few seconds at first, because its entries may only be on their way; then longer and longer. Thread: one.
class FileRests {
 public:
  FileRests(Clock const& clock, Random& random) : clock_(clock), random_(random) {}

  void failed(blobs::BlobKey const& key);
  /// It is through, whatever it failed with before.
  void arrived(blobs::BlobKey const& key) { rests_.erase(key); }
  [[nodiscard]] bool rests(blobs::BlobKey const& key) const;
  [[nodiscard]] std::size_t count() const { return rests_.size(); }
  /// Until the first of those that rest may go on; `most` where none rests for less.
  [[nodiscard]] Milliseconds first_end(Milliseconds most) const;

 private:
  struct Rest {
    engine::Pace pace;
    Milliseconds until{};  ///< since boot
  };
  Clock const& clock_;
  Random& random_;
  std::map<blobs::BlobKey, Rest> rests_;
};

}  // namespace fieldnode::office
