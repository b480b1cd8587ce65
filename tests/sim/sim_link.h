#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "node/net/http.h"
#include "sync/engine/transport.h"
#include "tests/sim/fault.h"
#include "tests/sim/sim_centre.h"
#include "tests/sim/trace.h"

namespace fieldnode::sim {

/// The way between an office and the centre, with everything that happens on it.
class SimLink final : public engine::Transport {
 public:
  struct World {
    Timeline& timeline;
    SimCentre& centre;
    Faults& faults;
    Random& chance;
    Trace& trace;
  };
  SimLink(World const& world, NodeId node) : world_(world), node_(node) {}

  [[nodiscard]] Result<void> exchange(BytesView request, std::chrono::seconds wait,
                                      engine::ReplySink const& take) override;
  /// How long the centre asked to be left alone.
  [[nodiscard]] Milliseconds asked_pause() const { return asked_pause_; }

  void cut() { is_cut_ = true; }
  void mend() { is_cut_ = false; }
  [[nodiscard]] bool is_cut() const { return is_cut_; }
  /// What happens at the office while a reply is on its way, once: another exchange overtakes it.
  void overtake_with(std::function<void()> other) { other_ = std::move(other); }
  /// How the machine stops while a message is on its way, once: it stands still or sleeps.
  void stop_with(std::function<void(Fault)> stop) { stop_ = std::move(stop); }

  /// How often the centre has truly answered.
  [[nodiscard]] std::uint64_t answers() const { return answers_; }
  [[nodiscard]] std::uint64_t exchanges() const { return exchanges_; }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  [[nodiscard]] Result<Bytes> carry(BytesView request);
  [[nodiscard]] Result<Bytes> suffer(Fault fault, BytesView request);
  [[nodiscard]] Result<Bytes> suffer_at_door(Fault fault, BytesView request);
  [[nodiscard]] Result<Bytes> stop_meanwhile(Fault fault, BytesView request);
  /// To the centre and back.
  [[nodiscard]] Result<Bytes> deliver(BytesView request);
  /// To the centre; nobody waits for what it says.
  void deliver_in_vain(BytesView request) { (void)deliver(request); }
  /// What the HTTPS client makes of an answer.
  [[nodiscard]] Result<Bytes> accept(net::HttpResponse answer);
  void remember(std::vector<Bytes>& kept, BytesView message);
  void pass(std::uint64_t least_ms, std::uint64_t most_ms);

  World world_;
  NodeId node_;
  bool is_cut_{false};
  bool breaks_off_{false};  ///< the reply on its way ends before its end
  Milliseconds asked_pause_{0};
  std::function<void()> other_;
  std::function<void(Fault)> stop_;
  std::vector<Bytes> old_requests_;
  std::vector<Bytes> old_replies_;
  std::uint64_t answers_{0};
  std::uint64_t exchanges_{0};
  std::uint64_t bytes_{0};
};

}  // namespace fieldnode::sim
