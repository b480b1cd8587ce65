#pragma once

#include <iosfwd>

namespace fieldnode::cli {

/// Where a command speaks: answers to `out`, what went wrong and how far it is to `err`.
struct Console {
  std::ostream& out;
  std::ostream& err;
  bool chinese{};          ///< sentences of the law in the user's language
  bool err_is_terminal{};  ///< a line may be redrawn in place
  std::istream* in{};      ///< where somebody types; null: nobody does
};

/// Every command ends with one of these.
inline constexpr int kExitDone = 0;
inline constexpr int kExitFailed = 1;    ///< nothing that was typed could have prevented it
inline constexpr int kExitBadInput = 2;  ///< bad usage or input: type or bring something else

}  // namespace fieldnode::cli
