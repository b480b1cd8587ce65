#include "node/blobs/disk_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace fieldnode::blobs {
namespace {

bool is_full(int error) { return error == ENOSPC || error == EDQUOT; }

[[noreturn]] void broken(std::filesystem::path const& path, char const* what) {
  throw BrokenWorld(fmt::format("{}: cannot {}: {}", path.native(), what, std::strerror(errno)));
}

}  // namespace

Refusal disk_full() {
  return refuse("disk_full",
                "The disk has no room for this file; what came so far is kept. Make room, or ask your administrator.");
}

DiskFile::DiskFile(std::filesystem::path const& path, Use use) : path_(path) {
  int const flags = use == Use::kRead ? O_RDONLY : O_RDWR | O_CREAT;
  descriptor_ = ::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor_ < 0 && errno != ENOENT) fail("open the file");
}

DiskFile::~DiskFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::uint64_t DiskFile::size() const {
  struct stat facts {};
  if (::fstat(descriptor_, &facts) != 0) fail("look at the file");
  return static_cast<std::uint64_t>(facts.st_size);
}

Bytes DiskFile::read(std::uint64_t offset, std::size_t most) const {
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

Result<void> DiskFile::write(std::uint64_t offset, BytesView bytes) const {
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

void DiskFile::cut_to(std::uint64_t size) const {
  if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0) fail("cut off what is half written");
}

Result<void> DiskFile::flush() const {
  if (::fsync(descriptor_) == 0) return {};
  if (is_full(errno)) return disk_full();
  fail("bring the file to the disk");
}

void DiskFile::fail(char const* what) const { broken(path_, what); }

void flush_directory(std::filesystem::path const& path) {
  int const descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) broken(path, "open the directory");
  int const flushed = ::fsync(descriptor);
  ::close(descriptor);
  if (flushed != 0) broken(path, "bring the directory to the disk");
}

}  // namespace fieldnode::blobs
