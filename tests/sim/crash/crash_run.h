#pragma once

#include <cstdint>
#include <string>

#include "tests/sim/crash/crash_story.h"

namespace fieldnode::sim {

/// What stopping a story at each of its calls has shown.
struct CrashFindings {
  std::uint64_t calls{};  ///< of the disk, when nobody stops it, in the steps that are stopped
  std::uint64_t stops{};
  std::uint64_t wrong{};
  std::string first;  ///< what was wrong first, with how to repeat it
};

/// Stops the story at every call in every loss mode; opens it again, compares, lets it come to its end. With a planted
/// fault only until that is seen.
[[nodiscard]] CrashFindings stop_everywhere(CrashTale const& tale, Planted planted);

/// The same at drawn calls; each second time the power goes again while it comes up.
[[nodiscard]] CrashFindings stop_anywhere(CrashTale const& tale, std::uint64_t seed, std::uint64_t times);

}  // namespace fieldnode::sim
