#include "tests/sim/trace.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>

namespace fieldnode::sim {

void Trace::say(UtcTime truth, std::string_view line) {
  auto const stamp = std::to_string(ms_of(truth));
  mix(stamp);
  mix(line);
  ++lines_;
  if (!aloud_) return;
  auto const seconds = std::chrono::floor<std::chrono::seconds>(truth);
  auto const day = std::chrono::floor<std::chrono::days>(seconds);
  std::chrono::year_month_day const date(day);
  std::chrono::hh_mm_ss const time(truth - day);
  fmt::print("{:04}-{:02}-{:02} {:02}:{:02}:{:02}.{:03}  {}\n", static_cast<int>(date.year()),
             static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), time.hours().count(),
             time.minutes().count(), time.seconds().count(), time.subseconds().count(), line);
}

void Trace::mix(std::string_view text) {
  for (unsigned char const c : text) hash_ = (hash_ ^ c) * 0x100000001b3;
  hash_ = (hash_ ^ 0x0aU) * 0x100000001b3;
}

}  // namespace fieldnode::sim
