#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "node/office/exchanger.h"
#include "node/office/https_transport.h"
#include "node/office/sync_rounds.h"
#include "sync/engine/pace.h"

namespace fieldnode::office {

/// Settings of the loop. Units: bytes before compression, seconds.
struct SyncSettings {
  std::size_t reply_budget_bytes{1024 * 1024};
  std::chrono::seconds wait{50};  ///< of a parked poll
};

/// What the loop is about, for pages.
struct LinkView {
  bool online{};                        ///< the last attempt succeeded
  std::optional<Refusal> alarm;         ///< a breach of the protocol: no acts are sent until somebody looks
  std::optional<Milliseconds> next_in;  ///< while it waits after a failure
  std::uint64_t exchanges{};            ///< that succeeded since the start
};

/// Keeps the node and the centre together over two connections, each with a thread: on one acts leave as soon as they
/// are made, the other brings the feed and else has a poll parked at the centre, so that new work arrives in half a
/// round trip. Both may be long at the same time, and neither disturbs the other. After a failure a connection backs
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
  /// Entries are on their way or want to be: what is less urgent waits. The answer to a parked poll comes by itself.
  [[nodiscard]] bool entries_go() const;

 private:
  /// One of the two connections. Guarded by mutex_, the transport apart.
  struct Lane {
    HttpsTransport& line;
    engine::Pace pace;
    bool nudged{};
    bool parked{};                           ///< a poll waits at the centre
    bool carries{};                          ///< it moves entries, or is about to
    bool sent_away{};                        ///< the centre named a time before which it does not want to be asked
    unsigned barren{};                       ///< exchanges in a row that should have moved something and did not
    unsigned hasty{};                        ///< polls in a row that the centre did not park and brought nothing
    std::optional<Milliseconds> retry_at{};  ///< since boot
    std::thread thread{};
  };
  /// How an attempt began.
  struct Begun {
    Milliseconds at{};
    std::uint64_t round{};
  };

  void send_acts();
  void fetch_feed();
  [[nodiscard]] bool wait_for_acts();
  [[nodiscard]] bool acts_wait();
  void wait_for_nudge(std::unique_lock<std::mutex>& lock);
  void work(Lane& lane, engine::ExchangeOptions options);
  void look_for_acts();
  [[nodiscard]] Begun begin(Lane& lane, bool parks);
  [[nodiscard]] Result<engine::ExchangeOutcome> attempt(Lane& lane, engine::ExchangeOptions const& options);
  [[nodiscard]] Milliseconds took_over(Lane& lane, engine::ExchangeOutcome const& outcome, Begun const& begun);
  [[nodiscard]] Milliseconds failed(Lane& lane, Refusal const& why, Begun const& begun);
  void note_progress(Lane const& lane, engine::ExchangeOutcome const& outcome, Begun const& begun);
  void look_at_alarm(engine::ExchangeOutcome const& outcome);
  [[nodiscard]] bool is_stopped() const;
  void come_online();
  void pause(Lane& lane, Milliseconds most);
  void keep_floor();
  void follow();
  [[nodiscard]] Milliseconds until(std::optional<Milliseconds> moment) const;
  void report() const;

  World world_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_{false};  // guarded by mutex_, as all below
  Lane acts_;
  Lane poll_;
  bool caught_up_{false};                 ///< the feed was held as far as the centre had it
  bool centre_lacks_{false};              ///< acts that its own receipts cover: it was restored
  Position feed_held_;                    ///< by the exchanges so far
  std::optional<Milliseconds> poll_due_;  ///< the parked poll must have brought by then what the centre said it has
  LinkView view_;
  SyncRounds rounds_;
  bool has_followed_{false};  ///< the rows are in line with the rules; of the polling thread
};

}  // namespace fieldnode::office
