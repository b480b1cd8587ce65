#include "node/db/private_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "node/db/data_file.h"

namespace fieldnode::db {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kOthersMask = S_IRWXG | S_IRWXO;

class OpenFile {
 public:
  OpenFile(fs::path const& path, int flags)
      : descriptor_(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR)) {}
  OpenFile(OpenFile const&) = delete;
  OpenFile& operator=(OpenFile const&) = delete;
  ~OpenFile() {
    if (is_open()) ::close(descriptor_);
  }
  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  [[nodiscard]] int get() const { return descriptor_; }

 private:
  int descriptor_;
};

bool write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    auto const written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(descriptor) == 0;
}

Refusal not_written(fs::path const& path) {
  return refuse("file_not_written",
                fmt::format("{} cannot be written: {}. Check the directory's owner and the free space.", path.native(),
                            std::strerror(errno)));
}

Refusal unreadable(fs::path const& path, std::string_view why) {
  return refuse("file_unreadable",
                fmt::format("{} cannot be read: {}. It must be a plain file that the service's own user owns.",
                            path.native(), why));
}

Result<std::string> read_all(fs::path const& path, OpenFile const& file, std::size_t max_bytes) {
  std::string content(max_bytes + 1, '\0');
  std::size_t have = 0;
  while (have < content.size()) {
    auto const read = ::read(file.get(), content.data() + have, content.size() - have);
    if (read < 0 && errno == EINTR) continue;
    if (read < 0) return unreadable(path, std::strerror(errno));
    if (read == 0) break;
    have += static_cast<std::size_t>(read);
  }
  if (have > max_bytes) return unreadable(path, fmt::format("it has more than {} bytes", max_bytes));
  content.resize(have);
  return content;
}

}  // namespace

Result<void> write_private_file(fs::path const& path, std::string_view content) {
  auto const passing = fs::path(path.native() + ".new");
  {
    OpenFile const file(passing, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file.is_open() || ::fchmod(file.get(), S_IRUSR | S_IWUSR) != 0) return not_written(path);
    if (!write_all(file.get(), content)) return not_written(path);
  }
  if (::rename(passing.c_str(), path.c_str()) != 0) return not_written(path);
  sync_directory(directory_of(path));
  return {};
}

Result<std::string> read_private_file(fs::path const& path, std::size_t max_bytes) {
  OpenFile const file(path, O_RDONLY);
  if (!file.is_open() && errno == ENOENT) {
    return refuse("file_missing", fmt::format("{} is missing: put it back from the backup.", path.native()));
  }
  struct stat facts {};
  if (!file.is_open() || ::fstat(file.get(), &facts) != 0) return unreadable(path, std::strerror(errno));
  if (!S_ISREG(facts.st_mode)) return unreadable(path, "it is not a plain file");
  if ((facts.st_mode & kOthersMask) != 0) {
    return refuse("file_open_to_others",
                  fmt::format("Others than its owner may use {} (mode {:04o}): run `chmod 600 {}`, and replace what is "
                              "in it if somebody may have copied it.",
                              path.native(), facts.st_mode & 07777U, path.native()));
  }
  return read_all(path, file, max_bytes);
}

Result<void> make_private_directory(fs::path const& path) {
  std::error_code failure;
  if (fs::is_directory(path, failure)) return {};
  fs::create_directories(directory_of(path), failure);
  if (failure) {
    errno = failure.value();
    return not_written(path);
  }
  if (::mkdir(path.c_str(), S_IRWXU) != 0) return not_written(path);
  sync_directory(directory_of(path));
  return {};
}

}  // namespace fieldnode::db
