#pragma once

#include "node/db/folder.h"
#include "tests/sim/disk/sim_disk.h"

namespace fieldnode::sim {

/// A simulated disk as the programs see it beside SQLite. What fails is a broken world, as on a machine.
class SimFolder final : public db::Folder {
 public:
  explicit SimFolder(SimDisk& disk) : disk_(disk) {}

  [[nodiscard]] std::string vfs() const override { return disk_.name(); }
  [[nodiscard]] bool has(std::filesystem::path const& path) override { return disk_.exists(path.string()); }
  [[nodiscard]] Result<void> create(std::filesystem::path const& path) override {
    require(disk_.create(path.string()));
    require(disk_.sync_names());
    return {};
  }
  void remove(std::filesystem::path const& path) override { static_cast<void>(disk_.remove(path.string())); }
  void rename(std::filesystem::path const& from, std::filesystem::path const& to) override {
    require(disk_.rename(from.string(), to.string()));
    require(disk_.sync_names());
  }

 private:
  static void require(DiskStatus status) {
    if (status != DiskStatus::kOk) throw BrokenWorld("the simulated disk fails");
  }

  SimDisk& disk_;
};

}  // namespace fieldnode::sim
