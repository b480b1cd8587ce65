#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

/// What can be known about true time, worked out anew at each question from everything that happened, in real numbers.
/// It shares no code with `sync/engine`. Units: milliseconds; drift as a share.
namespace fieldnode::test {

struct KnownSpan {
  long double earliest{};
  long double latest{std::numeric_limits<long double>::infinity()};
};

class TimeOracle {
 public:
  TimeOracle(long double bound, long double build_date) : bound_(bound), build_date_(build_date) {}

  /// At `at` of boot `boot` true time lay in [earliest, latest], says a receipt.
  void learn(int boot, long double at, long double earliest, long double latest) {
    if (!facts_.empty() && facts_.back().boot == boot && at > facts_.back().at) {
      note_drift(facts_.back(), at, earliest, latest);
    }
    facts_.push_back({boot, at, earliest, latest, 0, 0});
    auto const then = known(boot, at);
    facts_.push_back({boot, at, then.earliest, then.latest, 0, 0});
  }
  /// The wall clock of the running boot moved ahead of the boot clock; what counted that may drift like any other.
  void see_step(int boot, long double by) {
    for (auto& fact : facts_) {
      if (fact.boot == boot && by > 0) fact.unseen += counted(by);
    }
  }
  /// The longest that a clock which shows `by` may have counted.
  [[nodiscard]] long double counted(long double by) const { return by + std::ceil(fast(by)); }
  /// At `at` it was set, by the machine's host or by a hand: as late as it shows true time may be.
  void see_set(int boot, long double at, long double wall) {
    for (auto& fact : facts_) {
      if (fact.boot != boot) continue;
      auto const elapsed = at - fact.at;
      fact.unseen += std::max(0.0L, wall - (fact.latest + elapsed + fast(elapsed) + fact.slack + fact.unseen));
    }
  }
  void see_sleep(int boot) {
    floor_.slack += 2000;
    for (auto& fact : facts_) {
      if (fact.boot == boot) fact.slack += 2000;
    }
  }
  /// The power went.
  void end_boot(int boot) {
    std::erase_if(facts_, [&](Fact const& fact) { return fact.boot == boot; });
  }

  /// What was once known is never forgotten, whatever is learnt of the clock later: the floor.
  [[nodiscard]] KnownSpan known(int boot, long double at) {
    KnownSpan span{std::max(build_date_, floor_at(boot, at))};
    for (auto const& fact : facts_) {
      if (fact.boot != boot) continue;
      auto const elapsed = at - fact.at;
      span.earliest = std::max(span.earliest, fact.earliest + elapsed - slow(elapsed) - fact.slack);
      span.latest = std::min(span.latest, fact.latest + elapsed + fast(elapsed) + fact.slack + fact.unseen);
    }
    span = {std::floor(span.earliest), std::ceil(span.latest)};
    if (floor_.boot != boot || at >= floor_.at) floor_ = {boot, at, span.earliest, 0, 0, 0};
    return span;
  }
  [[nodiscard]] long double drift() const { return std::max(bound_, 2 * drift_seen_); }

 private:
  struct Fact {
    int boot{};
    long double at{};
    long double earliest{};
    long double latest{};
    long double unseen{};
    long double slack{};
  };

  /// Through a sleep a floor holds, but runs on less surely.
  [[nodiscard]] long double floor_at(int boot, long double at) const {
    auto const elapsed = floor_.boot == boot ? at - floor_.at : at;
    return floor_.earliest + std::max(elapsed < 0 ? elapsed : 0, elapsed - slow(elapsed) - floor_.slack);
  }
  [[nodiscard]] long double slow(long double elapsed) const {
    return elapsed >= 0 ? elapsed * drift() : -elapsed * drift() / (1 - drift());
  }
  [[nodiscard]] long double fast(long double elapsed) const {
    return elapsed >= 0 ? elapsed * drift() / (1 - drift()) : -elapsed * drift();
  }
  void note_drift(Fact const& fact, long double at, long double earliest, long double latest) {
    auto const elapsed = at - fact.at;
    if (elapsed < 600'000) return;
    auto const least = earliest - fact.latest - fact.unseen - fact.slack;
    auto const most = latest - fact.earliest + fact.slack;
    auto const off = std::ceil(std::max({0.0L, least - elapsed, elapsed - most}) / elapsed * 1e6L) / 1e6L;
    if (off <= 0.005L) drift_seen_ = std::max(drift_seen_, off);
  }

  long double bound_;
  long double build_date_;
  long double drift_seen_{};
  Fact floor_{0, 0, -std::numeric_limits<long double>::infinity(), 0, 0, 0};
  std::vector<Fact> facts_;
};

}  // namespace fieldnode::test
