#pragma once

#include <map>
#include <set>
#include <string>

#include "sync/rules/verdict.h"
#include "tests/sim/oracle/act_roll.h"
#include "tests/sim/oracle/oracle_fold.h"
#include "tests/sim/oracle/redactions.h"
#include "tests/sim/oracle/seen_lists.h"
#include "tests/sim/sim_centre.h"
#include "tests/sim/sim_office.h"

namespace fieldnode::sim {

/// An act that the page was told is saved, and when that truly was.
struct ToldAct {
  Position at{};
  Hash leaf{};
  AssignmentId assignment{};
  std::string act_id;
  std::optional<UtcTime> truth;  ///< nothing: one of several moments, nobody knows which
};

/// Knows what truly happened (the acts that people were told are saved, and true time) and holds what the programs say
/// against it. It reads the lists by its own reader and folds them by the table on paper.
/// Source: reliability.md, "Invariants".
class Oracle {
 public:
  Oracle(Timeline const& timeline, LifecycleTable const& table) : timeline_(timeline), table_(table) {}

  [[nodiscard]] Findings& findings() { return findings_; }
  [[nodiscard]] UtcTime truth() const { return timeline_.truth(); }

  /// I2, I5: an act was told to be saved.
  void saved(SimOffice& office, ToldAct act, rules::TimeEvidence const& claimed);
  /// I5 at any moment.
  void look_at_time(SimOffice& office);
  /// I7: an exchange was reported as done. `answered`: the centre did answer during it.
  /// `acts`: how many the journal had when it began.
  void exchanged(SimOffice& office, engine::ExchangeOutcome const& outcome, std::uint64_t acts, bool answered);
  /// An operator asked for a note on an assignment, once.
  void asked_for_note(AssignmentId id) { ++notes_asked_[id]; }
  /// An operator took the words of an act away.
  void redacted(UnitId unit, Redaction const& redaction);
  /// I1, I3, I4, I6, I7, I8, I10 of what one end shows now.
  void look_at(SimOffice& office);
  void look_at(SimCentre& centre, UnitId unit);
  void look_at_both(SimOffice& office, SimCentre& centre);
  /// The same of everything that a unit ever had, not only of what is new.
  void look_at_all(SimOffice& office, SimCentre& centre);

  /// The office's machine stood still for so long and none of its clocks shows a step of two seconds: until its next
  /// anchor it may be behind by that, and by no more.
  void hide_pause(SimOffice& office, Milliseconds by);
  /// A time was signed that was not true: what rests on it is excused until it was taken back.
  void excuse(UnitId unit) { excused_.insert(unit); }
  void excuse_no_more(UnitId unit) { excused_.erase(unit); }
  [[nodiscard]] bool is_excused(UnitId unit) const { return excused_.contains(unit); }

  // Restored and copied: from then on the unit's acts are counted by what they say, wherever they stand.
  /// What people were told is saved on that machine.
  [[nodiscard]] std::set<std::string> acts_on(SimOffice const& office) const { return roll_.on(office); }
  /// Its disk is a backup that holds these; what it alone held is lost.
  void put_back(SimOffice& office, std::set<std::string> const& acts, SimCentre& centre);
  void copied(SimOffice const& original, SimOffice const& copy);
  /// It goes on in another journal.
  void chosen(SimOffice const& office) { turned_.insert(office.identity().unit); }
  /// A copy was switched off for good.
  void gone(SimOffice const& copy, SimCentre& centre);
  /// Another node serves the unit from now on.
  void replaced(SimOffice const& before, SimCentre& centre);
  /// I9: what came of an exchange that a node began after it was revoked.
  void exchanged_revoked(SimOffice const& office, Result<engine::ExchangeOutcome> const& outcome);
  /// The centre's disk is a backup.
  void put_back(SimCentre& centre, std::vector<UnitId> const& units);
  /// An operator was told this number.
  void gave(AssignmentId id);
  /// I8: two machines with one key, and what they sealed under it.
  void look_at_seals(SimOffice& original, SimOffice& copy);

  [[nodiscard]] std::uint64_t acts_told() const { return roll_.size(); }

 private:
  struct Seat {
    Epoch journal{};
    std::set<AssignmentId> changed_office;
    std::set<AssignmentId> changed_centre;
    std::set<Position> shown_in_force;
    std::map<Position, AssignmentId> not_in_force;  ///< acts that were told, until they are shown in force
    std::uint64_t covered{};
    UtcTime floor{};               ///< what was claimed with the last act that was told
    Milliseconds hidden{};         ///< a pause that its machine cannot know of
    std::uint64_t hidden_under{};  ///< the anchor that it was counted from
  };

  Seat& seat_of(SimOffice& office);
  [[nodiscard]] bool has_turned(SimOffice const& office) const { return turned_.contains(office.identity().unit); }
  void note_told(SimOffice& office, ToldAct act);
  void compare_office(SimOffice& office, std::set<AssignmentId> const& ids);
  void compare_centre(SimCentre& centre, UnitId unit, std::set<AssignmentId> const& ids);
  void compare_fold(std::string const& who, AssignmentId id, rules::AssignmentState const& state,
                    FoldedAssignment const& folded);
  void check_counted(std::string const& who, AssignmentId id, FoldedAssignment const& folded);
  void judge_verdicts(std::string const& who, UnitId unit, AssignmentId id,
                      std::vector<rules::ClockVerdict> const& verdicts);
  void judge_verdict(std::string const& who, AssignmentId id, rules::ClockVerdict const& verdict, UtcTime truth);
  void judge_truths(SimOffice& office, office::AssignmentFile const& file);
  void compare_told(SimOffice& office);
  void check_monotonic(SimOffice& office);
  void check_outages(SimOffice& office);
  void check_covered(SimOffice& office);
  void note_in_force(SimOffice& office);
  void check_notes(SeenList const& feed);
  void check_late_refusals(UnitId unit, SeenList const& feed, SeenList const& journal);
  [[nodiscard]] static bool holds(Seat const& seat, TimeInterval const& interval, UtcTime truth);

  Timeline const& timeline_;
  LifecycleTable const& table_;
  Findings findings_;
  SeenLists lists_{findings_};
  std::map<SimOffice const*, Seat> seats_;  ///< only asked by name: their order is no one's
  ActRoll roll_{findings_};
  Redactions redactions_{findings_};
  std::set<UnitId> turned_;  ///< of which something was restored or copied
  std::set<AssignmentId> given_;
  std::map<Position, ToldAct> told_;
  std::map<std::string, Position> told_ids_;
  std::map<AssignmentId, std::uint64_t> notes_asked_;
  std::set<UnitId> excused_;
};

}  // namespace fieldnode::sim
