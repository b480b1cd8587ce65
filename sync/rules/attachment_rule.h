#pragma once

#include <cstdint>

namespace fieldnode::rules {

/// How much an act may attach and an office may keep. The measures are silent about it: each number is a choice that a
/// city changes with its policy. Units: MiB, save `per_act_max`.
struct AttachmentRule {
  std::uint32_t each_mib{2048};         ///< one file
  std::uint32_t per_act_max{20};        ///< files of one act
  std::uint32_t assignment_mib{8192};   ///< all files of one assignment
  std::uint32_t node_mib{200 * 1024};   ///< all files of one node
  std::uint32_t disk_reserve_mib{512};  ///< left free on the disk, so that acts can always be saved

  friend bool operator==(AttachmentRule const&, AttachmentRule const&) = default;
};

}  // namespace fieldnode::rules
