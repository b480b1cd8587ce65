#include "node/central/import/progress.h"

#include <gtest/gtest.h>

#include <sstream>

namespace fieldnode::central {
namespace {

class HandClock final : public Clock {
 public:
  [[nodiscard]] UtcTime wall() const override { return {}; }
  [[nodiscard]] Milliseconds since_boot() const override { return now; }
  [[nodiscard]] Milliseconds awake() const override { return now; }
  [[nodiscard]] std::string boot_id() const override { return "boot"; }

  Milliseconds now{500'000};
};

TEST(ProgressLine, SaysShareRowsRateAndRemainingTime) {
  EXPECT_EQ(progress_line({.bytes_done = 50, .bytes_total = 200, .rows = 12'345, .elapsed = Milliseconds(10'000)}),
            "[######------------------]  25%  12,345 rows  1,234 rows/s  30 s left");
}

TEST(ProgressLine, LongSpansAreReadable) {
  EXPECT_NE(progress_line({.bytes_done = 1, .bytes_total = 19, .rows = 1, .elapsed = Milliseconds(10'000)})
                .find("  3 min 00 s left"),
            std::string::npos);
  EXPECT_NE(progress_line({.bytes_done = 1, .bytes_total = 1000, .rows = 1, .elapsed = Milliseconds(10'000)})
                .find("  2 h 46 min left"),
            std::string::npos);
}

TEST(ProgressLine, LeavesOutWhatCannotBeTold) {
  EXPECT_EQ(progress_line({.bytes_done = 5, .bytes_total = 0, .rows = 30, .elapsed = Milliseconds(2000)}),
            "30 rows  15 rows/s");
  EXPECT_EQ(progress_line({.bytes_done = 50, .bytes_total = 200, .rows = 3, .elapsed = Milliseconds(999)}),
            "[######------------------]  25%  3 rows");
  EXPECT_EQ(progress_line({.bytes_done = 0, .bytes_total = 200, .rows = 0, .elapsed = Milliseconds(2000)}),
            "[------------------------]   0%  0 rows  0 rows/s");
}

TEST(ProgressLine, FileThatGrewStaysAtAHundred) {
  EXPECT_EQ(progress_line({.bytes_done = 300, .bytes_total = 200, .rows = 1'000'000, .elapsed = Milliseconds(2000)}),
            "[########################] 100%  1,000,000 rows  500,000 rows/s  0 s left");
}

TEST(ProgressBar, DrawsInPlaceAtMostTenTimesASecond) {
  HandClock clock;
  std::ostringstream out;
  ProgressBar bar(clock, out, true, 100);
  bar.show(10, 1);
  clock.now += Milliseconds(99);
  bar.show(20, 2);
  clock.now += Milliseconds(1);
  bar.show(30, 3);
  bar.finish(100, 9);
  EXPECT_EQ(out.str(),
            "\r\x1b[K[##----------------------]  10%  1 rows"
            "\r\x1b[K[#######-----------------]  30%  3 rows"
            "\r\x1b[K[########################] 100%  9 rows\n");
}

TEST(ProgressBar, WritesNothingWhereNoTerminalIs) {
  HandClock clock;
  std::ostringstream out;
  ProgressBar bar(clock, out, false, 100);
  bar.show(10, 1);
  bar.finish(100, 9);
  EXPECT_EQ(out.str(), "");
}

}  // namespace
}  // namespace fieldnode::central
