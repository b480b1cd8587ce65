#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "tests/sim/disk/sim_disk.h"

namespace fieldnode::sim {

/// A number for all rows of each table: two databases that say the same have the same print. Freshly opened, from what
/// the disk would show to whoever opens it now.
struct DatabasePrint {
  std::map<std::string, std::uint64_t> tables;
  std::string damage;  ///< what `integrity_check` found, or why it does not open

  friend bool operator==(DatabasePrint const&, DatabasePrint const&) = default;
};

[[nodiscard]] DatabasePrint print_of(DiskImage const& image, std::string const& file, std::uint32_t application_id);

/// The tables in which two prints differ, or their damage.
[[nodiscard]] std::string difference(DatabasePrint const& left, DatabasePrint const& right);

}  // namespace fieldnode::sim
