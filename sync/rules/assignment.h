#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sync/rules/deadline.h"
#include "sync/rules/entry.h"

/// What a fold of one assignment's entries gives: facts only, nothing that depends on "now", policy or calendar.
/// `replay.h` makes it, `judge.h` and `clocks.h` read it.
namespace fieldnode::rules {

/// How far the handling has come. The last four are ends: no clock runs and no act is taken. Numbers enter the digest.
enum class Stage : std::uint8_t {
  kUndispatched = 0,
  kOpen = 1,
  kContacted = 2,
  kResolved = 3,
  kUnconfirmed = 4,  ///< resolved as `unreachable`, the centre has not confirmed it (D3)
  kClosed = 5,
  kReturned = 6,
  kTakenBack = 7,
  kRedone = 8
};

[[nodiscard]] constexpr bool is_end(Stage stage) { return stage >= Stage::kClosed; }

/// What became of one act. Numbers enter the digest.
enum class Standing : std::uint8_t {
  kTaken = 1,      ///< counts (in force as soon as the receipts say so)
  kUnjudged = 2,   ///< the fold has no place for it and no feed entry has judged it yet
  kNoEffect = 3,   ///< the fold had no place for it, and an entry that covers it said nothing about it
  kRefused = 4,    ///< by the centre, with a code
  kConflict = 5,   ///< made without knowledge of the end; waits for an operator (B6)
  kVoid = 6,       ///< a conflict settled against it; a resolution denied, or whose contact was corrected to failed
  kStands = 7,     ///< a conflict that was settled for it
  kSetAside = 8,   ///< kept, but without effect until adopted
  kAdopted = 9,    ///< set aside, then adopted
  kRepeated = 10,  ///< another append of an act that counts already
  kWithdrawn = 11  ///< an application that was withdrawn before the centre ruled
};

/// Which entry did something, and what is claimed about when.
struct Mark {
  Position at{};
  TimeEvidence time{};
  friend bool operator==(Mark const&, Mark const&) = default;
};

/// One act on the assignment, in the order of the fold.
struct ActRecord {
  Position at{};
  std::optional<Position> origin;  ///< a re-append: where the act stood first
  EntryKind kind{};
  Standing standing{};
  std::string code;                  ///< kRefused, kSetAside: why
  Position ruled_by{};               ///< the feed entry that last said something about it; none: seq 0
  std::optional<UtcTime> held_at{};  ///< kAdopted: when the centre had it, as the entry says that adopted it
  friend bool operator==(ActRecord const&, ActRecord const&) = default;
};

/// A contact that counts, with its outcome as last corrected.
struct ContactFact {
  Mark by{};
  ContactOutcome outcome{};
  friend bool operator==(ContactFact const&, ContactFact const&) = default;
};

/// The resolution in force.
struct ResolutionFact {
  Mark by{};
  Resolution claim{};
  Position confirmed_by{};  ///< the decision that confirmed `unreachable`; none: seq 0
  friend bool operator==(ResolutionFact const&, ResolutionFact const&) = default;
};

/// An application for more time. Units: working days.
struct TimeApplication {
  Mark by{};
  std::uint32_t days{};
  friend bool operator==(TimeApplication const&, TimeApplication const&) = default;
};

struct ReturnApplicationFact {
  Mark by{};
  ReturnReason reason{};
  friend bool operator==(ReturnApplicationFact const&, ReturnApplicationFact const&) = default;
};

/// More time that was granted. Units: working days. `special`: E7, outside the caps of E2.
struct GrantedTime {
  Position application{};
  Position decision{};
  std::uint32_t days{};
  bool special{};
  friend bool operator==(GrantedTime const&, GrantedTime const&) = default;
};

struct StaffFact {
  Mark by{};
  StaffId to{};
  std::optional<UtcTime> inner_due;
  friend bool operator==(StaffFact const&, StaffFact const&) = default;
};

struct CallBackFact {
  Mark by{};
  CallBack result{};
  friend bool operator==(CallBackFact const&, CallBackFact const&) = default;
};

struct SupervisionFact {
  Mark by{};
  SupervisionNote note{};
  friend bool operator==(SupervisionFact const&, SupervisionFact const&) = default;
};

struct RedactFact {
  Position by{};
  Redact redact{};
  friend bool operator==(RedactFact const&, RedactFact const&) = default;
};

/// An operator's ruling on whether an act met a limit in time.
struct TimeRulingFact {
  Position by{};
  TimeRuling ruling{};
  friend bool operator==(TimeRulingFact const&, TimeRulingFact const&) = default;
};

/// The entry that ended the assignment.
struct Ending {
  Stage how{};
  Position at{};
  UtcTime time{};
  AssignmentId next{};  ///< kRedone: the next cycle
  friend bool operator==(Ending const&, Ending const&) = default;
};

/// Shape: fields of the dispatch are default until `dispatched_by` names it.
struct AssignmentState {
  AssignmentId id{};

  Position dispatched_by{};  ///< none: seq 0
  UtcTime dispatched_at{};
  Dispatch dispatch{};

  std::optional<Mark> acknowledged;   ///< the first one; later ones never move it (D2)
  std::vector<ContactFact> contacts;  ///< in the order of the fold
  std::optional<ResolutionFact> resolution;

  std::optional<TimeApplication> pending_extension;
  std::optional<TimeApplication> pending_special;
  std::optional<ReturnApplicationFact> pending_return;
  std::optional<ReturnApplicationFact> granted_return;
  std::vector<GrantedTime> granted;
  std::uint32_t return_rounds{};  ///< of the whole chain of units, own applications included (B4)
  bool ruled{};                   ///< B4: no further return

  std::vector<PauseSpan> pauses;
  std::optional<StaffFact> staff;  ///< who has it now (R4)
  std::vector<CallBackFact> call_backs;
  std::vector<SupervisionFact> supervision;
  std::vector<RedactFact> redacted;
  std::vector<TimeRulingFact> time_rulings;  ///< in the order of the fold; the last on an act and clock counts
  std::uint32_t notes{};
  std::uint32_t updates{};
  std::optional<Ending> ending;

  std::vector<ActRecord> acts;
  std::vector<Position> idle_entries;  ///< feed entries for which the fold had no place

  [[nodiscard]] Stage stage() const;
  /// The first contact that reached the citizen; null if there is none (any more).
  [[nodiscard]] ContactFact const* reached() const;
  [[nodiscard]] bool paused() const;
  /// The last call-back that reached the citizen; null if none did.
  [[nodiscard]] CallBackFact const* answered_call_back() const;
  /// B5: the last call-back that reached the citizen says "no" to satisfied or solved.
  [[nodiscard]] bool unsatisfied() const;
  /// By its place, or by the place where it stood first; a re-append that counts outranks an original that is aside.
  /// Null if the assignment has no such act.
  [[nodiscard]] ActRecord const* act(Position at) const;
  /// Acts in conflict that wait for an operator.
  [[nodiscard]] std::vector<Position> open_conflicts() const;

  friend bool operator==(AssignmentState const&, AssignmentState const&) = default;
};

}  // namespace fieldnode::rules
