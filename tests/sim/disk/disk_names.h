#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/sim/disk/disk_file.h"

namespace fieldnode::sim {

/// The names of a disk as the kernel shows them and as the disk holds them. Those of one directory become durable
/// together, when it is synced, and apart from those of every other. A directory is itself a name, one that ends with
/// '/'; what lies in it is gone where its name is. The top directory has none and is always there.
class DiskNames {
 public:
  using File = std::shared_ptr<DiskFile>;
  using Names = std::map<std::string, File>;

  [[nodiscard]] Names const& seen() const { return seen_; }
  [[nodiscard]] bool has(std::string const& name) const { return seen_.contains(name); }
  /// Null: there is none.
  [[nodiscard]] File find(std::string const& name) const;

  void put(std::string const& name, File file);
  void erase(std::string const& name);
  /// A file, or a directory with all that is in it. Shape: within one directory; `from` is there.
  void move(std::string const& from, std::string const& to);
  /// What stands in this directory is durable now; not what stands in those within it.
  void sync(std::string_view directory);
  void sync_all();
  /// Other names, all of them durable.
  void replace(Names names);

  /// Gives whether a name is lost, or a deleted one back.
  bool lose_power(LossMode mode, Random& random);

 private:
  /// One call, which is done wholly or not at all.
  struct Change {
    std::string directory;
    std::vector<std::pair<std::string, File>> entries;  ///< no file: gone
    std::string moved_from{};                           ///< a directory with what is in it; empty: none
    std::string moved_to{};
  };

  void make(Change change);
  static void apply(Change const& change, Names& names);
  static void drop_what_hangs_in_the_air(Names& names);

  Names seen_;
  Names durable_;
  std::vector<Change> changes_;  // not durable yet, in order
};

/// "" for a name at the top.
[[nodiscard]] std::string directory_of(std::string_view name);

}  // namespace fieldnode::sim
