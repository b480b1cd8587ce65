#pragma once

#include <cstdint>
#include <string_view>

#include "sync/base/time.h"

namespace fieldnode::sim {

/// The history of a run, line by line: one hash over all of it, and on request every line on the screen.
class Trace {
 public:
  explicit Trace(bool aloud) : aloud_(aloud) {}

  void say(UtcTime truth, std::string_view line);
  /// FNV-1a over all lines so far: equal histories, equal hashes.
  [[nodiscard]] std::uint64_t hash() const { return hash_; }
  [[nodiscard]] std::uint64_t lines() const { return lines_; }

 private:
  void mix(std::string_view text);

  bool aloud_;
  std::uint64_t hash_{0xcbf29ce484222325};
  std::uint64_t lines_{0};
};

}  // namespace fieldnode::sim
