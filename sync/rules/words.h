#pragma once

#include <cstdint>

/// The closed vocabularies of the measures. Every value is part of the wire format: numbers are never reused.
namespace fieldnode::rules {

/// What an entry says. 1..63 are acts (journal), 64 and above are the centre's (feed).
enum class EntryKind : std::uint16_t {
  kNone = 0,
  // acts
  kJournalOpening = 1,
  kAcknowledgement = 2,
  kContact = 3,
  kResolution = 4,
  kExtensionApplication = 5,
  kReturnApplication = 6,
  kSpecialApplication = 7,
  kNote = 8,
  kStaffAssignment = 9,
  kCorrection = 10,
  kWithdrawal = 11,
  kUnmasking = 12,
  kAnomaly = 13,
  kStaffChange = 14,
  kOutage = 15,
  kEvidenceExport = 16,
  kVetoContest = 17,
  kRulesApplied = 18,
  // the centre's entries
  kFeedOpening = 64,
  kDispatch = 65,
  kTakeBack = 66,
  kExtensionDecision = 67,
  kReturnDecision = 68,
  kSpecialDecision = 69,
  kUnreachableDecision = 70,
  kRefusal = 71,
  kConflict = 72,
  kSettlement = 73,
  kSetAside = 74,
  kAdopt = 75,
  kCallBack = 76,
  kSupervisionNote = 77,
  kPause = 78,
  kResume = 79,
  kRedo = 80,
  kClose = 81,
  kRedact = 82,
  kTimeCorrection = 83,
  kPolicy = 84,
  kCalendar = 85,
  kCaseUpdate = 86,
  kTimeRuling = 87,
  kOutageSeen = 88,
  kPhoneReceipt = 89,
  kPhoneCheck = 90,
  kVeto = 91,
  kVetoStep = 92,
  kPublication = 93,
  kEvidenceIssue = 94,
};

[[nodiscard]] constexpr bool is_act(EntryKind kind) {
  return kind != EntryKind::kNone && static_cast<std::uint16_t>(kind) < 64;
}

/// Source: requirements A1..A5.
enum class Category : std::uint8_t { kNone = 0, kA1 = 1, kA2 = 2, kA3 = 3, kA4 = 4, kA5 = 5 };

/// Source: requirements A6.
enum class CaseKind : std::uint8_t {
  kNone = 0,
  kConsultation = 1,
  kHelp = 2,
  kComplaint = 3,
  kReport = 4,
  kOpinion = 5
};

/// The deadline clocks of an assignment. Source: requirements D, B, E5.
enum class ClockKind : std::uint8_t { kNone = 0, kAcknowledge = 1, kContact = 2, kReturn = 3, kResolve = 4 };

enum class LimitUnit : std::uint8_t { kHours = 1, kWorkingHours = 2, kWorkingDays = 3, kCalendarDays = 4 };

/// R1: how the citizen was reached, and what came of it.
enum class Channel : std::uint8_t { kNone = 0, kTelephone = 1, kVisit = 2, kMessage = 3 };
enum class ContactOutcome : std::uint8_t { kNone = 0, kReached = 1, kNoAnswer = 2, kWrongNumber = 3, kDeclined = 4 };

/// R2: answers of yes / partly / no.
enum class Degree : std::uint8_t { kNone = 0, kYes = 1, kPartly = 2, kNo = 3 };

/// Grounds of a return (N1..N9 and "not ours"), also the codes of a refusal at intake.
enum class ReturnReason : std::uint8_t { kNone = 0, kN1, kN2, kN3, kN4, kN5, kN6, kN7, kN8, kN9, kNotOurs = 10 };

/// E1: the list of grounds for an extension; the free text is in the body.
enum class ExtensionGround : std::uint8_t {
  kNone = 0,
  kSeveralUnits = 1,
  kSiteWork = 2,
  kExpertOpinion = 3,
  kLegalProcedure = 4,
  kOther = 9
};

/// Q1.
enum class SupervisionGround : std::uint8_t {
  kNone = 0,
  kPerfunctory = 1,
  kFraud = 2,
  kDereliction = 3,
  kConfidentiality = 4,
  kCorruption = 5,
  kAbuse = 6,
  kSlowData = 7,
  kErrors = 8,
  kOther = 9
};

/// Which of the machine's clocks a node's interval rests on; `kCentral`: the centre's own clock. Source: design 5.
enum class ClockClass : std::uint8_t { kNone = 0, kAnchored = 1, kCarried = 2, kFloor = 3, kCentral = 4 };

enum class AnomalyKind : std::uint8_t {
  kNone = 0,
  kWallStep = 1,
  kSuspend = 2,
  kReboot = 3,
  kClockUnsound = 4,
  kDisk = 5,
  kRestore = 6,
  kForeignEntry = 7
};

/// Why a node could not reach the centre.
enum class OutageCause : std::uint8_t {
  kNone = 0,
  kUnreachable = 1,  ///< no connection came about
  kBroken = 2,       ///< connections came about and broke, or nothing came back
  kRefused = 3       ///< the centre answered that it takes nothing now
};

/// What the centre knows of an outage by itself.
enum class OutageView : std::uint8_t {
  kNone = 0,
  kNodeSilent = 1,  ///< nothing came from the node; it may have been switched off
  kCentreDown = 2   ///< the centre itself did not serve
};

/// Q7: what became of a veto.
enum class VetoMove : std::uint8_t {
  kNone = 0,
  kReferred = 1,  ///< to the supervision bureau; number and date are in the body
  kOutcome = 2,   ///< what the bureau found; the words are in the body
  kRejected = 3,  ///< the unit's contest is rejected
  kWithdrawn = 4  ///< the veto counts no more
};

enum class StaffRole : std::uint8_t {
  kNone = 0,
  kClerk = 1,
  kSupervisor = 2,
  kSystem = 3,
  kData = 4,
  kAuditor = 5,
  kOperator = 6
};

}  // namespace fieldnode::rules
