#include "tests/sim/disk/disk_vfs.h"

#include <sqlite3.h>

#include <cstring>

#include "sync/base/check.h"

namespace fieldnode::sim {

/// SQLite's memory for an open file; the first member is what SQLite knows of it.
struct DiskVfs::File {
  sqlite3_file base;
  SimDisk* disk;
  SimDisk::OpenFile* open;
};

/// SQLite's calls, each one of the disk's.
struct DiskVfs::Calls {
  using LockLevel = SimDisk::LockLevel;

  static SimDisk& disk_of(sqlite3_vfs* vfs) { return *static_cast<SimDisk*>(vfs->pAppData); }
  static File& file_of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }

  /// `failed`: which input or output it was.
  static int code_of(DiskStatus status, int failed) {
    switch (status) {
      case DiskStatus::kOk:
        return SQLITE_OK;
      case DiskStatus::kFailed:
        return failed;
      case DiskStatus::kFull:
        return SQLITE_FULL;
      case DiskStatus::kShort:
        return SQLITE_IOERR_SHORT_READ;
      case DiskStatus::kMissing:
        return SQLITE_IOERR_DELETE_NOENT;
      case DiskStatus::kBusy:
        return SQLITE_BUSY;
    }
    return failed;
  }

  static LockLevel level_of(int level) {
    switch (level) {
      case SQLITE_LOCK_NONE:
        return LockLevel::kNone;
      case SQLITE_LOCK_SHARED:
        return LockLevel::kShared;
      case SQLITE_LOCK_RESERVED:
        return LockLevel::kReserved;
      case SQLITE_LOCK_PENDING:
        return LockLevel::kPending;
      default:
        return LockLevel::kExclusive;
    }
  }

  // ---- of a file
  static int close(sqlite3_file* file) {
    auto& ours = file_of(file);
    std::unique_ptr<SimDisk::OpenFile> const open(ours.open);
    return code_of(ours.disk->close(*open), SQLITE_IOERR_CLOSE);
  }
  static int read(sqlite3_file* file, void* out, int size, sqlite3_int64 at) {
    auto& ours = file_of(file);
    std::span const bytes(static_cast<std::uint8_t*>(out), static_cast<std::size_t>(size));
    return code_of(ours.disk->read(*ours.open, static_cast<std::uint64_t>(at), bytes), SQLITE_IOERR_READ);
  }
  static int write(sqlite3_file* file, void const* from, int size, sqlite3_int64 at) {
    auto& ours = file_of(file);
    BytesView const bytes(static_cast<std::uint8_t const*>(from), static_cast<std::size_t>(size));
    return code_of(ours.disk->write(*ours.open, static_cast<std::uint64_t>(at), bytes), SQLITE_IOERR_WRITE);
  }
  static int truncate(sqlite3_file* file, sqlite3_int64 size) {
    auto& ours = file_of(file);
    return code_of(ours.disk->truncate(*ours.open, static_cast<std::uint64_t>(size)), SQLITE_IOERR_TRUNCATE);
  }
  static int sync(sqlite3_file* file, int) {
    auto& ours = file_of(file);
    return code_of(ours.disk->sync(*ours.open), SQLITE_IOERR_FSYNC);
  }
  static int size(sqlite3_file* file, sqlite3_int64* out) {
    auto& ours = file_of(file);
    std::uint64_t size = 0;
    auto const status = ours.disk->size(*ours.open, size);
    *out = static_cast<sqlite3_int64>(size);
    return code_of(status, SQLITE_IOERR_FSTAT);
  }
  static int lock(sqlite3_file* file, int level) {
    auto& ours = file_of(file);
    return code_of(ours.disk->lock(*ours.open, level_of(level)), SQLITE_IOERR_LOCK);
  }
  static int unlock(sqlite3_file* file, int level) {
    auto& ours = file_of(file);
    return code_of(ours.disk->unlock(*ours.open, level_of(level)), SQLITE_IOERR_UNLOCK);
  }
  static int is_reserved(sqlite3_file* file, int* out) {
    auto& ours = file_of(file);
    bool reserved = false;
    auto const status = ours.disk->is_reserved(*ours.open, reserved);
    *out = reserved ? 1 : 0;
    return code_of(status, SQLITE_IOERR_CHECKRESERVEDLOCK);
  }
  static int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
  /// What SQLite's own VFS says where it knows nothing of the device; a tear is finer.
  static int sector_size(sqlite3_file*) { return 4096; }
  static int promises(sqlite3_file* file) {
    return file_of(file).disk->promises_.powersafe_overwrite ? SQLITE_IOCAP_POWERSAFE_OVERWRITE : 0;
  }

  // ---- of the disk
  static SimDisk::Kind kind_of(char const* name, int flags) {
    if (name == nullptr) return SimDisk::Kind::kTemporary;
    // Those are the files with whose first sync SQLite's own VFS syncs the directory.
    constexpr int kJournals = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL;
    return (flags & kJournals) != 0 ? SimDisk::Kind::kJournal : SimDisk::Kind::kDatabase;
  }
  static int open(sqlite3_vfs* vfs, char const* name, sqlite3_file* file, int flags, int* out_flags) {
    auto& disk = disk_of(vfs);
    file->pMethods = nullptr;  // SQLite closes nothing then
    auto opened = disk.open(name == nullptr ? "" : name, kind_of(name, flags), (flags & SQLITE_OPEN_CREATE) != 0);
    if (opened.status != DiskStatus::kOk) return SQLITE_CANTOPEN;
    auto& ours = file_of(file);
    ours.base.pMethods = &kFileCalls;
    ours.disk = &disk;
    ours.open = opened.file.release();
    if (out_flags != nullptr) *out_flags = flags;
    return SQLITE_OK;
  }
  static int remove(sqlite3_vfs* vfs, char const* name, int sync_names) {
    auto& disk = disk_of(vfs);
    auto const status = disk.remove(name);
    if (status != DiskStatus::kOk || sync_names == 0) return code_of(status, SQLITE_IOERR_DELETE);
    return code_of(disk.sync_names(), SQLITE_IOERR_DIR_FSYNC);
  }
  static int access(sqlite3_vfs* vfs, char const* name, int, int* out) {
    bool there = false;
    auto const status = disk_of(vfs).access(name, there);
    *out = there ? 1 : 0;
    return code_of(status, SQLITE_IOERR_ACCESS);
  }
  static int full_path(sqlite3_vfs*, char const* name, int size, char* out) {
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
  }
  static int randomness(sqlite3_vfs* vfs, int size, char* out) {
    disk_of(vfs).random_.fill({reinterpret_cast<std::uint8_t*>(out), static_cast<std::size_t>(size)});
    return size;
  }
  /// Nothing waits: with one thread no lock is given back meanwhile.
  static int wait(sqlite3_vfs*, int microseconds) { return microseconds; }
  /// No statement of ours asks SQLite for the time.
  static int current_time(sqlite3_vfs*, double* out) {
    *out = 0;
    return SQLITE_ERROR;
  }
  static int last_error(sqlite3_vfs*, int, char*) { return 0; }

  static sqlite3_io_methods const kFileCalls;
};

sqlite3_io_methods const DiskVfs::Calls::kFileCalls = [] {
  sqlite3_io_methods calls{};
  calls.iVersion = 1;  // no shared memory, no mapped files
  calls.xClose = close;
  calls.xRead = read;
  calls.xWrite = write;
  calls.xTruncate = truncate;
  calls.xSync = sync;
  calls.xFileSize = size;
  calls.xLock = lock;
  calls.xUnlock = unlock;
  calls.xCheckReservedLock = is_reserved;
  calls.xFileControl = control;
  calls.xSectorSize = sector_size;
  calls.xDeviceCharacteristics = promises;
  return calls;
}();

void DiskVfs::Unregister::operator()(sqlite3_vfs* vfs) const {
  sqlite3_vfs_unregister(vfs);
  delete vfs;
}

DiskVfs::DiskVfs(SimDisk& disk) : vfs_(new sqlite3_vfs{}) {
  // SQLite asks the machine for chance once, for the whole process; this begins it anew.
  sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, static_cast<int>(disk.random_.below(INT32_MAX) + 1), nullptr);
  vfs_->iVersion = 1;
  vfs_->szOsFile = sizeof(File);
  vfs_->mxPathname = 512;
  vfs_->zName = disk.name().c_str();
  vfs_->pAppData = &disk;
  vfs_->xOpen = Calls::open;
  vfs_->xDelete = Calls::remove;
  vfs_->xAccess = Calls::access;
  vfs_->xFullPathname = Calls::full_path;
  vfs_->xRandomness = Calls::randomness;
  vfs_->xSleep = Calls::wait;
  vfs_->xCurrentTime = Calls::current_time;
  vfs_->xGetLastError = Calls::last_error;
  check(sqlite3_vfs_register(vfs_.get(), 0) == SQLITE_OK, "SQLite does not take the simulated disk");
}

DiskVfs::~DiskVfs() = default;

}  // namespace fieldnode::sim
