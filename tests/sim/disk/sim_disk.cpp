#include "tests/sim/disk/sim_disk.h"

#include <fmt/core.h>

#include <algorithm>

#include "sync/base/check.h"
#include "tests/sim/disk/disk_vfs.h"

namespace fieldnode::sim {

std::string_view name_of(DiskFault fault) {
  static constexpr std::array<std::string_view, static_cast<std::size_t>(DiskFault::kCount)> kNames{
      "power cut",     "write lost",  "write torn",   "write reordered", "name lost",    "disk full",
      "room was made", "read failed", "write failed", "sync failed",     "sync skipped", "bit flipped"};
  return kNames.at(static_cast<std::size_t>(fault));
}

SimDisk::SimDisk(Random& random, DiskPromises promises)
    : random_(random),
      promises_(promises),
      name_(fmt::format("sim-disk-{}", static_cast<void const*>(this))),
      vfs_(std::make_unique<DiskVfs>(*this)) {}

SimDisk::~SimDisk() { check(open_.empty(), "a connection outlives its disk"); }

// ------------------------------------------------------------------------------------------------ the power

SimDisk::Fate SimDisk::begin(DiskCall call, OpenFile const* file) {
  ++calls_;
  ++calls_by_kind_[static_cast<std::size_t>(call)];
  if (off_ || (file != nullptr && file->power_on != power_on_)) return Fate::kFailed;
  if (stop_at_ && calls_ >= *stop_at_) {
    cut_power();
    return Fate::kCutOff;
  }
  auto const failing = failing_.find(call);
  if (failing == failing_.end()) return Fate::kDone;
  if (!failing->second) failing_.erase(failing);
  if (call == DiskCall::kRead) count(DiskFault::kReadFailed);
  if (call == DiskCall::kWrite) count(DiskFault::kWriteFailed);
  if (call == DiskCall::kSync) count(DiskFault::kSyncFailed);
  return Fate::kFailed;
}

void SimDisk::cut_power() {
  if (off_) return;
  off_ = true;
  stop_at_.reset();
  count(DiskFault::kPowerCut);
}

void SimDisk::reboot(LossMode mode) {
  cut_power();
  if (names_.lose_power(mode, random_)) count(DiskFault::kNameLost);
  for (auto const& [name, file] : names_.seen()) {  // by name, not by address: every run draws the same
    auto const losses = file->lose_power(mode, random_, !promises_.powersafe_overwrite);
    if (losses.lost) count(DiskFault::kWriteLost);
    if (losses.torn) count(DiskFault::kWriteTorn);
    if (losses.reordered) count(DiskFault::kWriteReordered);
  }
  ++power_on_;
  off_ = false;
}

// ------------------------------------------------------------------------------------------------ its faults

void SimDisk::make_room() {
  if (bytes_left_) count(DiskFault::kFreed);
  bytes_left_.reset();
}

void SimDisk::fail_next(DiskCall call, bool lasting) { failing_[call] = lasting; }

void SimDisk::flip_bit(std::string const& file, std::uint64_t bit) {
  names_.seen().at(file)->flip_bit(bit);
  count(DiskFault::kBitFlipped);
}

std::uint64_t SimDisk::room_for(std::uint64_t growth) {
  if (!bytes_left_) return growth;
  auto const given = std::min(growth, *bytes_left_);
  *bytes_left_ -= given;
  if (given < growth) count(DiskFault::kFull);
  return given;
}

// ------------------------------------------------------------------------------------------------ its names

DiskImage SimDisk::image() const {
  DiskImage image;
  for (auto const& [name, file] : names_.seen()) image.emplace(name, file->content());
  return image;
}

void SimDisk::replace(DiskImage const& image) {
  DiskNames::Names names;
  for (auto const& [name, content] : image) names.emplace(name, std::make_shared<DiskFile>(content));
  names_.replace(std::move(names));
  ++power_on_;
}

bool SimDisk::has_place_for(std::string const& file) const {
  auto const directory = directory_of(file);
  return directory.empty() || names_.has(directory + "/");
}

DiskStatus SimDisk::create(std::string const& file) {
  auto const fate = begin(DiskCall::kOpen, nullptr);
  if (fate == Fate::kFailed) return DiskStatus::kFailed;
  if (!has_place_for(file)) return DiskStatus::kFailed;
  if (!names_.has(file)) names_.put(file, std::make_shared<DiskFile>());
  return fate == Fate::kDone ? DiskStatus::kOk : DiskStatus::kFailed;
}

DiskStatus SimDisk::make_directory(std::string const& name) { return create(name + "/"); }

DiskStatus SimDisk::remove(std::string const& file) {
  auto const fate = begin(DiskCall::kDelete, nullptr);
  if (fate == Fate::kFailed) return DiskStatus::kFailed;
  if (!names_.has(file)) return fate == Fate::kDone ? DiskStatus::kMissing : DiskStatus::kFailed;
  names_.erase(file);
  return fate == Fate::kDone ? DiskStatus::kOk : DiskStatus::kFailed;
}

DiskStatus SimDisk::rename(std::string const& from, std::string const& to) {
  auto const fate = begin(DiskCall::kRename, nullptr);
  if (fate == Fate::kFailed) return DiskStatus::kFailed;
  if (!names_.has(from) && !names_.has(from + "/")) {
    return fate == Fate::kDone ? DiskStatus::kMissing : DiskStatus::kFailed;
  }
  names_.move(from, to);
  return fate == Fate::kDone ? DiskStatus::kOk : DiskStatus::kFailed;
}

DiskStatus SimDisk::sync_names(std::string const& directory) {
  if (begin(DiskCall::kSync, nullptr) != Fate::kDone) return DiskStatus::kFailed;
  if (skips_syncs_) {
    count(DiskFault::kSyncSkipped);
  } else {
    names_.sync(directory);
  }
  return DiskStatus::kOk;
}

// ------------------------------------------------------------------------------------------------ its files

SimDisk::Opened SimDisk::open(std::string const& file, Kind kind, bool create) {
  auto const fate = begin(DiskCall::kOpen, nullptr);
  if (fate == Fate::kFailed) return {DiskStatus::kFailed, nullptr};
  auto opened = std::make_unique<OpenFile>();
  opened->power_on = power_on_;
  if (kind == Kind::kTemporary) {
    opened->file = std::make_shared<DiskFile>();
  } else if (auto const found = names_.find(file)) {
    opened->file = found;
  } else if (create && has_place_for(file)) {
    opened->file = std::make_shared<DiskFile>();
    names_.put(file, opened->file);
    if (kind == Kind::kJournal) opened->syncs_names = directory_of(file);
    if (kind == Kind::kDatabase && fate == Fate::kDone) names_.sync(directory_of(file));
  } else {
    return {fate == Fate::kDone ? DiskStatus::kMissing : DiskStatus::kFailed, nullptr};
  }
  if (fate != Fate::kDone) return {DiskStatus::kFailed, nullptr};
  open_.insert(opened.get());
  return {DiskStatus::kOk, std::move(opened)};
}

/// Closing succeeds whatever happens: the kernel closes for a dying program, too.
DiskStatus SimDisk::close(OpenFile& file) {
  (void)begin(DiskCall::kClose, &file);
  open_.erase(&file);
  return DiskStatus::kOk;
}

DiskStatus SimDisk::read(OpenFile& file, std::uint64_t at, std::span<std::uint8_t> out) {
  if (begin(DiskCall::kRead, &file) != Fate::kDone) return DiskStatus::kFailed;
  auto const& content = file.file->content();
  auto const from = std::min<std::uint64_t>(at, content.size());
  auto const size = std::min<std::uint64_t>(out.size(), content.size() - from);
  std::copy_n(content.begin() + static_cast<std::ptrdiff_t>(from), size, out.begin());
  if (size == out.size()) return DiskStatus::kOk;
  std::ranges::fill(out.subspan(size), std::uint8_t{0});
  return DiskStatus::kShort;
}

DiskStatus SimDisk::write(OpenFile& file, std::uint64_t at, BytesView bytes) {
  auto const fate = begin(DiskCall::kWrite, &file);
  if (fate == Fate::kFailed) return DiskStatus::kFailed;
  auto const old_size = file.file->content().size();
  auto const growth = at + bytes.size() > old_size ? at + bytes.size() - old_size : 0;
  auto const given = room_for(growth);
  auto const missing = growth - given;
  // What fits is written, as a kernel does it.
  if (missing < bytes.size()) file.file->write(at, bytes.first(bytes.size() - missing), calls_);
  if (fate != Fate::kDone) return DiskStatus::kFailed;
  return missing == 0 ? DiskStatus::kOk : DiskStatus::kFull;
}

DiskStatus SimDisk::truncate(OpenFile& file, std::uint64_t size) {
  auto const fate = begin(DiskCall::kTruncate, &file);
  if (fate == Fate::kFailed) return DiskStatus::kFailed;
  auto const old_size = file.file->content().size();
  if (bytes_left_ && size < old_size) *bytes_left_ += old_size - size;
  file.file->truncate(size);
  return fate == Fate::kDone ? DiskStatus::kOk : DiskStatus::kFailed;
}

DiskStatus SimDisk::sync(OpenFile& file) {
  auto const fate = begin(DiskCall::kSync, &file);
  if (fate != Fate::kDone) {
    if (!off_ && file.power_on == power_on_) file.file->fail_sync();
    return DiskStatus::kFailed;
  }
  if (skips_syncs_) {
    count(DiskFault::kSyncSkipped);
    return DiskStatus::kOk;
  }
  file.file->sync();
  if (file.syncs_names) names_.sync(*file.syncs_names);
  file.syncs_names.reset();
  return DiskStatus::kOk;
}

DiskStatus SimDisk::size(OpenFile& file, std::uint64_t& out) {
  if (begin(DiskCall::kSize, &file) != Fate::kDone) return DiskStatus::kFailed;
  out = file.file->content().size();
  return DiskStatus::kOk;
}

DiskStatus SimDisk::access(std::string const& file, bool& out) {
  if (begin(DiskCall::kAccess, nullptr) != Fate::kDone) return DiskStatus::kFailed;
  auto const found = names_.find(file);
  // An empty file counts as none, as SQLite's own VFS has it: a journal without content needs no playback.
  out = found != nullptr && !found->content().empty();
  return DiskStatus::kOk;
}

// ------------------------------------------------------------------------------------------------ its locks

bool SimDisk::others_hold(OpenFile const& file, LockLevel least) const {
  return std::ranges::any_of(open_, [&](OpenFile const* other) {
    return other != &file && other->file == file.file && other->power_on == power_on_ && other->lock >= least;
  });
}

DiskStatus SimDisk::lock(OpenFile& file, LockLevel level) {
  if (begin(DiskCall::kLock, &file) != Fate::kDone) return DiskStatus::kFailed;
  if (level <= file.lock) return DiskStatus::kOk;
  auto const in_the_way = level == LockLevel::kShared ? LockLevel::kPending : LockLevel::kReserved;
  if (others_hold(file, in_the_way)) return DiskStatus::kBusy;
  if (level == LockLevel::kExclusive && others_hold(file, LockLevel::kShared)) {
    file.lock = LockLevel::kPending;  // nobody new comes in while it waits
    return DiskStatus::kBusy;
  }
  file.lock = level;
  return DiskStatus::kOk;
}

DiskStatus SimDisk::unlock(OpenFile& file, LockLevel level) {
  if (begin(DiskCall::kUnlock, &file) != Fate::kDone) return DiskStatus::kFailed;
  file.lock = std::min(file.lock, level);
  return DiskStatus::kOk;
}

DiskStatus SimDisk::is_reserved(OpenFile& file, bool& out) {
  if (begin(DiskCall::kLock, &file) != Fate::kDone) return DiskStatus::kFailed;
  out = file.lock >= LockLevel::kReserved || others_hold(file, LockLevel::kReserved);
  return DiskStatus::kOk;
}

}  // namespace fieldnode::sim
