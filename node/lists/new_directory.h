#pragma once

#include <filesystem>

#include "node/db/folder.h"
#include "sync/base/result.h"

namespace fieldnode::lists {

/// A data directory while it is being made, under the name `<target>.part`; gone unless it got its name, so that a
/// directory under that name is always whole.
class NewDirectory {
 public:
  explicit NewDirectory(std::filesystem::path target, db::Folder& folder = db::machine_folder());
  NewDirectory(NewDirectory const&) = delete;
  NewDirectory& operator=(NewDirectory const&) = delete;
  ~NewDirectory();

  [[nodiscard]] std::filesystem::path const& path() const { return path_; }
  /// Errors: `directory_not_empty` when the target holds something; those of `Folder::make_directory`.
  [[nodiscard]] Result<void> make();
  /// Shape: what is in it is on disk.
  void give_name();

 private:
  void remove();

  std::filesystem::path target_;
  db::Folder& folder_;
  std::filesystem::path path_;
};

/// A file that is gone with the object, and one that a killed program left before it.
class ScratchFile {
 public:
  explicit ScratchFile(std::filesystem::path path);
  ScratchFile(ScratchFile const&) = delete;
  ScratchFile& operator=(ScratchFile const&) = delete;
  ~ScratchFile();
  [[nodiscard]] std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace fieldnode::lists
