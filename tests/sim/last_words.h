#pragma once

#include <functional>
#include <string>

namespace fieldnode::sim {

/// What the program says when a check() or a wild pointer ends it while this lives; the exit code is 1 then. One at a
/// time, but for a lifetime that begins when the other has ended.
class LastWords {
 public:
  explicit LastWords(std::string words);
  LastWords(LastWords const&) = delete;
  LastWords& operator=(LastWords const&) = delete;
  ~LastWords();
};

/// Runs `work` in a process of its own. False also when that process died.
[[nodiscard]] bool is_well_in_child(std::function<bool()> const& work);

}  // namespace fieldnode::sim
