#pragma once

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>

#include "sync/base/clock.h"
#include "sync/base/time.h"

namespace fieldnode::central {

/// How far an import has come.
struct ImportProgress {
  std::uint64_t bytes_done{};
  std::uint64_t bytes_total{};  ///< 0: not known, as for a pipe
  std::uint64_t rows{};
  Milliseconds elapsed{};
};

/// One line for a person: bar, share, rows, rate, remaining time. Without a known total, or before the first second,
/// what cannot be told is left out.
[[nodiscard]] std::string progress_line(ImportProgress const& progress);

/// Redraws `progress_line` in place on a terminal, at most ten times a second; on anything else it writes nothing.
class ProgressBar {
 public:
  ProgressBar(Clock const& clock, std::ostream& out, bool is_terminal, std::uint64_t bytes_total);

  void show(std::uint64_t bytes_done, std::uint64_t rows);
  /// The last state, and a line end.
  void finish(std::uint64_t bytes_done, std::uint64_t rows);

 private:
  void draw(std::uint64_t bytes_done, std::uint64_t rows, Milliseconds now);

  Clock const& clock_;
  std::ostream& out_;
  bool is_terminal_;
  std::uint64_t bytes_total_;
  Milliseconds started_;
  std::optional<Milliseconds> drawn_;
};

}  // namespace fieldnode::central
