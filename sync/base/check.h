#pragma once

#include <source_location>
#include <string_view>

namespace fieldnode {

/// Ends the program with the place and `why`: a broken program must not go on writing evidence.
[[noreturn]] void fail_check(std::string_view why, std::source_location where);

/// Guards what only a defect in this program can break; on in release, never used on input.
inline void check(bool holds, std::string_view why, std::source_location where = std::source_location::current()) {
  if (!holds) [[unlikely]] {
    fail_check(why, where);
  }
}

}  // namespace fieldnode
