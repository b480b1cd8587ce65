#include "node/central/import/progress.h"

#include <fmt/format.h>

#include <algorithm>

namespace fieldnode::central {
namespace {

constexpr std::uint64_t kBarWidth = 24;
constexpr Milliseconds kRedrawEvery{100};
/// Earlier a rate is mostly noise.
constexpr Milliseconds kRateAfter{1000};
constexpr char const* kClearLine = "\r\x1b[K";

double share_of(ImportProgress const& progress) {
  return std::min(1.0, static_cast<double>(progress.bytes_done) / static_cast<double>(progress.bytes_total));
}

std::string bar_of(double share) {
  auto const full = static_cast<std::size_t>(share * static_cast<double>(kBarWidth));
  return fmt::format("[{}{}] {:3}%  ", std::string(full, '#'), std::string(kBarWidth - full, '-'),
                     static_cast<int>(share * 100));
}

std::string grouped(std::uint64_t number) {
  auto text = std::to_string(number);
  for (auto place = text.size(); place > 3;) text.insert(place -= 3, 1, ',');
  return text;
}

/// `45 s`, `3 min 05 s`, `2 h 10 min`.
std::string span_of(std::uint64_t seconds) {
  if (seconds < 60) return fmt::format("{} s", seconds);
  if (seconds < 3600) return fmt::format("{} min {:02} s", seconds / 60, seconds % 60);
  return fmt::format("{} h {:02} min", seconds / 3600, seconds / 60 % 60);
}

}  // namespace

std::string progress_line(ImportProgress const& progress) {
  std::string line = progress.bytes_total == 0 ? "" : bar_of(share_of(progress));
  line += grouped(progress.rows) + " rows";
  if (progress.elapsed < kRateAfter) return line;
  auto const seconds = static_cast<double>(progress.elapsed.count()) / 1000.0;
  line += fmt::format("  {} rows/s", grouped(static_cast<std::uint64_t>(static_cast<double>(progress.rows) / seconds)));
  if (progress.bytes_total == 0 || progress.bytes_done == 0) return line;
  auto const left = seconds * (1.0 / share_of(progress) - 1.0);
  return line + fmt::format("  {} left", span_of(static_cast<std::uint64_t>(left + 0.5)));
}

ProgressBar::ProgressBar(Clock const& clock, std::ostream& out, bool is_terminal, std::uint64_t bytes_total)
    : clock_(clock), out_(out), is_terminal_(is_terminal), bytes_total_(bytes_total), started_(clock.since_boot()) {}

void ProgressBar::show(std::uint64_t bytes_done, std::uint64_t rows) {
  if (!is_terminal_) return;
  auto const now = clock_.since_boot();
  if (drawn_ && now - *drawn_ < kRedrawEvery) return;
  draw(bytes_done, rows, now);
}

void ProgressBar::finish(std::uint64_t bytes_done, std::uint64_t rows) {
  if (!is_terminal_) return;
  draw(bytes_done, rows, clock_.since_boot());
  out_ << '\n' << std::flush;
}

void ProgressBar::draw(std::uint64_t bytes_done, std::uint64_t rows, Milliseconds now) {
  out_ << kClearLine
       << progress_line(
              {.bytes_done = bytes_done, .bytes_total = bytes_total_, .rows = rows, .elapsed = now - started_})
       << std::flush;
  drawn_ = now;
}

}  // namespace fieldnode::central
