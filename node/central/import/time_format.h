#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "node/central/import/time_zone.h"
#include "sync/base/result.h"

namespace fieldnode::central {

/// A time as a column spells it: a wall clock's reading, and its offset from UTC when the text carries one.
struct WrittenTime {
  LocalTime local{};
  std::optional<std::chrono::minutes> offset;
};

/// A pattern of times, such as `%Y-%m-%dT%H:%M:%S` or `%Y年%m月%d日 %H:%M`.
class TimeFormat {
 public:
  /// Shape: %Y year (4 digits), %m month, %d day, %H hour 0-23, %I hour 1-12 with %p AM/PM, %M minute, %S second,
  /// %f fraction of a second, %z offset (Z, +08:00 or +0800), %% a percent sign; one blank stands for one or more; all
  /// else for itself. Year, month and day must be there; a time of day that is not is 00:00.
  /// Errors: bad_time_format says which part is wrong.
  [[nodiscard]] static Result<TimeFormat> parse(std::string_view pattern);

  /// Nothing when `text` has another form or names a day or time that does not exist. Numbers may lack leading zeros.
  [[nodiscard]] std::optional<WrittenTime> read(std::string_view text) const;

  [[nodiscard]] std::string const& pattern() const { return pattern_; }

 private:
  struct Part {
    char field{};  ///< the letter behind the percent sign; 0: a character that stands for itself
    char literal{};
  };
  std::string pattern_;
  std::vector<Part> parts_;
};

}  // namespace fieldnode::central
