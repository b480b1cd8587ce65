#pragma once

#include <memory>

#include "tests/sim/disk/sim_disk.h"

struct sqlite3_vfs;

namespace fieldnode::sim {

/// A SimDisk as SQLite sees it: registered under the disk's name while it lives.
class DiskVfs {
 public:
  explicit DiskVfs(SimDisk& disk);
  ~DiskVfs();
  DiskVfs(DiskVfs const&) = delete;
  DiskVfs& operator=(DiskVfs const&) = delete;

 private:
  struct Calls;
  struct File;
  struct Unregister {
    void operator()(sqlite3_vfs* vfs) const;
  };

  std::unique_ptr<sqlite3_vfs, Unregister> vfs_;
};

}  // namespace fieldnode::sim
