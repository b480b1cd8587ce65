#pragma once

#include <filesystem>
#include <string>

#include "sync/base/result.h"

namespace fieldnode::db {

/// What is done with the names of database files outside SQLite. Implementations: the machine's folders; a simulated
/// disk, so that a power cut can come between any two of these as well.
class Folder {
 public:
  virtual ~Folder() = default;

  /// The SQLite VFS that reads and writes what has its name here.
  [[nodiscard]] virtual std::string vfs() const = 0;
  [[nodiscard]] virtual bool has(std::filesystem::path const& path) = 0;
  /// An empty file that only its owner may read; its name is durable. Errors: those of `create_private_file`.
  [[nodiscard]] virtual Result<void> create(std::filesystem::path const& path) = 0;
  /// Not there afterwards, unless the system refuses: whoever needs the name meets it again.
  virtual void remove(std::filesystem::path const& path) = 0;
  /// In place of what had the name; durable when it returns. Errors: a BrokenWorld.
  virtual void rename(std::filesystem::path const& from, std::filesystem::path const& to) = 0;
};

/// The machine's folders, written without locks: for files that nobody else uses, also on a stick or a network disk.
[[nodiscard]] Folder& machine_folder();

}  // namespace fieldnode::db
