#pragma once

#include <array>
#include <deque>
#include <map>
#include <memory>
#include <set>

#include "sync/engine/pace.h"
#include "tests/sim/clerk.h"
#include "tests/sim/oracle/oracle.h"
#include "tests/sim/sim_link.h"

namespace fieldnode::sim {

/// What every life in the city sees.
struct City {
  Timeline& timeline;
  Faults& faults;
  Oracle& oracle;
  Trace& trace;
  SimCentre& centre;
  OfficeGround ground;
  int days{};
};

/// An office from day to day: its staff at their work, its sync loop, and what befalls its machine and its line.
class OfficeLife {
 public:
  /// `house`: what its clerks' acts are called by; empty: by the unit.
  OfficeLife(City& city, office::OfficeIdentity const& identity, crypto::KeyPair const& keys, std::uint64_t seed,
             std::string house = {});
  /// A machine that runs on a copy of the other's disk; nothing befalls it but its line.
  OfficeLife(OfficeLife const& original, std::uint64_t seed);

  /// The first day begins.
  void begin();
  /// The unit's feed has grown: a parked poll ends.
  void wake();
  /// The faults have stopped: somebody sets everything right.
  void heal();
  /// Tries to bring everything over. True once nothing is left on either side.
  [[nodiscard]] bool drained();

  /// The one that serves the unit now.
  [[nodiscard]] SimOffice& machine() { return successor_ ? successor_->machine() : machine_; }
  [[nodiscard]] std::uint64_t exchanges() const {
    return link_.exchanges() + (successor_ ? successor_->exchanges() : 0);
  }
  /// Its program runs and nothing keeps it from answering.
  [[nodiscard]] bool up() const { return successor_ ? successor_->up() : machine_.runs() && !busy_; }

 private:
  // the sync loop
  void plan_exchange(Milliseconds in);
  void exchange();
  /// What happens at the office while a reply is on its way.
  void overtake(bool is_poll);
  [[nodiscard]] Result<engine::ExchangeOutcome> attempt(engine::ExchangeOptions options);
  /// What the office tells of its link; 0: what its exchanges have shown.
  [[nodiscard]] std::uint64_t draw_link_rate();
  /// `before`: what stood ahead of the feed until then.
  void note_previews(std::vector<std::uint64_t> const& before);
  void work_on_urgent();
  [[nodiscard]] Milliseconds until_next_part();
  void keep_floor();

  // the staff
  void plan_work();
  void work();
  void do_something();
  void press(WantedAct const& act);
  void take_saved(WantedAct const& act, office::RecordedAct const& recorded, UtcTime truth);
  void press_variants(WantedAct const& act);
  void doubt(WantedAct const& act, UtcTime truth);
  void retry_doubtful();

  // what befalls them
  void plan_mishap();
  void mishap();
  void befall(Fault fault);
  void befall_clock(Fault fault);
  void befall_disk(Fault fault);
  void befall_power(Fault fault);
  void lose_power(Fault fault, Milliseconds off);
  void flicker();
  [[nodiscard]] UtcTime wall_after(Fault fault);
  [[nodiscard]] LossMode draw_loss();
  void cut_line(Milliseconds off);
  void power_up();
  void suspend(Milliseconds by);
  void stand_still(Milliseconds by);
  /// The machine goes on that stood still since its clocks showed `stood`.
  void go_on_from(engine::ClockReading const& stood, UtcTime since);
  /// It stands still or sleeps while an exchange is under way.
  void stop_meanwhile(Fault fault);
  [[nodiscard]] Milliseconds draw_sleep_error();
  void start_program();
  void restart();
  /// The machine is awake again: its program goes on where it stood.
  void start_again();
  /// Runs what may meet a failing disk. False when it did.
  bool guarded(std::function<void()> const& work);
  void note_disk();

  // backups of its disk, and copies that run beside it
  void plan_backup();
  void put_back();
  void come_back_old();
  /// A journal of its own, as whoever restores or chooses a copy begins one. False when the disk failed.
  [[nodiscard]] bool begin_journal();
  void run_copy();
  void begin_as_copy(DiskImage const& image);
  void end_copy(OfficeLife& copy);
  void switch_off(OfficeLife& copy);
  /// The centre has heard another program with this node's key.
  void hear_of_copy();
  void choose();
  [[nodiscard]] bool has_copy() const;
  /// The centre holds every act that is here. Only while it runs.
  [[nodiscard]] bool all_delivered();
  [[nodiscard]] bool copies_drained();

  // a machine that is given up, and the node that takes over
  void give_up();
  void enrol_successor();
  [[nodiscard]] office::OfficeIdentity successor_identity(crypto::PublicKey const& key, Epoch journal);
  void hear_of_revocation();
  void retire();

  /// An event of the program that runs now; what was planned for an earlier one does not happen.
  void plan(Milliseconds in, void (OfficeLife::*event)());
  [[nodiscard]] Milliseconds between(std::int64_t least_s, std::int64_t most_s);
  [[nodiscard]] bool is_day() const;
  void say(std::string_view what);

  /// A copy of the machine's disk, and the acts that it holds.
  struct Backup {
    DiskImage disk;
    std::set<std::string> acts;
  };

  City& city_;
  std::uint64_t seed_;
  SeededRandom chance_;
  SeededRandom fault_chance_;
  SeededRandom link_chance_;
  SimOffice machine_;
  SimLink link_;
  std::string house_;
  Clerks clerks_;
  engine::Pace pace_;
  std::uint64_t program_number_{0};
  std::uint64_t exchange_number_{0};  ///< only the exchange planned last happens
  bool busy_{false};                  ///< the machine sleeps, is off, or stands still
  bool in_exchange_{false};
  bool is_ahead_{false};                                 ///< something stood ahead of the feed after the last exchange
  std::deque<WantedAct> doubtful_;                       ///< acts of which nobody knows whether they were saved
  std::map<std::string, std::vector<UtcTime>> pressed_;  ///< when those were pressed
  Fault cut_by_{Fault::kPowerCut};
  std::optional<Fault> at_next_press_;  ///< a fault of the disk that waits for somebody to work
  std::optional<Backup> backup_;
  bool centre_lacks_{false};         ///< acts of this journal that its receipts cover, or the journal itself
  bool begins_anew_{false};          ///< its disk is a backup's, and no program has served from it yet
  std::uint64_t choice_planned_{0};  ///< in which program; 0: not
  std::vector<std::unique_ptr<OfficeLife>> copies_;
  bool is_copy_{false};
  bool is_wanted_{false};  ///< a copy whose acts are to come over
  bool is_over_{false};    ///< a copy or a revoked machine that was switched off for good
  bool is_given_up_{false};
  std::unique_ptr<OfficeLife> successor_;
  bool end_planned_{false};
  std::array<std::uint64_t, static_cast<std::size_t>(DiskFault::kCount)> disk_seen_{};
};

}  // namespace fieldnode::sim
