#include "node/db/machine_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace fieldnode::db {
namespace {

bool is_full(int error) { return error == ENOSPC || error == EDQUOT; }

}  // namespace

MachineFile::MachineFile(std::filesystem::path const& path, Folder::Use use) : path_(path) {
  int const flags = use == Folder::Use::kRead ? O_RDONLY : O_RDWR | O_CREAT;
  descriptor_ = ::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600);
  bool const is_only_missing = use == Folder::Use::kRead && errno == ENOENT;
  if (descriptor_ < 0 && !is_only_missing) fail("open the file");
}

MachineFile::~MachineFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::uint64_t MachineFile::size() {
  struct stat facts {};
  if (::fstat(descriptor_, &facts) != 0) fail("look at the file");
  return static_cast<std::uint64_t>(facts.st_size);
}

Bytes MachineFile::read(std::uint64_t offset, std::size_t most) {
  Bytes bytes(most);
  std::size_t held = 0;
  while (held < most) {
    auto const got = ::pread(descriptor_, bytes.data() + held, most - held, static_cast<off_t>(offset + held));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("read");
    if (got == 0) break;
    held += static_cast<std::size_t>(got);
  }
  bytes.resize(held);
  return bytes;
}

Result<void> MachineFile::write(std::uint64_t offset, BytesView bytes) {
  while (!bytes.empty()) {
    auto const put = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (put < 0 && errno == EINTR) continue;
    if (put < 0 && is_full(errno)) return disk_full();
    if (put < 0) fail("write");
    offset += static_cast<std::uint64_t>(put);
    bytes = bytes.subspan(static_cast<std::size_t>(put));
  }
  return {};
}

void MachineFile::cut_to(std::uint64_t size) {
  if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0) fail("cut off what is half written");
}

Result<void> MachineFile::flush() {
  if (::fsync(descriptor_) == 0) return {};
  if (is_full(errno)) return disk_full();
  fail("bring the file to the disk");
}

void MachineFile::fail(char const* what) const {
  throw BrokenWorld(fmt::format("{}: cannot {}: {}", path_.native(), what, std::strerror(errno)));
}

}  // namespace fieldnode::db
