#include "node/web/bundle_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "node/db/data_file.h"

namespace fieldnode::web {
namespace {

namespace fs = std::filesystem;

Refusal not_written(fs::path const& path) {
  return refuse("stick_not_written", fmt::format("{} cannot be written: {}. Check that the stick is in, is not write "
                                                 "protected and has room.",
                                                 path.native(), std::strerror(errno)));
}

Refusal unreadable(fs::path const& path) {
  return refuse("stick_unreadable", fmt::format("{} cannot be read: {}. Put the stick in again and repeat; what was "
                                                "taken in before stays and does no harm.",
                                                path.native(), std::strerror(errno)));
}

}  // namespace

Result<std::unique_ptr<BundleFile>> BundleFile::create(fs::path const& to, std::string_view name) {
  std::error_code ignored;
  std::unique_ptr<BundleFile> file(new BundleFile(fs::is_directory(to, ignored) ? to / name : to));
  file->descriptor_ = ::open(file->passing_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file->descriptor_ < 0) return not_written(file->path_);
  return file;
}

BundleFile::BundleFile(fs::path path) : path_(std::move(path)), passing_(path_.native() + ".part") {}

BundleFile::~BundleFile() {
  if (descriptor_ < 0) return;
  close();
  ::unlink(passing_.c_str());
}

void BundleFile::close() {
  ::close(descriptor_);
  descriptor_ = -1;
}

Result<void> BundleFile::put(BytesView bytes) {
  while (!bytes.empty()) {
    auto const written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return not_written(path_);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> BundleFile::finish() {
  if (::fsync(descriptor_) != 0) return not_written(path_);
  if (::rename(passing_.c_str(), path_.c_str()) != 0) return not_written(path_);
  close();
  db::sync_directory(db::directory_of(path_));
  return {};
}

Result<std::unique_ptr<BundleFileSource>> BundleFileSource::open(fs::path const& path) {
  int const descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat facts {};
  if (descriptor >= 0 && ::fstat(descriptor, &facts) == 0 && S_ISREG(facts.st_mode)) {
    return std::unique_ptr<BundleFileSource>(new BundleFileSource(path, descriptor));
  }
  auto const why = descriptor < 0 ? std::strerror(errno) : "it is not a plain file";
  if (descriptor >= 0) ::close(descriptor);
  return refuse("no_bundle_file", fmt::format("{} cannot be opened: {}; name a bundle's file.", path.native(), why));
}

BundleFileSource::~BundleFileSource() { ::close(descriptor_); }

Result<Bytes> BundleFileSource::take(std::size_t size) {
  Bytes bytes(size);
  std::size_t have = 0;
  while (have < size) {
    auto const read = ::read(descriptor_, bytes.data() + have, size - have);
    if (read < 0 && errno == EINTR) continue;
    if (read < 0) return unreadable(path_);
    if (read == 0) break;
    have += static_cast<std::size_t>(read);
  }
  bytes.resize(have);
  return bytes;
}

Result<void> BundleFileSource::rewind() {
  if (::lseek(descriptor_, 0, SEEK_SET) != 0) return unreadable(path_);
  return {};
}

}  // namespace fieldnode::web
