#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "node/office/exchanger.h"
#include "node/office/https_transport.h"
#include "sync/engine/pace.h"

namespace fieldnode::office {

/// Settings of the loop. Units: bytes before compression, seconds.
struct SyncSettings {
  std::size_t reply_budget_bytes{256 * 1024};
  std::chrono::seconds wait{50};  ///< of a parked poll
};

/// What the loop is about, for pages.
struct LinkView {
  bool online{};                        ///< the last attempt succeeded
  std::optional<Refusal> alarm;         ///< a breach of the protocol: no acts are sent until somebody looks
  std::optional<Milliseconds> next_in;  ///< while it waits after a failure
  std::uint64_t exchanges{};            ///< that succeeded since the start
};

/// What a round of exchanges brought.
struct RoundReport {
  std::uint64_t exchanges{};
  std::uint64_t acts_sent{};
  std::uint64_t entries_received{};
};

/// Keeps the node and the centre together: one thread, two connections. With nothing to send a poll is parked at the
/// centre, so new work arrives in half a round trip; a nudge ends the poll and sends at once. After a failure it backs
/// off. A breach of the protocol (fork, broken feed) stops the sending of acts and stays shown. Thread: any.
class SyncLoop {
 public:
  struct World {
    Exchanger& exchanger;
    OfficeStore& store;
    NodeTime& time;
    HttpsTransport& acts;
    HttpsTransport& poll;
    Clock const& clock;
    Random& random;
    SyncSettings settings;
    std::function<void()> on_change;  ///< the link came, went, gave alarm or moved something; must not block
  };
  explicit SyncLoop(World world);
  SyncLoop(SyncLoop const&) = delete;
  SyncLoop& operator=(SyncLoop const&) = delete;
  ~SyncLoop() { stop(); }

  void start();
  /// Ends what runs within milliseconds. A second call does nothing.
  void stop();
  /// There is something to send, or somebody wants it now.
  void nudge();
  /// Exchanges until nothing more is to be sent or fetched, an alarm notwithstanding: an operator asks.
  /// Errors: those of the first exchange that failed; `timeout` when it took longer than `most`.
  [[nodiscard]] Result<RoundReport> round(Milliseconds most);
  [[nodiscard]] LinkView view() const;
  /// Entries are on their way or want to be, on the connection for acts: what is less urgent waits.
  [[nodiscard]] bool entries_go() const;

 private:
  struct Task {
    bool parks{};
    std::uint64_t asked{};  ///< the round that this attempt serves
  };

  void run();
  [[nodiscard]] std::optional<Task> next_task();
  [[nodiscard]] Result<engine::ExchangeOutcome> attempt(Task const& task);
  [[nodiscard]] Milliseconds took_over(Task const& task, engine::ExchangeOutcome const& outcome, Milliseconds took);
  [[nodiscard]] Milliseconds failed(Task const& task, Refusal const& why);
  void pause(Milliseconds most);
  void keep_floor();
  void follow();
  [[nodiscard]] bool is_wanted() const;
  [[nodiscard]] Milliseconds until_pause_ends() const;
  void report() const;

  World world_;
  engine::Pace pace_;
  unsigned barren_{0};  ///< exchanges in a row that should have moved something and did not
  bool more_{true};

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_{false};  // guarded by mutex_, as all below
  bool nudged_{false};
  bool parked_{false};
  bool carries_{false};  ///< from the first exchange that is not parked until nothing more is to be moved
  LinkView view_;
  std::optional<Milliseconds> retry_at_;  ///< since boot
  std::uint64_t rounds_asked_{0};
  std::uint64_t rounds_done_{0};
  RoundReport round_;
  std::optional<Refusal> round_failure_;
  std::thread thread_;
};

}  // namespace fieldnode::office
