#include "sync/base/check.h"
#include "sync/engine/trusted_time.h"
#include "tests/support/test_clock.h"

using namespace fieldnode;
using namespace std::chrono_literals;

namespace {

constexpr UtcTime kBuilt = utc_from_ms(1'780'000'000'000);
constexpr UtcTime kStart = utc_from_ms(1'790'000'000'000);

/// The input as a life of a node: each step is an event and two bytes that say how long.
class Life {
 public:
  explicit Life(BytesView input) : rest_(input), drift_ppm_(static_cast<int>(take()) * 7 - 892) {}

  void live() {
    // More would only repeat: a life of three thousand events finds nothing that one of three hundred does not.
    for (int i = 0; i < 300 && !rest_.empty(); ++i) {
      happen(take());
      ask();
    }
  }

 private:
  std::uint8_t take() {
    if (rest_.empty()) return 0;
    auto const byte = rest_.front();
    rest_ = rest_.subspan(1);
    return byte;
  }
  /// Units: from milliseconds to some months, fine where it is short.
  Milliseconds take_length() {
    auto const mantissa = take();
    return Milliseconds(std::int64_t{mantissa} << (take() % 26));
  }

  void happen(std::uint8_t event) {
    switch (event % 9) {
      case 0:
        return clock_.advance(take_length(), drift_ppm_);
      case 1:
        return exchange();
      case 2:
        return telephone();
      case 3:
        time_ = fresh();
        return;
      case 4: {
        auto const off = 1min + take_length();
        clock_.reboot(off, kBuilt + take_length() - take_length());
        time_ = fresh();
        return;
      }
      case 5: {
        auto const by = 5s + take_length();
        return clock_.suspend(by, by);
      }
      case 6:
        return clock_.pause(21ms + take_length());
      case 7:
        return clock_.set_wall(clock_.wall() - take_length());
      default:
        return clock_.set_wall(clock_.wall() + take_length());
    }
  }

  void exchange() {
    auto const asked = engine::read_clocks(clock_);
    clock_.advance(take_length() % 20s, drift_ppm_);
    wire::Receipt receipt;
    receipt.journal_seq = ++receipts_;
    receipt.received_at = clock_.truth();
    clock_.advance(take_length() % 55s, drift_ppm_);
    receipt.sent_at = clock_.truth();
    clock_.advance(take_length() % 20s, drift_ppm_);
    time_.observe(receipt, {asked, clock_.since_boot()});
  }

  void telephone() {
    auto const shown = engine::read_clocks(clock_);
    clock_.advance(take_length() % 600s, drift_ppm_);
    auto const minute = std::chrono::floor<std::chrono::minutes>(clock_.truth());
    clock_.advance(take_length() % 600s, drift_ppm_);
    time_.observe(engine::ToldMoment{.anchor = ++receipts_, .minute = minute, .asked = shown});
  }

  [[nodiscard]] engine::TrustedTime fresh() const {
    return {clock_, {.drift_ppm = 1000, .build_date = kBuilt}, time_.state()};
  }

  void ask() {
    auto const now = time_.now();
    auto const& span = now.interval;
    check(span.earliest <= clock_.truth(), "earliest is after true time");
    check(!span.latest || *span.latest >= clock_.truth(), "latest is before true time");
    check(span.earliest >= floor_, "the floor went back");
    check(now.estimate >= span.earliest && (!span.latest || now.estimate <= *span.latest), "the estimate lies outside");
    floor_ = span.earliest;
    (void)time_.take_findings();
  }

  BytesView rest_;
  int drift_ppm_;  ///< within the bound
  test::TestClock clock_{kStart};
  engine::TrustedTime time_{clock_, {.drift_ppm = 1000, .build_date = kBuilt}, {}};
  UtcTime floor_{};
  std::uint64_t receipts_{};
};

}  // namespace

/// True time lies inside the interval whatever happens to the machine's clocks within the drift bound.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  Life({data, size}).live();
  return 0;
}
