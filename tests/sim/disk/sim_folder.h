#pragma once

#include "node/db/folder.h"
#include "tests/sim/disk/sim_disk.h"

namespace fieldnode::sim {

/// A simulated disk as the programs see it beside SQLite. What fails is a broken world, as on a machine.
class SimFolder final : public db::Folder {
 public:
  explicit SimFolder(SimDisk& disk) : disk_(disk) {}
  /// A planted defect: nobody flushes these files. Those of SQLite are flushed all the same.
  void skip_flushes(bool skip) { skips_flushes_ = skip; }

  [[nodiscard]] std::string vfs() const override { return disk_.name(); }
  [[nodiscard]] bool has(std::filesystem::path const& path) override;
  [[nodiscard]] std::vector<std::filesystem::path> files_in(std::filesystem::path const& directory) override;
  [[nodiscard]] std::unique_ptr<db::File> open(std::filesystem::path const& path, Use use) override;
  [[nodiscard]] Result<void> create(std::filesystem::path const& path) override;
  [[nodiscard]] Result<void> make_directory(std::filesystem::path const& path) override;
  void remove(std::filesystem::path const& path) override;
  void remove_all(std::filesystem::path const& directory) override;
  [[nodiscard]] bool is_empty(std::filesystem::path const& directory) override;
  void rename(std::filesystem::path const& from, std::filesystem::path const& to) override;
  [[nodiscard]] std::optional<std::uint64_t> room(std::filesystem::path const&) override { return std::nullopt; }

 private:
  SimDisk& disk_;
  bool skips_flushes_{false};
};

}  // namespace fieldnode::sim
