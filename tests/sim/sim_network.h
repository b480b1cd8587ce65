#pragma once

#include <cstdint>
#include <vector>

#include "sync/engine/transport.h"
#include "tests/sim/sim_centre.h"

namespace fieldnode::sim {

/// The way between, with a seeded fault in every other exchange while faults are on: requests and replies are lost,
/// doubled, cut, changed, repeated out of order.
class SimNetwork final : public engine::Transport {
 public:
  SimNetwork(SimCentre& centre, test::TestClock& clock, Random& random)
      : centre_(centre), clock_(clock), random_(random) {}

  [[nodiscard]] Result<void> exchange(BytesView request, std::chrono::seconds wait,
                                      engine::ReplySink const& take) override;
  void stop_faults() { faults_on_ = false; }
  [[nodiscard]] std::uint64_t faults() const { return faults_; }
  [[nodiscard]] std::uint64_t exchanges() const { return exchanges_; }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  enum class Fault : std::uint8_t {
    kRequestLost,
    kReplyLost,
    kRequestDoubled,
    kOldRequestFirst,
    kOldReply,
    kReplyCut,
    kReplyChanged,
    kCount
  };
  [[nodiscard]] Result<Bytes> carry(BytesView request);
  [[nodiscard]] Result<Bytes> suffer(Fault fault, BytesView request);
  [[nodiscard]] Result<Bytes> deliver(BytesView request);

  SimCentre& centre_;
  test::TestClock& clock_;
  Random& random_;
  bool faults_on_{true};
  std::uint64_t faults_{0};
  std::uint64_t exchanges_{0};
  std::uint64_t bytes_{0};
  std::vector<Bytes> old_requests_;
  std::vector<Bytes> old_replies_;
};

}  // namespace fieldnode::sim
