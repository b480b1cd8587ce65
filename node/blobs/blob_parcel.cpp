#include "node/blobs/blob_parcel.h"

#include <algorithm>
#include <tuple>

namespace fieldnode::blobs {

Parcel pack_parcel(std::vector<WantedFile> files, std::uint64_t most, std::size_t files_most) {
  std::erase_if(files, [](WantedFile const& file) { return file.held >= file.size; });
  std::ranges::sort(files, {}, [](WantedFile const& file) { return std::tuple(file.due, file.size, file.key); });
  Parcel parcel;
  WantedFile const* too_large = nullptr;
  for (auto const& file : files) {
    auto const rest = file.size - file.held;
    if (rest <= most && parcel.pieces.size() < files_most) {
      parcel.pieces.push_back({file.key, file.held, file.size});
      most -= rest;
      continue;
    }
    if (too_large == nullptr) too_large = &file;
    ++parcel.left;
  }
  bool const begins = too_large != nullptr && most > 0 && parcel.pieces.size() < files_most;
  if (begins) parcel.pieces.push_back({too_large->key, too_large->held, too_large->held + most});
  return parcel;
}

}  // namespace fieldnode::blobs
