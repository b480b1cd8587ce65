#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "sync/rules/assignment.h"
#include "sync/rules/refusals.h"

/// The lifecycle as one table: rows x moves. `tests/data/lifecycle.tsv` is the same table for people; a test compares
/// every cell. A situation is one row of each block (stage, acknowledgement, role, ...). A move is taken unless a row
/// of the situation refuses it; the first refusal in block order is the answer.
namespace fieldnode::rules {

/// What an entry does to an assignment: its kind, split where the law looks at its fields.
enum class Move : std::uint8_t {
  // acts
  kAcknowledgement,
  kContactReached,
  kContactFailed,
  kContactCompletes,
  kResolution,
  kResolutionUnreachable,
  kExtensionApplication,
  kReturnApplication,
  kSpecialApplication,
  kNote,
  kStaffAssignment,
  kCorrection,
  kWithdrawal,
  kUnmasking,
  // decisions
  kDispatch,
  kTakeBack,
  kExtensionDecision,
  kReturnDecision,
  kSpecialDecision,
  kUnreachableDecision,
  kRefusal,
  kConflict,
  kSettlement,
  kSetAside,
  kAdopt,
  kCallBack,
  kSupervisionNote,
  kPause,
  kResume,
  kRedo,
  kClose,
  kRedact,
  kCaseUpdate,
  kTimeRuling,
  kEvidence,  ///< an act or an entry of the centre
  // no business of an assignment
  kUnitWide,  ///< openings, staff, anomalies, outages, time corrections, policy, calendar, vetoes, ...
  kUnknown,   ///< a kind from a newer version
  kCount
};

inline constexpr std::size_t kMoveCount = static_cast<std::size_t>(Move::kCount);

/// The rows, block by block. A situation has one row of each block.
enum class Row : std::uint8_t {
  // stage
  kUndispatched,
  kOpen,
  kContacted,
  kResolved,
  kUnconfirmed,
  kClosed,
  kReturned,
  kTakenBack,
  kRedone,
  // acknowledgement
  kUnacknowledged,
  kAcknowledged,
  // kind of the case
  kConsultation,
  kOtherKind,
  // role of the unit
  kLeadUnresolved,
  kLeadResolved,
  kAssisting,
  // extension
  kNoExtension,
  kExtensionPending,
  // special circumstances
  kNoSpecial,
  kSpecialPending,
  // return
  kNoReturn,
  kReturnPending,
  kReturnRuled,
  // pause
  kNotPaused,
  kPaused,
  // call-back
  kNoCallBack,
  kContent,
  kUnsatisfied,
  kCount
};

inline constexpr std::size_t kRowCount = static_cast<std::size_t>(Row::kCount);
inline constexpr std::size_t kBlockCount = 9;

/// One row of each block, in block order.
using Situation = std::array<Row, kBlockCount>;

enum class Outcome : std::uint8_t {
  kSilent,  ///< the row has nothing against it
  kTake,    ///< it has its effect
  kKeep,    ///< it is kept and shown, and changes nothing
  kRefuse
};

/// What must hold besides the row. The first three are facts and bind fold and judge alike (`references.h`); the others
/// need policy, calendar, time or form, and bind only the judge.
enum class Guard : std::uint8_t {
  kNone,
  kApplication,  ///< names the application that is pending
  kResolution,   ///< names the resolution that is in force
  kAct,          ///< names an act that may be ruled on in this way
  kForm,         ///< required fields are there
  kAttempts,     ///< D3: enough failed attempts on enough different working days
  kExtension,    ///< E1, E2: ground, days, in time, caps
  kReturn,       ///< B1, B2, B4: reason, in time, rounds
  kPaper,        ///< E7: days and the attached paper
  kInnerDue      ///< R4: earlier than the legal due
};

struct Cell {
  Outcome outcome{Outcome::kSilent};
  RefusalCode code{RefusalCode::kNone};
  Guard guard{Guard::kNone};
  friend bool operator==(Cell const&, Cell const&) = default;
};

/// The rows as `lifecycle.tsv` names them.
[[nodiscard]] std::string_view name_of(Row row);
[[nodiscard]] std::string_view name_of(Move move);
[[nodiscard]] std::string_view name_of(Guard guard);

[[nodiscard]] Move move_of(Skeleton const& entry);
[[nodiscard]] Situation situation_of(AssignmentState const& state);

/// One cell of the table.
[[nodiscard]] Cell cell(Row row, Move move);
/// The table's answer for a whole situation: the first refusal in block order, else keep, else take with its guard.
[[nodiscard]] Cell verdict_of(Situation const& situation, Move move);

}  // namespace fieldnode::rules
