#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "node/central/clock_guard.h"
#include "node/central/identity_desk.h"
#include "node/central/store/central_store.h"
#include "node/net/body_taker.h"
#include "sync/base/clock.h"
#include "sync/engine/exchange_server.h"

namespace fieldnode::central {

struct ExchangeLimits {
  std::uint32_t reply_budget_bytes{1024 * 1024};  ///< of packed entries in one reply, whatever a node wishes
  std::uint32_t wait_max_seconds{55};
  std::uint32_t next_seconds{60};  ///< told to nodes: when to come again without news
  std::size_t running_max{64};     ///< exchanges at work at one moment; more are sent away for a while
  std::chrono::seconds hold_off{5};
  int compression_level{};  ///< 0: by what the node says of its link
};

/// The door of the exchange: knows the node by its TLS certificate, runs one exchange as one transaction, signs the
/// receipt once it is on disk, parks long polls until their unit's feed grows. Thread: any.
class ExchangeService {
 public:
  /// `guard`: says whether the time may be signed; else a receipt carries none.
  ExchangeService(CentralStore& store, engine::ExchangeServer const& server, IdentityDesk const& identities,
                  Clock const& clock, ClockGuard& guard, ExchangeLimits limits = {});

  /// Takes a request in as it comes: acts that are there whole are admitted while the next are on their way. Answers
  /// with the reply's bytes, or: 400 `malformed_message`, `newer_protocol`; 401 `no_certificate`;
  /// 403 `unknown_node`, `node_revoked`, `not_confirmed`, `node_refused`, `certificate_expired`; 409 the refusals of
  /// the exchange; 503 `busy` with Retry-After.
  [[nodiscard]] std::unique_ptr<net::BodyTaker> begin(net::HttpRequest const& request);

  /// Ends the unit's parked poll with what is new. To be called after each commit that made the feed longer.
  void feed_grew(UnitId unit);
  /// Ends every parked poll with what there is, so that a stop is prompt.
  void wake_all();
  [[nodiscard]] std::size_t parked();

 private:
  struct Call {
    wire::ExchangeRequest request;
    UtcTime received_at{};
  };
  struct Parked {
    std::uint64_t ticket{};
    Call call;
    net::Responder responder;
  };

  class Intake;

  void tell_operators(wire::ExchangeRequest const& request, Refusal const& why);
  [[nodiscard]] Result<NodeRecord> node_of(net::Peer const& peer);
  /// An expired certificate is good for one thing, to be renewed. Nobody is turned away by a clock that is in doubt.
  [[nodiscard]] Result<void> check_dates(net::Peer const& peer, wire::ExchangeRequest const& message);
  /// Keeps one run of acts, in a transaction of its own.
  [[nodiscard]] Result<void> admit(wire::ExchangeRequest const& run);
  void answer_or_park(Call call, net::Responder const& responder);
  /// One transaction; nothing when a poll may park.
  [[nodiscard]] Result<std::optional<net::HttpResponse>> run(Call const& call, bool may_park);
  [[nodiscard]] net::HttpResponse answer(Call const& call);
  void park(Call call, net::Responder const& responder);
  [[nodiscard]] std::optional<Parked> unpark(NodeId node, std::optional<std::uint64_t> ticket);
  void release(std::optional<Parked> parked);

  CentralStore& store_;
  engine::ExchangeServer const& server_;
  IdentityDesk const& identities_;
  Clock const& clock_;
  ClockGuard& guard_;
  ExchangeLimits limits_;
  std::atomic<std::size_t> running_{0};
  std::mutex mutex_;
  std::map<NodeId, Parked> parked_;  // guarded by mutex_
  std::uint64_t last_ticket_{0};     // guarded by mutex_
};

}  // namespace fieldnode::central
