#pragma once

#include <iosfwd>

namespace fieldnode::office {

/// Where a command speaks: answers to `out`, what went wrong to `err`, sentences of the law in the user's language.
struct Console {
  std::ostream& out;
  std::ostream& err;
  bool chinese{};
};

/// Every command ends with one of these.
inline constexpr int kExitDone = 0;
inline constexpr int kExitFailed = 1;    ///< the world did not allow it
inline constexpr int kExitBadInput = 2;  ///< bad usage or input

}  // namespace fieldnode::office
