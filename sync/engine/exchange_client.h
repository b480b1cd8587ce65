#pragma once

#include <cstdint>
#include <mutex>
#include <vector>

#include "sync/base/check.h"
#include "sync/base/clock.h"
#include "sync/base/random.h"
#include "sync/engine/journal.h"
#include "sync/engine/journal_gathering.h"
#include "sync/engine/link_meter.h"
#include "sync/engine/node_identity.h"
#include "sync/engine/state_search.h"
#include "sync/engine/transport.h"
#include "sync/wire/exchange_stream.h"

namespace fieldnode::engine {

/// What one exchange achieved.
struct ExchangeOutcome {
  std::size_t acts_sent{};
  std::size_t entries_received{};
  std::size_t entries_handed_back{};  ///< to a centre that had lost them
  std::size_t request_bytes{};
  std::size_t reply_bytes{};
  bool more{};              ///< the centre has more, or acts are left here: go on at once
  bool delivered_all{};     ///< every act of the journal is covered by a receipt
  bool feed_whole{};        ///< all that the centre had is held here, and neither end owes the other earlier lists
  bool centre_lost_acts{};  ///< it has fewer than its receipts cover, and must be sent them again
  Position feed_held{};     ///< as this exchange left it
  Position feed_head{};     ///< the centre's feed, when it answered
  std::chrono::seconds next{};
  std::chrono::seconds hold_off{};
  std::string certificate{};              ///< PEM; empty: none was asked for
  std::vector<AssignmentId> differing{};  ///< both ends hold the same entries of them, and other states
};

/// Settings of one exchange. Units: bytes of packed entries before compression; seconds. What the link can take counts
/// where it is less.
struct ExchangeOptions {
  std::size_t act_budget_bytes{4 * 1024 * 1024};
  std::size_t run_bytes{};                          ///< acts that the centre admits together; 0: by the link
  std::size_t reply_budget_bytes{4 * 1024 * 1024};  ///< 0: another exchange fetches the feed, and earlier lists
  std::chrono::seconds wait{0};                     ///< > 0: long poll
  bool carries_acts{true};                          ///< a long poll never does
  int compression_level{};                          ///< 0: by the link
  std::uint64_t link_bytes_per_second{};            ///< told to the centre; 0: as exchanges have shown the link
  wire::NodeStatus status{};
  TimeInterval known_time{};  ///< told to the centre, so that it can warn of a node whose clock is unsure
  std::string renewal{};      ///< PEM request for the node's next TLS certificate; empty: none is asked for
};

/// The node's half of the exchange, a state machine over Journal and Transport. It remembers whether the last exchange
/// that carried acts broke, because the next one must then learn the position before it sends acts again, how fast the
/// link is, and what the centre said of its own losses. Thread: any; exchanges may run at the same time over transports
/// of their own.
class ExchangeClient {
 public:
  ExchangeClient(NodeIdentity const& identity, crypto::SignatureSuite const& suite, Journal& journal, Random& random,
                 Clock const& clock);

  /// One round trip: builds the request, verifies each part of the reply against what is held, settles it as it comes.
  /// Errors: the transport's; `reply_not_ours` (nonce, node, signature), `feed_broken` (chain or leaf),
  /// `journal_fork` (the centre holds other acts), those of `read_feed` and JournalGathering, `malformed_message`, the
  /// journal's.
  /// After any error nothing of the part that it came with was taken over; earlier parts were.
  [[nodiscard]] Result<ExchangeOutcome> exchange_once(Transport& transport, ExchangeOptions const& options);

 private:
  class Taking;
  struct Saying {
    std::uint64_t number{};    ///< exchanges begin in this order
    std::uint64_t breaks{};    ///< of which there were so many when it began
    std::size_t feeds_back{};  ///< it speaks of the feed so far back
    wire::ExchangeRequest request;
    std::vector<wire::ActRun> runs;
    std::size_t acts{};
  };
  /// What the newest answer said of what the centre has.
  struct Centre {
    std::uint64_t told_by{};            ///< the exchange
    std::optional<Epoch> feed{};        ///< the live one there
    std::optional<std::uint64_t> acts;  ///< where it has fewer than its receipts cover: it lost some
    bool went_back{};                   ///< it answered below its own receipts: show it the greatest
    std::optional<wire::ReportWanted> report_wanted;
  };

  [[nodiscard]] std::size_t speak_of_known_feed(JournalSnapshot& held);
  void note_refusal(Saying const& saying, std::string_view code);
  [[nodiscard]] Saying build(JournalSnapshot const& held, ExchangeOptions const& options, LinkPlan const& plan);
  [[nodiscard]] bool say_what_heals(Saying& saying, JournalSnapshot const& held, ExchangeOptions const& options);
  [[nodiscard]] bool waits_for_journals();
  [[nodiscard]] bool searches(std::vector<AssignmentId>& differing);
  void add_acts(Saying& saying, JournalSnapshot const& held, std::size_t budget_bytes, std::size_t run_bytes);
  void learn(Saying const& saying, JournalSnapshot const& held, wire::ExchangeReply const& reply);
  [[nodiscard]] Result<SettledExchange> verify(JournalSnapshot const& held, wire::ExchangeRequest const& request,
                                               wire::ExchangeReply&& reply, RoundTrip const& round_trip);

  NodeIdentity const& identity_;
  crypto::SignatureSuite const& suite_;
  Journal& journal_;
  Random& random_;
  Clock const& clock_;
  LinkMeter meter_;
  std::mutex mutex_;
  JournalGathering gathering_;  // guarded by mutex_, as all below and random_
  StateSearch states_;
  std::uint64_t begun_{0};   ///< exchanges
  std::uint64_t breaks_{1};  ///< exchanges with acts that broke; the first start counts as one
  std::uint64_t learnt_{0};  ///< of them, those that an exchange begun later has told the outcome of
  Centre centre_;
  /// The centre does not know the live feed, it was restored to before that one began: of the feeds held, the one so
  /// far back is spoken of.
  std::size_t feeds_back_{0};
  std::optional<std::uint64_t> gatherer_;  ///< the exchange under way that asks for earlier journals
  std::optional<std::uint64_t> claimer_;   ///< the one that asks whether both ends hold the same
};

}  // namespace fieldnode::engine
