#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/sim/disk/disk_file.h"
#include "tests/sim/disk/disk_names.h"

namespace fieldnode::sim {

class DiskVfs;

/// What a disk is asked for. Each is one call; at each the power may fail.
enum class DiskCall : std::uint8_t {
  kOpen,
  kClose,
  kRead,
  kWrite,
  kTruncate,
  kSync,
  kSize,
  kDelete,
  kRename,
  kAccess,
  kLock,
  kUnlock,
  kCount
};

/// What went wrong with it, counted.
enum class DiskFault : std::uint8_t {
  kPowerCut,
  kWriteLost,
  kWriteTorn,
  kWriteReordered,
  kNameLost,  ///< a new name is gone, or a deleted one back
  kFull,      ///< a write found no room
  kFreed,     ///< there is room again
  kReadFailed,
  kWriteFailed,
  kSyncFailed,
  kSyncSkipped,  ///< a sync that was answered and not done
  kBitFlipped,
  kCount
};
[[nodiscard]] std::string_view name_of(DiskFault fault);

enum class DiskStatus : std::uint8_t {
  kOk,
  kFailed,   ///< EIO, or the power is off
  kFull,     ///< no room
  kShort,    ///< a read beyond the end
  kMissing,  ///< no such name
  kBusy,     ///< locked by another
};

/// How strict a reader of its results may be.
struct DiskPromises {
  /// A write that the power cuts off changes nothing beside its own bytes, which is what SQLite assumes of every disk
  /// under Linux. Else a sector that is being written may hold anything afterwards, and SQLite is told so.
  bool powersafe_overwrite{true};
};

/// The files of a disk, by name, as a program sees them.
using DiskImage = std::map<std::string, Bytes>;

/// A disk in memory, registered with SQLite as a VFS for the life of the object: power cuts at a chosen call, losses,
/// tears, no room, errors, lies. No shared memory, so a database in WAL mode is opened with `OpenOptions::exclusive`.
/// It models POSIX: what is not synced may be lost, names included; the VFS syncs the directory where SQLite's own does
/// (with the first sync of a journal), and a database's name is durable when it is made, as `create_private_file` sees
/// to it on a machine. What programs do with files beside a database goes through `SimFolder`.
/// Thread: one. Chance comes from `random` alone; SQLite's own (salts of the WAL) is seeded from it.
class SimDisk {
 public:
  explicit SimDisk(Random& random, DiskPromises promises = {});
  ~SimDisk();
  SimDisk(SimDisk const&) = delete;
  SimDisk& operator=(SimDisk const&) = delete;

  /// For OpenOptions::vfs.
  [[nodiscard]] std::string const& name() const { return name_; }

  /// How often the disk was called since it was made.
  [[nodiscard]] std::uint64_t calls() const { return calls_; }
  [[nodiscard]] std::uint64_t calls(DiskCall call) const { return calls_by_kind_[static_cast<std::size_t>(call)]; }
  [[nodiscard]] std::uint64_t faults(DiskFault fault) const { return faults_[static_cast<std::size_t>(fault)]; }

  /// The power goes at that call, counted as `calls` does: what it writes may reach the disk or not, and it fails, as
  /// does every later one.
  void stop_at(std::uint64_t call) { stop_at_ = call; }
  void never_stop() { stop_at_.reset(); }
  /// The power goes now.
  void cut_power();
  [[nodiscard]] bool is_off() const { return off_; }
  /// Power is back, after a cut if there was none yet. Connections from before stay dead: everything that they do
  /// fails and changes nothing, so they may be closed before or after.
  void reboot(LossMode mode);

  /// From now on all files together may grow by this much.
  void fill(std::uint64_t bytes_left = 0) { bytes_left_ = bytes_left; }
  void make_room();
  /// The next call of this kind fails with EIO; `lasting`: and all that follow.
  void fail_next(DiskCall call, bool lasting = false);
  void mend() { failing_.clear(); }
  /// A disk that lies: it answers a sync and does nothing.
  void skip_syncs(bool skip) { skips_syncs_ = skip; }
  /// Shape: `file` exists and is long enough.
  void flip_bit(std::string const& file, std::uint64_t bit);

  [[nodiscard]] bool exists(std::string const& file) const { return names_.has(file); }
  /// All of it as running programs see it: to be kept as an old backup, or for a second machine.
  [[nodiscard]] DiskImage image() const;
  /// The disk is another one. Shape: nothing is open that is to be used again.
  void replace(DiskImage const& image);

  /// What a program does with names beside a database. Each is one call, durable when their directory is synced.
  [[nodiscard]] DiskStatus create(std::string const& file);
  [[nodiscard]] DiskStatus make_directory(std::string const& name);
  [[nodiscard]] DiskStatus remove(std::string const& file);
  /// A file, or a directory with all that is in it.
  [[nodiscard]] DiskStatus rename(std::string const& from, std::string const& to);
  /// Those of one directory.
  [[nodiscard]] DiskStatus sync_names(std::string const& directory = {});

 private:
  friend class DiskVfs;
  friend class SimFolder;
  friend class SimFile;

  enum class LockLevel : std::uint8_t { kNone, kShared, kReserved, kPending, kExclusive };

  struct OpenFile {
    std::shared_ptr<DiskFile> file;
    std::uint64_t power_on{};                ///< that it was opened in
    std::optional<std::string> syncs_names;  ///< its first sync is one of this directory, too
    LockLevel lock{};
  };
  struct Opened {
    DiskStatus status{};
    std::unique_ptr<OpenFile> file;
  };

  enum class Kind : std::uint8_t { kDatabase, kJournal, kTemporary, kBeside };
  [[nodiscard]] Opened open(std::string const& file, Kind kind, bool create);
  [[nodiscard]] DiskStatus close(OpenFile& file);
  [[nodiscard]] DiskStatus read(OpenFile& file, std::uint64_t at, std::span<std::uint8_t> out);
  [[nodiscard]] DiskStatus write(OpenFile& file, std::uint64_t at, BytesView bytes);
  [[nodiscard]] DiskStatus truncate(OpenFile& file, std::uint64_t size);
  [[nodiscard]] DiskStatus sync(OpenFile& file);
  [[nodiscard]] DiskStatus size(OpenFile& file, std::uint64_t& out);
  [[nodiscard]] DiskStatus access(std::string const& file, bool& out);
  [[nodiscard]] DiskStatus lock(OpenFile& file, LockLevel level);
  [[nodiscard]] DiskStatus unlock(OpenFile& file, LockLevel level);
  [[nodiscard]] DiskStatus is_reserved(OpenFile& file, bool& out);

  /// What becomes of one call.
  enum class Fate : std::uint8_t { kDone, kFailed, kCutOff };
  [[nodiscard]] Fate begin(DiskCall call, OpenFile const* file);
  /// Whether the directory is there that a new name needs.
  [[nodiscard]] bool has_place_for(std::string const& file) const;
  void count(DiskFault fault) { ++faults_[static_cast<std::size_t>(fault)]; }
  [[nodiscard]] bool others_hold(OpenFile const& file, LockLevel least) const;
  [[nodiscard]] std::uint64_t room_for(std::uint64_t growth);

  Random& random_;
  DiskPromises promises_;
  std::string name_;
  DiskNames names_;
  std::set<OpenFile*> open_;
  std::uint64_t power_on_{1};  // how often
  bool off_{false};
  std::optional<std::uint64_t> stop_at_;
  std::optional<std::uint64_t> bytes_left_;
  std::map<DiskCall, bool> failing_;  // true: lasting
  bool skips_syncs_{false};
  std::uint64_t calls_{0};
  std::array<std::uint64_t, static_cast<std::size_t>(DiskCall::kCount)> calls_by_kind_{};
  std::array<std::uint64_t, static_cast<std::size_t>(DiskFault::kCount)> faults_{};
  std::unique_ptr<DiskVfs> vfs_;
};

}  // namespace fieldnode::sim
