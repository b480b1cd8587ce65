#include "node/lists/new_directory.h"

#include <fmt/format.h>

namespace fieldnode::lists {

namespace fs = std::filesystem;

NewDirectory::NewDirectory(fs::path target, db::Folder& folder)
    : target_(std::move(target)), folder_(folder), path_(fs::path(target_) += ".part") {}

NewDirectory::~NewDirectory() { remove(); }

Result<void> NewDirectory::make() {
  if (!folder_.is_empty(target_)) {
    return refuse("directory_not_empty",
                  fmt::format("{} is not empty: restore into a directory that is not there yet.", target_.native()));
  }
  remove();  // of a restore that was killed
  return folder_.make_directory(path_);
}

void NewDirectory::give_name() {
  folder_.remove(target_);  // empty, or not there
  folder_.rename(path_, target_);
}

/// What is left is named .part and taken by the next restore.
void NewDirectory::remove() { folder_.remove_all(path_); }

ScratchFile::ScratchFile(fs::path path) : path_(std::move(path)) {
  std::error_code ignored;
  fs::remove(path_, ignored);
}

ScratchFile::~ScratchFile() {
  std::error_code ignored;
  fs::remove(path_, ignored);
}

}  // namespace fieldnode::lists
