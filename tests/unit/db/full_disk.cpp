#include "tests/unit/db/full_disk.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <map>
#include <mutex>

namespace fieldnode::db {
namespace {

constexpr char const* kName = "full-disk";

sqlite3_vfs* machine() { return sqlite3_vfs_find(nullptr); }

sqlite3_vfs vfs{};

/// The machine has a table of methods for each kind of file (the database locks, its log does not); ours is a copy of
/// it, with another way to write.
struct Methods {
  sqlite3_io_methods ours{};  // first, so that a file's pointer to it is one to the whole
  sqlite3_io_methods const* real{};
};

}  // namespace

struct FullDiskFile {
  static int write(sqlite3_file* file, void const* bytes, int size, sqlite3_int64 at) {
    if (FullDisk::is_broken_) return SQLITE_IOERR_WRITE;
    if (FullDisk::is_full_) {
      ++FullDisk::refused_;
      return SQLITE_FULL;
    }
    return reinterpret_cast<Methods const*>(file->pMethods)->real->xWrite(file, bytes, size, at);
  }

  static Methods const& methods_over(sqlite3_io_methods const* real) {
    static std::mutex mutex;
    static std::map<sqlite3_io_methods const*, Methods> known;
    std::lock_guard const lock(mutex);
    auto& methods = known[real];
    methods.ours = *real;
    methods.ours.xWrite = write;
    methods.real = real;
    return methods;
  }

  static int open(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* out_flags) {
    int const code = machine()->xOpen(machine(), name, file, flags, out_flags);
    if (code == SQLITE_OK && file->pMethods != nullptr) file->pMethods = &methods_over(file->pMethods).ours;
    return code;
  }
};

FullDisk::FullDisk() {
  is_full_ = false;
  is_broken_ = false;
  refused_ = 0;
  vfs = *machine();
  vfs.zName = kName;
  vfs.pNext = nullptr;
  vfs.xOpen = FullDiskFile::open;
  EXPECT_EQ(sqlite3_vfs_register(&vfs, 0), SQLITE_OK);
}

FullDisk::~FullDisk() { sqlite3_vfs_unregister(&vfs); }

std::string FullDisk::name() { return kName; }

}  // namespace fieldnode::db
