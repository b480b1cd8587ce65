#include "tests/sim/disk/disk_file.h"

#include <algorithm>
#include <set>

#include "sync/base/check.h"

namespace fieldnode::sim {
namespace {

void put(Bytes& content, std::uint64_t at, BytesView bytes) {
  if (at >= content.size()) return;
  auto const size = std::min<std::uint64_t>(bytes.size(), content.size() - at);
  std::copy_n(bytes.begin(), size, content.begin() + static_cast<std::ptrdiff_t>(at));
}

/// Which writes came through in which sector, over all sectors of a file.
class LossBook {
 public:
  void kept(std::uint64_t write) {
    kept_.insert(write);
    last_kept_ = std::max(last_kept_, write);
  }
  void lost(std::uint64_t write) { lost_.insert(write); }

  [[nodiscard]] Losses losses() const {
    Losses losses;
    losses.lost = !lost_.empty();
    losses.reordered = losses.lost && *lost_.begin() < last_kept_;
    losses.torn = std::ranges::any_of(lost_, [&](auto const write) { return kept_.contains(write); });
    return losses;
  }

 private:
  std::set<std::uint64_t> kept_;
  std::set<std::uint64_t> lost_;
  std::uint64_t last_kept_{0};
};

}  // namespace

DiskFile::Sector DiskFile::cached_sector(std::uint64_t index) const {
  Sector sector{};
  auto const begin = index * kSectorBytes;
  if (begin >= cached_.size()) return sector;
  auto const size = std::min<std::uint64_t>(kSectorBytes, cached_.size() - begin);
  std::copy_n(cached_.begin() + static_cast<std::ptrdiff_t>(begin), size, sector.begin());
  return sector;
}

void DiskFile::resize(std::uint64_t size) {
  if (size == cached_.size()) return;
  cached_.resize(size);
  sizes_.push_back(size);
  least_size_ = std::min(least_size_, size);
}

void DiskFile::write(std::uint64_t at, BytesView bytes, std::uint64_t number) {
  if (bytes.empty()) return;
  if (at + bytes.size() > cached_.size()) resize(at + bytes.size());
  put(cached_, at, bytes);
  auto const last = (at + bytes.size() - 1) / kSectorBytes;
  for (auto index = at / kSectorBytes; index <= last; ++index) {
    auto& sector = pending_[index];
    sector.versions.push_back({number, cached_sector(index)});
    sector.dirty = true;
  }
}

void DiskFile::truncate(std::uint64_t size) { resize(size); }

void DiskFile::sync() {
  // What lay beyond the least size since the last sync is gone, even where the file has grown again.
  if (least_size_ < durable_.size()) durable_.resize(least_size_);
  durable_.resize(cached_.size());
  std::erase_if(pending_, [this](auto const& entry) {
    if (!entry.second.dirty) return false;
    put(durable_, entry.first * kSectorBytes, cached_sector(entry.first));
    return true;
  });
  sizes_.clear();
  least_size_ = UINT64_MAX;
}

void DiskFile::fail_sync() {
  for (auto& [index, sector] : pending_) sector.dirty = false;
}

Losses DiskFile::lose_power(LossMode mode, Random& random, bool garbage) {
  Losses losses;
  switch (mode) {
    case LossMode::kKeepAll:
      durable_ = cached_;
      break;
    case LossMode::kLoseAll:
      losses.lost = !pending_.empty() || !sizes_.empty();
      break;
    case LossMode::kTear:
      losses = tear(random, garbage);
      break;
  }
  cached_ = durable_;
  pending_.clear();
  sizes_.clear();
  least_size_ = UINT64_MAX;
  return losses;
}

/// One draw says how much of all comes through, so that nearly everything and nearly nothing happen as well.
Losses DiskFile::tear(Random& random, bool garbage) {
  constexpr std::uint64_t kEighths = 8;
  auto const chance = 1 + random.below(kEighths - 1);
  auto const comes_through = [&] { return random.below(kEighths) < chance; };
  auto const old_size = durable_.size();
  if (!sizes_.empty() && comes_through()) durable_.resize(sizes_[random.below(sizes_.size())]);
  LossBook book;
  for (auto const& [index, sector] : pending_) {
    auto const place = index * kSectorBytes;
    // Counted from the oldest; none is what the disk held before.
    auto const kept = comes_through() ? 1 + random.below(sector.versions.size()) : 0;
    Sector bytes{};
    if (kept != 0) bytes = sector.versions[kept - 1].bytes;
    // The size may have grown before the content came, over what the place held for an earlier file.
    bool const junk = (kept == 0 && place >= old_size) || (garbage && random.below(kEighths) == 0);
    if (junk) random.fill(bytes);
    if (kept != 0 || junk) put(durable_, place, bytes);
    for (std::size_t i = 0; i < sector.versions.size(); ++i) {
      i < kept ? book.kept(sector.versions[i].write) : book.lost(sector.versions[i].write);
    }
  }
  return book.losses();
}

void DiskFile::flip_bit(std::uint64_t bit) {
  auto const byte = bit / 8;
  check(byte < cached_.size(), "a bit beyond the end of the file");
  auto const mask = static_cast<std::uint8_t>(1U << (bit % 8));
  cached_[byte] ^= mask;
  if (byte < durable_.size()) durable_[byte] ^= mask;
  auto const sector = pending_.find(byte / kSectorBytes);
  if (sector == pending_.end()) return;
  for (auto& version : sector->second.versions) version.bytes[byte % kSectorBytes] ^= mask;
}

}  // namespace fieldnode::sim
