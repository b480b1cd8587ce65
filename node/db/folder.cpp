#include "node/db/folder.h"

#include <fmt/core.h>

#include <system_error>

#include "node/db/data_file.h"
#include "node/db/machine_file.h"
#include "node/db/private_file.h"

namespace fieldnode::db {
namespace {

namespace fs = std::filesystem;

class MachineFolder final : public Folder {
 public:
  [[nodiscard]] std::string vfs() const override { return "unix-none"; }
  [[nodiscard]] bool has(fs::path const& path) override {
    std::error_code unknown;  // then making the file tells why
    return fs::exists(path, unknown);
  }
  [[nodiscard]] std::vector<fs::path> files_in(fs::path const& directory) override {
    std::error_code missing;
    std::vector<fs::path> files;
    for (auto const& entry : fs::directory_iterator(directory, missing)) {
      if (entry.is_regular_file(missing)) files.push_back(entry.path());
    }
    return files;
  }
  [[nodiscard]] std::unique_ptr<File> open(fs::path const& path, Use use) override {
    auto file = std::make_unique<MachineFile>(path, use);
    if (!file->is_open()) return nullptr;
    return file;
  }
  [[nodiscard]] Result<void> create(fs::path const& path) override { return create_private_file(path); }
  [[nodiscard]] Result<void> make_directory(fs::path const& path) override { return make_private_directory(path); }
  void remove(fs::path const& path) override {
    std::error_code ignored;
    fs::remove(path, ignored);
  }
  void remove_all(fs::path const& directory) override {
    std::error_code ignored;
    fs::remove_all(directory, ignored);
  }
  [[nodiscard]] bool is_empty(fs::path const& directory) override {
    std::error_code unknown;  // then making it tells why
    return !fs::exists(directory, unknown) || fs::is_empty(directory, unknown);
  }
  void rename(fs::path const& from, fs::path const& to) override {
    std::error_code error;
    fs::rename(from, to, error);
    if (error) {
      throw BrokenWorld(fmt::format("cannot rename {} to {}: {}", from.string(), to.string(), error.message()));
    }
    sync_directory(directory_of(to));
  }
  [[nodiscard]] std::optional<std::uint64_t> room(fs::path const& directory) override {
    std::error_code unknown;
    auto const space = fs::space(directory, unknown);
    return unknown ? std::nullopt : std::optional<std::uint64_t>(space.available);
  }
};

}  // namespace

Folder& machine_folder() {
  static MachineFolder folder;
  return folder;
}

Result<void> replace_file(Folder& folder, fs::path const& path, BytesView content) {
  auto const passing = fs::path(path).replace_extension(".new");
  {
    auto const file = folder.open(passing, Folder::Use::kWrite);
    file->cut_to(0);  // of one that was killed
    if (auto const written = file->write(0, content); !written) return written;
    if (auto const flushed = file->flush(); !flushed) return flushed;
  }
  folder.rename(passing, path);
  return {};
}

Refusal disk_full() {
  return refuse("disk_full",
                "The disk has no room for this file; what came so far is kept. Make room, or ask your administrator.");
}

}  // namespace fieldnode::db
