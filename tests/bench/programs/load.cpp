// Calls at a page as fast as it answers: bench_load PORT CLIENTS STATUS VISITORS CALLS
// Each client holds one connection with one call under way; the calls are handed out in the order of the file, but what
// changes one thing waits for the answer to the change before it, as a clerk does. Prints one line of JSON. Exit 1 when
// an answer has another status than STATUS, with that answer.
#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <cstdio>
#include <deque>
#include <exception>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "sync/base/result.h"
#include "tests/bench/programs/load_client.h"
#include "tests/bench/programs/load_input.h"

namespace fieldnode::bench {
namespace {

struct Plan {
  unsigned port{};
  std::size_t clients{};
  int status{};
  std::vector<Visitor> visitors;
  std::vector<Call> calls;
};

/// The requests of one client are made before the clock runs: the generator must not be what is measured.
std::vector<std::string> prepared(Plan const& plan) {
  std::vector<std::string> requests;
  requests.reserve(plan.calls.size());
  for (std::size_t i = 0; i < plan.calls.size(); ++i) {
    requests.push_back(request_text(plan.calls[i], plan.visitors[i % plan.visitors.size()], plan.port));
  }
  return requests;
}

/// Which call comes next.
class Order {
 public:
  explicit Order(std::vector<Call> const& calls) : calls_(calls) {
    for (std::size_t i = 0; i < calls.size(); ++i) left_.push_back(i);
  }

  /// Nothing while all that is left waits for an answer.
  std::optional<std::size_t> take() {
    auto const next =
        std::ranges::find_if(left_, [this](std::size_t call) { return !changing_.contains(place_of(call)); });
    if (next == left_.end()) return std::nullopt;
    auto const call = *next;
    left_.erase(next);
    if (!place_of(call).empty()) changing_.insert(place_of(call));
    return call;
  }
  void answered(std::size_t call) { changing_.erase(place_of(call)); }

 private:
  /// Empty for what only reads.
  std::string_view place_of(std::size_t call) const { return calls_[call].body.empty() ? "" : calls_[call].path; }

  std::vector<Call> const& calls_;
  std::deque<std::size_t> left_;
  std::set<std::string_view> changing_;
};

/// A client and what it has called.
struct Caller {
  LoadClient client;
  std::optional<std::size_t> call{};
};

class Load {
 public:
  explicit Load(Plan const& plan) : plan_(plan), requests_(prepared(plan)), order_(plan.calls) {
    for (std::size_t i = 0; i < std::min(plan.clients, requests_.size()); ++i)
      callers_.push_back({LoadClient(plan.port)});
  }

  void run() {
    auto const began = LoadClient::Clock::now();
    hand_out();
    while (micros_.size() < requests_.size()) round();
    seconds_ = std::chrono::duration<double>(LoadClient::Clock::now() - began).count();
  }

  void print() {
    std::ranges::sort(micros_);
    auto const at = [&](double share) {
      return micros_[std::min(micros_.size() - 1,
                              static_cast<std::size_t>(share * static_cast<double>(micros_.size())))];
    };
    fmt::print(R"({{"calls":{},"seconds":{:.4f},"per_second":{:.1f},"p50_us":{:.1f},"p99_us":{:.1f}}})"
               "\n",
               micros_.size(), seconds_, static_cast<double>(micros_.size()) / seconds_, at(0.5), at(0.99));
  }

 private:
  void hand_out() {
    for (auto& caller : callers_) {
      if (caller.call) continue;
      caller.call = order_.take();
      if (!caller.call) return;
      caller.client.send(requests_[*caller.call]);
    }
  }

  void round() {
    std::vector<pollfd> waiting;
    for (auto const& caller : callers_) waiting.push_back({caller.call ? caller.client.socket() : -1, POLLIN, 0});
    if (::poll(waiting.data(), waiting.size(), 30'000) <= 0) throw BrokenWorld("no answer within 30 s");
    for (std::size_t i = 0; i < callers_.size(); ++i) {
      if (waiting[i].revents != 0 && callers_[i].client.receive()) answered(callers_[i]);
    }
    hand_out();
  }

  void answered(Caller& caller) {
    auto const& client = caller.client;
    micros_.push_back(std::chrono::duration<double, std::micro>(LoadClient::Clock::now() - client.sent_at()).count());
    if (client.status() != plan_.status) {
      throw BrokenWorld(fmt::format("an answer {} and not {}: {}", client.status(), plan_.status, client.body()));
    }
    order_.answered(*caller.call);
    caller.call.reset();
  }

  Plan const& plan_;
  std::vector<std::string> requests_;
  Order order_;
  std::deque<Caller> callers_;
  std::vector<double> micros_;
  double seconds_{};
};

int run(char** arguments) {
  Plan const plan{.port = static_cast<unsigned>(std::stoul(arguments[1])),
                  .clients = std::stoul(arguments[2]),
                  .status = std::stoi(arguments[3]),
                  .visitors = read_visitors(arguments[4]),
                  .calls = read_calls(arguments[5])};
  if (plan.calls.empty() || plan.visitors.empty()) throw BrokenWorld("nothing to call, or nobody who calls");
  Load load(plan);
  load.run();
  load.print();
  return 0;
}

}  // namespace
}  // namespace fieldnode::bench

int main(int count, char** arguments) {
  if (count != 6) {
    fmt::print(stderr, "usage: bench_load PORT CLIENTS STATUS VISITORS CALLS\n");
    return 2;
  }
  try {
    return fieldnode::bench::run(arguments);
  } catch (std::exception const& broken) {
    fmt::print(stderr, "bench_load: {}\n", broken.what());
    return 1;
  }
}
