#include "node/db/folder.h"

#include <fmt/core.h>

#include <system_error>

#include "node/db/data_file.h"

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
  [[nodiscard]] Result<void> create(fs::path const& path) override { return create_private_file(path); }
  void remove(fs::path const& path) override {
    std::error_code ignored;
    fs::remove(path, ignored);
  }
  void rename(fs::path const& from, fs::path const& to) override {
    std::error_code error;
    fs::rename(from, to, error);
    if (error) {
      throw BrokenWorld(fmt::format("cannot rename {} to {}: {}", from.string(), to.string(), error.message()));
    }
    sync_directory(directory_of(to));
  }
};

}  // namespace

Folder& machine_folder() {
  static MachineFolder folder;
  return folder;
}

}  // namespace fieldnode::db
