#include "node/db/data_file.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

namespace fieldnode::db {
namespace {

std::string words_of(int error) { return std::system_category().message(error); }

constexpr std::array<std::uint32_t, 14> kNetworkMagics{
    0x00006969,  // NFS
    0x0000517B,  // SMB
    0xFF534D42,  // CIFS
    0xFE534D42,  // SMB2
    0x01021997,  // 9p
    0x65735546,  // FUSE
    0x5346414F,  // OpenAFS
    0x6B414653,  // kernel AFS
    0x73757245,  // Coda
    0x0000564C,  // NCP
    0x00C36400,  // Ceph
    0x01161970,  // GFS2
    0x7461636F,  // OCFS2
    0x0BD00BD0,  // Lustre
};

}  // namespace

bool is_network_filesystem(std::uint32_t magic) {
  return std::find(kNetworkMagics.begin(), kNetworkMagics.end(), magic) != kNetworkMagics.end();
}

std::filesystem::path directory_of(std::filesystem::path const& path) {
  auto const directory = path.parent_path();
  return directory.empty() ? std::filesystem::path(".") : directory;
}

Result<void> require_local_disk(std::filesystem::path const& path) {
  auto const directory = directory_of(path);
  struct statfs info {};
  if (::statfs(directory.c_str(), &info) != 0) return refuse_file(path, errno);
  if (!is_network_filesystem(static_cast<std::uint32_t>(info.f_type))) return {};
  return refuse("network_filesystem",
                fmt::format("{} lies on a network or FUSE file system, where a database can be damaged: put the data "
                            "directory on a disk of this machine.",
                            directory.string()));
}

Result<void> create_private_file(std::filesystem::path const& path) {
  // An existing file is not opened: closing it again would drop the locks of any connection this process has on it.
  int const descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor >= 0) {
    ::close(descriptor);
    sync_directory(directory_of(path));
    return {};
  }
  if (errno != EEXIST) return refuse_file(path, errno);
  if (::chmod(path.c_str(), 0600) != 0) return refuse_file(path, errno);
  return {};
}

Result<void> sync_file(std::filesystem::path const& path) {
  int const descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  int const synced = descriptor < 0 ? -1 : ::fsync(descriptor);
  int const error = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (synced != 0) return refuse_file(path, error);
  return {};
}

void sync_directory(std::filesystem::path const& directory) {
  int const descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int const synced = descriptor < 0 ? -1 : ::fsync(descriptor);
  int const error = errno;
  if (descriptor >= 0) ::close(descriptor);
  // EINVAL: a file system that has no such thing (vfat on a stick); its names are written at once anyway.
  if (synced != 0 && error != EINVAL) {
    throw BrokenWorld(fmt::format("cannot sync the directory {}: {}", directory.string(), words_of(error)));
  }
}

bool directory_is_writable(std::filesystem::path const& path) {
  return ::faccessat(AT_FDCWD, directory_of(path).c_str(), W_OK, AT_EACCESS) == 0;
}

Refusal refuse_file(std::filesystem::path const& path, int error) {
  if (error == ENOENT || error == ENOTDIR) {
    return refuse("no_data_directory", fmt::format("The directory {} does not exist: create it, or correct the data "
                                                   "directory in the configuration.",
                                                   directory_of(path).string()));
  }
  if (error == EACCES || error == EPERM || error == EROFS) {
    return refuse("storage_read_only",
                  fmt::format("{} cannot be written ({}): give the service's user write permission to the directory, "
                              "or remount the disk read-write.",
                              path.string(), words_of(error)));
  }
  return refuse("storage_failed", fmt::format("{} cannot be opened ({}): check the disk and its free space.",
                                              path.string(), words_of(error)));
}

}  // namespace fieldnode::db
