#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "sync/base/bytes.h"
#include "sync/base/random.h"

namespace fieldnode::sim {

/// Units: what a disk writes whole or not at all.
inline constexpr std::size_t kSectorBytes = 512;

/// What a power cut takes of that which no sync has made durable.
enum class LossMode : std::uint8_t {
  kKeepAll,  ///< nothing: the cache was written out just in time
  kLoseAll,  ///< all of it
  kTear,     ///< for each sector, size and name some version since the last sync, drawn: lost, reordered, torn
};

/// What a power cut did to one file.
struct Losses {
  bool lost{};       ///< some write is not there, or not wholly
  bool torn{};       ///< some write is there in part
  bool reordered{};  ///< a write is there although an earlier one is not
};

/// One file as the kernel shows it and as the disk holds it. Between two syncs each sector may reach the disk in any of
/// the versions that it had meanwhile, and the size too: the weakest promise that a device makes.
class DiskFile {
 public:
  DiskFile() = default;
  /// `content` is on the disk already.
  explicit DiskFile(Bytes content) : cached_(content), durable_(std::move(content)) {}

  /// As a running program sees it.
  [[nodiscard]] Bytes const& content() const { return cached_; }

  /// `number` orders the writes of the whole disk.
  void write(std::uint64_t at, BytesView bytes, std::uint64_t number);
  void truncate(std::uint64_t size);
  void sync();
  /// A sync that failed: the kernel reports it once and then takes the pages for clean, so that no later sync writes
  /// what was not written over meanwhile.
  void fail_sync();

  /// `garbage`: a sector that is being written when the power goes may hold anything afterwards.
  Losses lose_power(LossMode mode, Random& random, bool garbage);
  /// On the disk and in the cache. Shape: inside the file.
  void flip_bit(std::uint64_t bit);

 private:
  using Sector = std::array<std::uint8_t, kSectorBytes>;
  struct Version {
    std::uint64_t write{};
    Sector bytes{};
  };
  struct PendingSector {
    std::vector<Version> versions;  // in order
    bool dirty{};                   // the next sync writes it
  };

  [[nodiscard]] Sector cached_sector(std::uint64_t index) const;
  void resize(std::uint64_t size);
  Losses tear(Random& random, bool garbage);

  Bytes cached_;
  Bytes durable_;
  std::map<std::uint64_t, PendingSector> pending_;  // by the sector's place
  std::vector<std::uint64_t> sizes_;                // since the last sync, in order
  std::uint64_t least_size_{UINT64_MAX};            // among them
};

}  // namespace fieldnode::sim
