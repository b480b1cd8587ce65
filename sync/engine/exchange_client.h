#pragma once

#include <cstdint>

#include "sync/base/check.h"
#include "sync/base/clock.h"
#include "sync/base/random.h"
#include "sync/engine/journal.h"
#include "sync/engine/journal_gathering.h"
#include "sync/engine/node_identity.h"
#include "sync/engine/state_search.h"
#include "sync/engine/transport.h"

namespace fieldnode::engine {

/// What one exchange achieved.
struct ExchangeOutcome {
  std::size_t acts_sent{};
  std::size_t entries_received{};
  std::size_t entries_handed_back{};  ///< to a centre that had lost them
  std::size_t request_bytes{};
  std::size_t reply_bytes{};
  bool more{};           ///< the centre has more, or acts are left here: go on at once
  bool delivered_all{};  ///< every act of the journal is covered by a receipt
  std::chrono::seconds next{};
  std::chrono::seconds hold_off{};
  std::string certificate{};              ///< PEM; empty: none was asked for
  std::vector<AssignmentId> differing{};  ///< both ends hold the same entries of them, and other states
};

/// Settings of one exchange. Units: bytes of packed entries before compression; seconds.
struct ExchangeOptions {
  std::size_t act_budget_bytes{64 * 1024};
  std::size_t reply_budget_bytes{256 * 1024};
  std::chrono::seconds wait{0};  ///< > 0: long poll; carries no acts
  int compression_level{9};
  wire::NodeStatus status{};
  TimeInterval known_time{};  ///< told to the centre, so that it can warn of a node whose clock is unsure
  std::string renewal{};      ///< PEM request for the node's next TLS certificate; empty: none is asked for
};

/// The node's half of the exchange, a state machine over Journal and Transport. It remembers whether the last exchange
/// broke, because the next one must then learn the position before it sends acts again, and what the centre said of its
/// own losses.
class ExchangeClient {
 public:
  ExchangeClient(NodeIdentity const& identity, crypto::SignatureSuite const& suite, Journal& journal, Random& random,
                 Clock const& clock);

  /// One round trip: builds the request, verifies the reply against what is held, settles it.
  /// Errors: the transport's; `reply_not_ours` (nonce, node, signature), `feed_broken` (chain or leaf),
  /// `journal_fork` (the centre holds other acts), those of `read_feed` and JournalGathering, `malformed_message`, the
  /// journal's.
  /// After any error nothing of the reply was taken over.
  [[nodiscard]] Result<ExchangeOutcome> exchange_once(Transport& transport, ExchangeOptions const& options);

 private:
  void add_acts(wire::ExchangeRequest& request, JournalSnapshot const& held, ExchangeOptions const& options);
  void learn(JournalSnapshot const& held, wire::ExchangeReply const& reply);
  [[nodiscard]] wire::ExchangeRequest build(JournalSnapshot const& held, ExchangeOptions const& options);
  [[nodiscard]] Result<SettledExchange> verify(JournalSnapshot const& held, wire::ExchangeRequest const& request,
                                               wire::ExchangeReply&& reply, RoundTrip const& round_trip);

  NodeIdentity const& identity_;
  crypto::SignatureSuite const& suite_;
  Journal& journal_;
  Random& random_;
  Clock const& clock_;
  JournalGathering gathering_;
  StateSearch states_;
  bool position_uncertain_{true};
  std::optional<std::uint64_t> centre_has_;  ///< acts, as the newest answer said: fewer than its receipts after a loss
  bool centre_went_back_{};                  ///< it answered below its own receipts: show it the greatest
  std::optional<wire::ReportWanted> report_wanted_;
};

}  // namespace fieldnode::engine
