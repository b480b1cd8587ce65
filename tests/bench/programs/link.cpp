// A thin line between this network namespace and a new one, packet by packet, for kernels with and without netem:
//   bench_link NEAR FAR UP_KBIT DOWN_KBIT RTT_MS LOSS_PERCENT SEED
// Makes interface NEAR here and FAR in a network namespace of its own, which others enter by this process's id. Up is
// from FAR to NEAR. Addresses are the caller's business. Prints "ready"; then reads commands, one a line: `reset` the
// counters, `counts` prints them as JSON. Ends with its input; everything it made ends with it.
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "sync/base/result.h"
#include "tests/bench/programs/link_way.h"
#include "tests/bench/programs/tun.h"

namespace fieldnode::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Profile {
  double up_kbit{};
  double down_kbit{};
  double rtt_ms{};
  double loss_percent{};
  std::uint64_t seed{};
};

WaySettings way_of(Profile const& profile, double kbit, std::uint64_t which) {
  std::chrono::duration<double, std::milli> const one_way(profile.rtt_ms / 2);
  return {.bytes_per_second = kbit * 125,
          .delay = std::chrono::duration_cast<std::chrono::nanoseconds>(one_way),
          .loss = profile.loss_percent / 100,
          .seed = profile.seed * 2 + which};
}

class Link {
 public:
  Link(Tun const& near, Tun const& far, Profile const& profile)
      : near_(near),
        far_(far),
        up_(way_of(profile, profile.up_kbit, 0)),
        down_(way_of(profile, profile.down_kbit, 1)) {}

  void run() {
    while (is_open_) {
      deliver(up_, near_);
      deliver(down_, far_);
      wait();
      take_in(far_, up_);
      take_in(near_, down_);
    }
  }

 private:
  static void deliver(LinkWay& way, Tun const& to) {
    while (auto const packet = way.take(Clock::now())) to.write(*packet);
  }

  void take_in(Tun const& from, LinkWay& way) {
    for (int i = 0; i < 64; ++i) {
      auto const packet = from.read(buffer_);
      if (packet.empty()) return;
      way.offer(packet, Clock::now());
    }
  }

  /// Until a packet comes in or is to go out, or somebody commands.
  void wait() {
    std::array<pollfd, 3> open{
        {{STDIN_FILENO, POLLIN, 0}, {near_.descriptor(), POLLIN, 0}, {far_.descriptor(), POLLIN, 0}}};
    timespec limit{};
    auto const bounded = until_next(limit);
    ::ppoll(open.data(), open.size(), bounded ? &limit : nullptr, nullptr);
    if (open[0].revents != 0) obey();
  }

  [[nodiscard]] bool until_next(timespec& limit) const {
    auto const a = up_.next();
    auto const b = down_.next();
    if (!a && !b) return false;
    auto const next = a && b ? std::min(*a, *b) : a.value_or(b.value_or(Clock::time_point{}));
    auto const rest = std::max(Clock::duration(0), next - Clock::now());
    limit.tv_sec = std::chrono::duration_cast<std::chrono::seconds>(rest).count();
    limit.tv_nsec = (rest - std::chrono::seconds(limit.tv_sec)).count();
    return true;
  }

  void obey() {
    std::array<char, 256> text;
    auto const n = ::read(STDIN_FILENO, text.data(), text.size());
    is_open_ = n > 0;
    if (!is_open_) return;
    std::string_view const command(text.data(), static_cast<std::size_t>(n));
    if (command.starts_with("reset")) {
      up_.reset_counts();
      down_.reset_counts();
      fmt::print("reset\n");
    } else {
      fmt::print("{{\"up\":{},\"down\":{}}}\n", json_of(up_.counts()), json_of(down_.counts()));
    }
    std::fflush(stdout);
  }

  static std::string json_of(WayCounts const& counts) {
    return fmt::format(R"({{"packets":{},"bytes":{},"lost":{},"dropped":{}}})", counts.packets, counts.bytes,
                       counts.lost, counts.dropped);
  }

  Tun const& near_;
  Tun const& far_;
  LinkWay up_;
  LinkWay down_;
  bool is_open_{true};
  std::array<std::uint8_t, 65536> buffer_{};
};

int run(std::vector<std::string> const& arguments) {
  Profile const profile{.up_kbit = std::stod(arguments[2]),
                        .down_kbit = std::stod(arguments[3]),
                        .rtt_ms = std::stod(arguments[4]),
                        .loss_percent = std::stod(arguments[5]),
                        .seed = std::stoull(arguments[6])};
  Tun const near(arguments[0]);
  enter_own_network();
  Tun const far(arguments[1]);
  fmt::print("ready\n");
  std::fflush(stdout);
  Link(near, far, profile).run();
  return 0;
}

}  // namespace
}  // namespace fieldnode::bench

int main(int count, char** arguments) {
  if (count != 8) {
    fmt::print(stderr, "usage: bench_link NEAR FAR UP_KBIT DOWN_KBIT RTT_MS LOSS_PERCENT SEED\n");
    return 2;
  }
  try {
    return fieldnode::bench::run({arguments + 1, arguments + count});
  } catch (std::exception const& broken) {
    fmt::print(stderr, "bench_link: {}\n", broken.what());
    return 1;
  }
}
