#include "node/db/lock_file.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>

#include "node/db/data_file.h"

namespace fieldnode::db {
namespace {

std::string read_owner(int descriptor) {
  std::array<char, 32> text{};
  auto const size = ::pread(descriptor, text.data(), text.size(), 0);
  std::string owner(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  owner.erase(owner.find_last_not_of('\n') + 1);
  return owner.empty() ? "unknown" : owner;
}

/// Only for the sentence that the next process prints: a failure to write it takes nothing away from the lock.
void write_owner(int descriptor) {
  auto const owner = fmt::format("{}\n", ::getpid());
  if (::ftruncate(descriptor, 0) != 0) return;
  [[maybe_unused]] auto const written = ::pwrite(descriptor, owner.data(), owner.size(), 0);
}

}  // namespace

Result<LockFile> LockFile::take(std::filesystem::path const& path) {
  int const descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) return refuse_file(path, errno);
  LockFile lock(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return refuse_file(path, errno);
    return refuse("database_in_use",
                  fmt::format("Another program (process {}) has this database open, {} is locked: stop it first, or "
                              "send your command to the running service.",
                              read_owner(descriptor), path.string()));
  }
  write_owner(descriptor);
  return lock;
}

LockFile::~LockFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace fieldnode::db
