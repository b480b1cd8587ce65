#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace fieldnode::db {

/// A directory of its own on a real disk, removed with the object.
class TempDirectory {
 public:
  TempDirectory() {
    auto pattern = (std::filesystem::temp_directory_path() / "fieldnode_db_XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
    path_ = pattern;
  }
  TempDirectory(TempDirectory const&) = delete;
  TempDirectory& operator=(TempDirectory const&) = delete;
  ~TempDirectory() {
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
    std::filesystem::remove_all(path_);
  }

  [[nodiscard]] std::filesystem::path const& path() const { return path_; }
  [[nodiscard]] std::filesystem::path database() const { return path_ / "node.db"; }

 private:
  std::filesystem::path path_;
};

/// Root may write anywhere, so a test of missing rights acts as nobody while this lives.
class WithoutRoot {
 public:
  WithoutRoot() {
    if (::geteuid() == 0 && ::seteuid(65534) != 0) throw std::runtime_error("cannot give up root");
  }
  WithoutRoot(WithoutRoot const&) = delete;
  WithoutRoot& operator=(WithoutRoot const&) = delete;
  ~WithoutRoot() {
    if (::getuid() == 0 && ::seteuid(0) != 0) std::abort();
  }
};

}  // namespace fieldnode::db
