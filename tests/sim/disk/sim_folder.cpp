#include "tests/sim/disk/sim_folder.h"

#include <algorithm>

#include "sync/base/check.h"

namespace fieldnode::sim {
namespace {

void require(DiskStatus status) {
  if (status != DiskStatus::kOk) throw BrokenWorld("the simulated disk fails");
}

}  // namespace

/// A file beside a database; each call is one of the disk's.
class SimFile final : public db::File {
 public:
  SimFile(SimDisk& disk, std::unique_ptr<SimDisk::OpenFile> file, bool skips_flushes)
      : disk_(disk), file_(std::move(file)), skips_flushes_(skips_flushes) {}
  SimFile(SimFile const&) = delete;
  SimFile& operator=(SimFile const&) = delete;
  ~SimFile() override { static_cast<void>(disk_.close(*file_)); }

  [[nodiscard]] std::uint64_t size() override {
    std::uint64_t size = 0;
    require(disk_.size(*file_, size));
    return size;
  }
  [[nodiscard]] Bytes read(std::uint64_t offset, std::size_t most) override {
    auto const there = size();
    Bytes bytes(std::min<std::uint64_t>(most, there - std::min(offset, there)));
    if (!bytes.empty()) require(disk_.read(*file_, offset, bytes));
    return bytes;
  }
  [[nodiscard]] Result<void> write(std::uint64_t offset, BytesView bytes) override {
    return full_or_done(disk_.write(*file_, offset, bytes));
  }
  void cut_to(std::uint64_t size) override { require(disk_.truncate(*file_, size)); }
  [[nodiscard]] Result<void> flush() override {
    return skips_flushes_ ? Result<void>() : full_or_done(disk_.sync(*file_));
  }

 private:
  static Result<void> full_or_done(DiskStatus status) {
    if (status == DiskStatus::kFull) return db::disk_full();
    require(status);
    return {};
  }

  SimDisk& disk_;
  std::unique_ptr<SimDisk::OpenFile> file_;
  bool skips_flushes_;
};

bool SimFolder::has(std::filesystem::path const& path) {
  return disk_.exists(path.string()) || disk_.exists(path.string() + "/");
}

std::vector<std::filesystem::path> SimFolder::files_in(std::filesystem::path const& directory) {
  std::vector<std::filesystem::path> files;
  for (auto const& [name, file] : disk_.names_.seen()) {
    if (!name.ends_with('/') && directory_of(name) == directory.string()) files.emplace_back(name);
  }
  return files;
}

std::unique_ptr<db::File> SimFolder::open(std::filesystem::path const& path, Use use) {
  auto opened = disk_.open(path.string(), SimDisk::Kind::kBeside, use == Use::kWrite);
  if (opened.status == DiskStatus::kMissing) return nullptr;
  require(opened.status);
  return std::make_unique<SimFile>(disk_, std::move(opened.file), skips_flushes_);
}

Result<void> SimFolder::create(std::filesystem::path const& path) {
  require(disk_.create(path.string()));
  require(disk_.sync_names(path.parent_path().string()));
  return {};
}

Result<void> SimFolder::make_directory(std::filesystem::path const& path) {
  if (disk_.exists(path.string() + "/")) return {};
  require(disk_.make_directory(path.string()));
  require(disk_.sync_names(path.parent_path().string()));
  return {};
}

void SimFolder::remove(std::filesystem::path const& path) {
  auto const directory = path.string() + "/";
  static_cast<void>(disk_.remove(disk_.exists(directory) ? directory : path.string()));
}

/// From its depth up, as a kernel wants it.
void SimFolder::remove_all(std::filesystem::path const& directory) {
  std::vector<std::string> within;
  for (auto const& [name, file] : disk_.names_.seen()) {
    if (name.starts_with(directory.string() + "/")) within.push_back(name);
  }
  for (auto name = within.rbegin(); name != within.rend(); ++name) static_cast<void>(disk_.remove(*name));
}

bool SimFolder::is_empty(std::filesystem::path const& directory) {
  return std::ranges::none_of(disk_.names_.seen(),
                              [&](auto const& entry) { return directory_of(entry.first) == directory.string(); });
}

void SimFolder::rename(std::filesystem::path const& from, std::filesystem::path const& to) {
  require(disk_.rename(from.string(), to.string()));
  require(disk_.sync_names(to.parent_path().string()));
}

}  // namespace fieldnode::sim
