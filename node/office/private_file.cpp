#include "node/office/private_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "node/db/data_file.h"

namespace fieldnode::office {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kOthersMask = S_IRWXG | S_IRWXO;
constexpr std::size_t kFileMaxBytes = 1024 * 1024;

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(Descriptor const&) = delete;
  Descriptor& operator=(Descriptor const&) = delete;
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  [[nodiscard]] int get() const { return value_; }

 private:
  int value_;
};

Refusal not_written(fs::path const& path, int error) {
  return refuse("file_not_written", fmt::format("{} cannot be written: {}. Check the directory's owner, its "
                                                "permissions and the free space.",
                                                path.native(), std::strerror(error)));
}

bool write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    auto const written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(descriptor) == 0;
}

Result<std::string> read_all(fs::path const& path, int descriptor) {
  std::string content(kFileMaxBytes, '\0');
  std::size_t size = 0;
  while (size < content.size()) {
    auto const got = ::read(descriptor, content.data() + size, content.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return refuse("file_unreadable", fmt::format("{}: {}.", path.native(), std::strerror(errno)));
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  content.resize(size);
  return content;
}

}  // namespace

Result<void> write_private_file(fs::path const& path, std::string_view content) {
  auto const passing = path.native() + ".new";
  ::unlink(passing.c_str());
  {
    Descriptor const file(
        ::open(passing.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
    if (file.get() < 0 || !write_all(file.get(), content)) return not_written(path, errno);
  }
  if (::rename(passing.c_str(), path.c_str()) != 0) return not_written(path, errno);
  db::sync_directory(db::directory_of(path));
  return {};
}

Result<std::string> read_private_file(fs::path const& path) {
  Descriptor const file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (file.get() < 0 && errno == ENOENT) {
    return refuse("file_missing",
                  fmt::format("{} is missing: put it back from the backup, or enrol this node anew.", path.native()));
  }
  struct stat facts {};
  if (file.get() < 0 || ::fstat(file.get(), &facts) != 0) {
    return refuse("file_unreadable", fmt::format("{} cannot be read: {}.", path.native(), std::strerror(errno)));
  }
  if (!S_ISREG(facts.st_mode)) return refuse("file_unreadable", path.native() + " is not a plain file.");
  if ((facts.st_mode & kOthersMask) != 0) {
    return refuse("file_open_to_others",
                  fmt::format("Others than its owner may use {} (mode {:04o}): run `chmod 600 {}`, and enrol anew if "
                              "somebody may have copied it.",
                              path.native(), facts.st_mode & 07777U, path.native()));
  }
  return read_all(path, file.get());
}

Result<void> make_private_directory(fs::path const& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return {};
  std::error_code failure;
  fs::create_directories(path.parent_path().empty() ? fs::path(".") : path.parent_path(), failure);
  if (failure) return not_written(path, failure.value());
  if (::mkdir(path.c_str(), S_IRWXU) != 0) return not_written(path, errno);
  return {};
}

}  // namespace fieldnode::office
