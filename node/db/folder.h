#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sync/base/bytes.h"
#include "sync/base/result.h"

namespace fieldnode::db {

/// An open file of a folder, closed with the object. Thread: one at a time. Errors of every call: a BrokenWorld with
/// the system's reason.
class File {
 public:
  virtual ~File() = default;

  [[nodiscard]] virtual std::uint64_t size() = 0;
  /// At most `most` bytes; fewer at the end of the file.
  [[nodiscard]] virtual Bytes read(std::uint64_t offset, std::size_t most) = 0;
  /// Errors: `disk_full`.
  [[nodiscard]] virtual Result<void> write(std::uint64_t offset, BytesView bytes) = 0;
  virtual void cut_to(std::uint64_t size) = 0;
  /// The content is on disk when it returns; the name is another matter. Errors: `disk_full`.
  [[nodiscard]] virtual Result<void> flush() = 0;
};

/// What is done with files and names outside SQLite. Implementations: the machine's folders; a simulated disk, so that
/// a power cut can come between any two of these as well, and take what was not flushed.
class Folder {
 public:
  /// kWrite makes the file, which only its owner may read, where there is none; it reads, too.
  enum class Use { kRead, kWrite };

  virtual ~Folder() = default;

  /// The SQLite VFS that reads and writes what has its name here.
  [[nodiscard]] virtual std::string vfs() const = 0;
  [[nodiscard]] virtual bool has(std::filesystem::path const& path) = 0;
  /// The plain files that stand in a directory; none where it is missing.
  [[nodiscard]] virtual std::vector<std::filesystem::path> files_in(std::filesystem::path const& directory) = 0;
  /// Null where kRead finds none. Errors: a BrokenWorld.
  [[nodiscard]] virtual std::unique_ptr<File> open(std::filesystem::path const& path, Use use) = 0;
  /// An empty file that only its owner may read; its name is durable. Errors: those of `create_private_file`.
  [[nodiscard]] virtual Result<void> create(std::filesystem::path const& path) = 0;
  /// The same of a directory; one that is there stays as it is. Errors: `file_not_written`.
  [[nodiscard]] virtual Result<void> make_directory(std::filesystem::path const& path) = 0;
  /// Not there afterwards, unless the system refuses: whoever needs the name meets it again.
  virtual void remove(std::filesystem::path const& path) = 0;
  /// The same of a directory with all that is in it.
  virtual void remove_all(std::filesystem::path const& directory) = 0;
  /// Nothing is in the directory; one that is not there is empty, too.
  [[nodiscard]] virtual bool is_empty(std::filesystem::path const& directory) = 0;
  /// In place of what had the name; durable when it returns. Errors: a BrokenWorld.
  virtual void rename(std::filesystem::path const& from, std::filesystem::path const& to) = 0;
  /// What may still be written there; nothing where the system does not say.
  [[nodiscard]] virtual std::optional<std::uint64_t> room(std::filesystem::path const& directory) = 0;
};

/// The machine's folders, written without locks: for files that nobody else uses, also on a stick or a network disk.
[[nodiscard]] Folder& machine_folder();

/// Puts `content` under `path`, on disk and whole, in place of what was there: after a power cut the name holds the old
/// content or the new. Passes through a file of that name with the ending `.new`. Errors: `disk_full`; a BrokenWorld.
[[nodiscard]] Result<void> replace_file(Folder& folder, std::filesystem::path const& path, BytesView content);

[[nodiscard]] Refusal disk_full();

}  // namespace fieldnode::db
