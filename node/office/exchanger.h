#pragma once

#include <condition_variable>
#include <mutex>

#include "node/office/handover.h"
#include "node/office/node_time.h"
#include "node/office/office_store.h"
#include "node/office/outage_watch.h"
#include "node/office/tls_renewal.h"
#include "sync/engine/exchange_client.h"

namespace fieldnode::office {

/// The journal as an exchange sees it, save that what comes in is kept together with what its receipt taught the clock:
/// one commit, so that no crash keeps the receipt and forgets the anchor that it made. Thread: any; what two exchanges
/// bring is kept in the order in which the clock learnt of it.
class TimedJournal final : public engine::Journal {
 public:
  TimedJournal(OfficeStore& store, NodeTime& time) : store_(store), time_(time) {}

  [[nodiscard]] engine::NodeEpochs& epochs() override { return store_.epochs(); }
  [[nodiscard]] engine::StateBook& states() override { return store_.states(); }
  [[nodiscard]] engine::JournalSnapshot snapshot() override { return store_.snapshot(); }
  [[nodiscard]] std::vector<wire::EncodedEntry> acts_after(std::uint64_t seq, std::size_t budget_bytes) override {
    return store_.acts_after(seq, budget_bytes);
  }
  [[nodiscard]] std::optional<Hash> hash_at(std::uint64_t seq) override { return store_.hash_at(seq); }
  [[nodiscard]] std::optional<engine::FeedArrival> feed_entry(Position at) override { return store_.feed_entry(at); }
  [[nodiscard]] std::optional<wire::SaltKeys> feed_keys(AssignmentId assignment) override {
    return store_.feed_keys(assignment);
  }
  [[nodiscard]] Result<void> settle(engine::SettledExchange const& settled) override;

 private:
  OfficeStore& store_;
  NodeTime& time_;
  std::mutex settling_;
};

/// One exchange with all that the node keeps of it: the journal, the time learnt, how the link did, in one commit.
/// Thread: any; exchanges over different transports may run at the same time.
class Exchanger {
 public:
  /// One more exchange, over another transport.
  using Attempt = std::function<Result<engine::ExchangeOutcome>(engine::Transport&)>;
  struct World {
    OfficeStore& store;
    NodeTime& time;
    OutageWatch& outages;
    engine::NodeIdentity const& identity;
    crypto::SignatureSuite const& suite;
    Random& random;
    Clock const& clock;
    TlsRenewal& certificates;
    std::function<Result<void>(std::string const&, Attempt const&)> renew;  ///< a certificate (PEM) came
    Handover* handover{};  ///< what is left once the centre has revoked this node; null: nothing
  };
  explicit Exchanger(World world);

  /// Once the centre has said that it serves this node no more, this hands over what it lacks instead, over the
  /// transport of `handover`.
  /// A renewed certificate that comes with it is tried at once; if that fails the old one stays and it is asked for
  /// anew. While one is asked for in place of one that is over, a second exchange waits: it would be turned away.
  /// Errors: those of ExchangeClient, kept as the link's last failure (save `cancelled`, which is none). The same
  /// failure is kept again after a minute only: while the centre is away every act tries, and would wait for two
  /// commits.
  [[nodiscard]] Result<engine::ExchangeOutcome> once(engine::Transport& transport, engine::ExchangeOptions options);

 private:
  /// One exchange's asking for a certificate, however that exchange ends.
  class Asking {
   public:
    Asking(Exchanger& exchanger, engine::ExchangeOptions& options)
        : exchanger_(exchanger), asks_(exchanger.ask_for_certificate(options)) {}
    Asking(Asking const&) = delete;
    Asking& operator=(Asking const&) = delete;
    ~Asking() {
      if (asks_) exchanger_.asked_for_certificate();
    }

   private:
    Exchanger& exchanger_;
    bool asks_;
  };
  struct Noted {
    std::string code;
    Milliseconds since_boot{};
  };

  [[nodiscard]] Result<engine::ExchangeOutcome> exchange(engine::Transport& transport,
                                                         engine::ExchangeOptions const& options);
  [[nodiscard]] bool ask_for_certificate(engine::ExchangeOptions& options);
  void asked_for_certificate();
  void renew(engine::ExchangeOutcome const& outcome, engine::ExchangeOptions options);
  [[nodiscard]] Result<void> note(Refusal const& failure);
  [[nodiscard]] Result<void> note_outage(Result<engine::ExchangeOutcome> const& outcome);

  World world_;
  TimedJournal journal_;
  engine::ExchangeClient client_;
  std::mutex noting_;
  std::optional<Noted> noted_;  ///< the failure that was kept last; guarded by noting_, as the outages are
  bool is_asking_{};            ///< an exchange that is under way asks for a certificate; guarded as they are
  std::condition_variable asked_;
};

}  // namespace fieldnode::office
