#include "node/office/file_rests.h"

#include <algorithm>

namespace fieldnode::office {

void FileRests::failed(blobs::BlobKey const& key) {
  auto& rest = rests_.try_emplace(key, Rest{engine::Pace(random_, {}), {}}).first->second;
  rest.until = clock_.since_boot() + rest.pace.failed(Milliseconds(0));
}

bool FileRests::rests(blobs::BlobKey const& key) const {
  auto const found = rests_.find(key);
  return found != rests_.end() && clock_.since_boot() < found->second.until;
}

Milliseconds FileRests::first_end(Milliseconds most) const {
  auto const now = clock_.since_boot();
  for (auto const& [key, rest] : rests_) {
    if (now < rest.until) most = std::min(most, rest.until - now);
  }
  return most;
}

}  // namespace fieldnode::office
