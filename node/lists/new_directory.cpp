#include "node/lists/new_directory.h"

#include <fmt/format.h>

#include "node/db/data_file.h"
#include "node/db/private_file.h"

namespace fieldnode::lists {

namespace fs = std::filesystem;

NewDirectory::NewDirectory(fs::path target) : target_(std::move(target)), path_(fs::path(target_) += ".part") {}

NewDirectory::~NewDirectory() { remove(); }

Result<void> NewDirectory::make() {
  std::error_code ignored;
  if (fs::exists(target_, ignored) && !fs::is_empty(target_, ignored)) {
    return refuse("directory_not_empty",
                  fmt::format("{} is not empty: restore into a directory that is not there yet.", target_.native()));
  }
  remove();  // of a restore that was killed
  return db::make_private_directory(path_);
}

void NewDirectory::give_name() {
  std::error_code ignored;
  fs::remove(target_, ignored);  // empty, or not there
  fs::rename(path_, target_);
  db::sync_directory(db::directory_of(target_));
}

void NewDirectory::remove() {
  std::error_code ignored;  // what is left is named .part and taken by the next restore
  fs::remove_all(path_, ignored);
}

ScratchFile::ScratchFile(fs::path path) : path_(std::move(path)) {
  std::error_code ignored;
  fs::remove(path_, ignored);
}

ScratchFile::~ScratchFile() {
  std::error_code ignored;
  fs::remove(path_, ignored);
}

}  // namespace fieldnode::lists
