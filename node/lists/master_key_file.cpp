#include "node/lists/master_key_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "node/db/data_file.h"
#include "sync/crypto/hash.h"

namespace fieldnode::lists {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kOthersMask = S_IRWXG | S_IRWXO;

/// An open file, closed at the end.
class OpenFile {
 public:
  OpenFile(fs::path const& path, int flags, mode_t mode = 0)
      : descriptor_(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, mode)) {}
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

Refusal unreadable(fs::path const& path, std::string_view why) {
  return refuse(
      "key_file_unreadable",
      fmt::format("The key file {} cannot be read: {}. Make it a plain file that the service's own user owns.",
                  path.native(), why));
}

Refusal missing(fs::path const& path) {
  return refuse("key_file_missing",
                fmt::format("The key file {} is missing, and the contact data in the database cannot be read without "
                            "it: put it back from the backup of the keys.",
                            path.native()));
}

Refusal not_written(fs::path const& path, int error) {
  return refuse("key_file_not_written",
                fmt::format("The key file {} cannot be written: {}. Check the directory's owner "
                            "and the free space.",
                            path.native(), std::strerror(error)));
}

Result<void> require_private(fs::path const& path, OpenFile const& file) {
  struct stat facts {};
  if (::fstat(file.get(), &facts) != 0) return unreadable(path, std::strerror(errno));
  if (!S_ISREG(facts.st_mode)) return unreadable(path, "it is not a plain file");
  if ((facts.st_mode & kOthersMask) != 0) {
    return refuse("key_file_open_to_others",
                  fmt::format("Others than its owner may use the key file {} (mode {:04o}): run `chmod 600 {}`, and "
                              "replace the key if somebody may have copied it.",
                              path.native(), facts.st_mode & 07777U, path.native()));
  }
  ContactVault::MasterKey const key{};
  if (static_cast<std::uint64_t>(facts.st_size) == key.size()) return {};
  return refuse("key_file_wrong_size",
                fmt::format("The key file {} has {} bytes where a key has {}: it is damaged or another file; put the "
                            "right one back from the backup of the keys.",
                            path.native(), facts.st_size, key.size()));
}

bool write_all(int descriptor, BytesView bytes) {
  while (!bytes.empty()) {
    auto const written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return ::fsync(descriptor) == 0;
}

/// Puts the key under a passing name first, so that a power cut never leaves half a key under the real one.
Result<void> write_key_file(fs::path const& path, BytesView key) {
  auto const passing = fs::path(path.native() + ".new");
  ::unlink(passing.c_str());
  {
    OpenFile const file(passing, O_WRONLY | O_CREAT | O_EXCL, S_IRUSR | S_IWUSR);
    if (!file.is_open() || !write_all(file.get(), key)) return not_written(path, errno);
  }
  auto const linked = ::link(passing.c_str(), path.c_str()) == 0;
  auto const error = errno;
  ::unlink(passing.c_str());
  if (linked) return {};
  if (error != EEXIST) return not_written(path, error);
  return refuse("key_file_exists",
                fmt::format("There is a key file {} already, and a new key would make all that it sealed unreadable.",
                            path.native()));
}

}  // namespace

Result<ContactVault::MasterKey> load_master_key(fs::path const& path) {
  OpenFile const file(path, O_RDONLY | O_NONBLOCK);
  if (!file.is_open()) return errno == ENOENT ? missing(path) : unreadable(path, std::strerror(errno));
  if (auto const fit = require_private(path, file); !fit) return fit.error();
  ContactVault::MasterKey key{};
  if (::read(file.get(), key.data(), key.size()) != static_cast<ssize_t>(key.size())) {
    return unreadable(path, "it ended early");
  }
  return key;
}

Result<ContactVault::MasterKey> create_master_key(fs::path const& path, Random& random) {
  auto const key = crypto::make_seal_key(random);
  if (auto const written = write_key_file(path, key); !written) return written.error();
  db::sync_directory(db::directory_of(path));
  return key;
}

Result<ContactVault::MasterKey> open_master_key(fs::path const& path, db::Connection& connection, Random& random) {
  auto const sealed = connection.prepare("SELECT EXISTS (SELECT 1 FROM data_key)").one<bool>();
  auto key = load_master_key(path);
  if (!key && key.error().code == "key_file_missing" && !sealed) return create_master_key(path, random);
  if (!key) return key;
  ContactVault vault(*key, random);
  if (auto const fits = vault.require_key(connection); !fits) return fits.error();
  return key;
}

}  // namespace fieldnode::lists
