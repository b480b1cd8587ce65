#pragma once

#include <iosfwd>

#include "sync/base/result.h"

namespace fieldnode::central {

/// Where a command speaks: answers to `out`, what went wrong and how far it is to `err`.
struct Console {
  std::ostream& out;
  std::ostream& err;
  bool err_is_terminal{};
};

/// Every command ends with one of these.
inline constexpr int kExitDone = 0;
inline constexpr int kExitFailed = 1;    ///< the world did not allow it
inline constexpr int kExitBadInput = 2;  ///< bad usage or input

/// Says what was refused (with `json` as `{"error":{"code","sentence"}}`) and gives the exit code that fits it.
int print_refusal(Refusal const& refusal, bool json, Console const& console);

}  // namespace fieldnode::central
