#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sync/base/bytes.h"
#include "sync/base/ids.h"
#include "sync/base/time.h"
#include "sync/rules/words.h"

/// The skeleton of an entry: every field that the law reads. Free text and contact data are no business of the rules.
/// Source: PROTOCOL, "Entries".
namespace fieldnode::rules {

/// One limit on one clock. `statute` empty: the measures or the case's own word; else law and article.
/// Units: `count` in `unit`. Source: requirements D8, E5.
struct OwnLimit {
  ClockKind clock{};
  std::uint32_t count{};
  LimitUnit unit{};
  std::string statute;

  friend bool operator==(OwnLimit const&, OwnLimit const&) = default;
};

/// What is claimed about the moment of an entry. A feed entry's moment is the centre's, exact, class kCentral.
/// `estimate` is for display and by-the-node's-clock verdicts only; `anchor` names the receipt that the interval
/// rests on (0: none).
struct TimeEvidence {
  ClockClass clock_class{};
  TimeInterval interval{};
  UtcTime estimate{};
  std::uint64_t anchor{};

  friend bool operator==(TimeEvidence const&, TimeEvidence const&) = default;
};

[[nodiscard]] inline TimeEvidence central_time(UtcTime at) { return {ClockClass::kCentral, exactly(at), at, 0}; }

// ---- acts -----------------------------------------------------------------------------------------------------------

/// First entry of every journal or feed epoch; its contact part carries the salt keys of entries on no assignment.
struct Opening {
  Position parent{};
  Hash parent_hash{};
  friend bool operator==(Opening const&, Opening const&) = default;
};
struct Acknowledgement {
  friend bool operator==(Acknowledgement const&, Acknowledgement const&) = default;
};
/// Resolution fields, R2. `unreachable`: claims D3's three failed attempts, subject to the centre's confirmation.
struct Resolution {
  Degree verified{};
  bool beyond_duty{};
  Degree solved{};
  bool unreachable{};
  friend bool operator==(Resolution const&, Resolution const&) = default;
};
/// `completes`: D4, one action that records contact and completion of a consultation.
struct Contact {
  Channel channel{};
  ContactOutcome outcome{};
  std::optional<Resolution> completes;
  friend bool operator==(Contact const&, Contact const&) = default;
};
/// Units: working days.
struct ExtensionApplication {
  ExtensionGround ground{};
  std::uint32_t days{};
  friend bool operator==(ExtensionApplication const&, ExtensionApplication const&) = default;
};
struct ReturnApplication {
  ReturnReason reason{};
  UnitId suggested{};
  friend bool operator==(ReturnApplication const&, ReturnApplication const&) = default;
};
/// E7: outside the caps; the document number and the paper are in the body. Units: working days.
struct SpecialApplication {
  std::uint32_t days{};
  friend bool operator==(SpecialApplication const&, SpecialApplication const&) = default;
};
struct Note {
  friend bool operator==(Note const&, Note const&) = default;
};
/// R4: who inside the unit has it, with an inner due instant that is earlier than the legal one.
struct StaffAssignment {
  StaffId to{};
  std::optional<UtcTime> inner_due;
  friend bool operator==(StaffAssignment const&, StaffAssignment const&) = default;
};
/// Q5: never an edit. Only a contact's outcome is read by the rules; other fields are corrected in the body.
struct Correction {
  Position act{};
  std::optional<ContactOutcome> outcome;
  friend bool operator==(Correction const&, Correction const&) = default;
};
struct Withdrawal {
  Position application{};
  friend bool operator==(Withdrawal const&, Withdrawal const&) = default;
};
struct Unmasking {
  friend bool operator==(Unmasking const&, Unmasking const&) = default;
};
/// What the machine's clocks or disk did. `anchor` (kClockUnsound): what rests on the time of that receipt is unsound.
struct Anomaly {
  AnomalyKind what{};
  std::int64_t milliseconds{};
  std::uint64_t anchor{};
  friend bool operator==(Anomaly const&, Anomaly const&) = default;
};
/// O7: ids and roles are journaled, names stand in the body, hashes nowhere.
struct StaffChange {
  StaffId who{};
  StaffRole role{};
  bool disabled{};
  friend bool operator==(StaffChange const&, StaffChange const&) = default;
};

// ---- the centre's entries -------------------------------------------------------------------------------------------

/// Gives a case to the unit for one cycle. `policy` names the policy version in force at dispatch.
/// `return_rounds`: return applications already made on the case by any unit (B4); `ruled`: no further return.
struct Dispatch {
  CaseId case_id{};
  std::uint32_t cycle{1};
  Category category{};
  CaseKind kind{};
  bool lead{true};
  bool confidential{};
  bool urgent{};
  std::uint32_t return_rounds{};
  bool ruled{};
  std::vector<OwnLimit> limits;
  friend bool operator==(Dispatch const&, Dispatch const&) = default;
};
struct TakeBack {
  friend bool operator==(TakeBack const&, TakeBack const&) = default;
};
/// Units: working days granted, may be fewer than asked.
struct ExtensionDecision {
  Position application{};
  bool granted{};
  std::uint32_t days{};
  friend bool operator==(ExtensionDecision const&, ExtensionDecision const&) = default;
};
/// `final_ruling`: B4, a supervisor's word; further returns are refused `ruled`.
struct ReturnDecision {
  Position application{};
  bool granted{};
  bool final_ruling{};
  friend bool operator==(ReturnDecision const&, ReturnDecision const&) = default;
};
struct SpecialDecision {
  Position application{};
  bool granted{};
  std::uint32_t days{};
  friend bool operator==(SpecialDecision const&, SpecialDecision const&) = default;
};
/// D3: confirms or denies a resolution that claimed `unreachable`.
struct UnreachableDecision {
  Position resolution{};
  bool confirmed{};
  friend bool operator==(UnreachableDecision const&, UnreachableDecision const&) = default;
};
/// The centre's judgement of an act that it did not admit; `code` is a refusal code of `judge`.
struct RefusalOfAct {
  Position act{};
  std::string code;
  friend bool operator==(RefusalOfAct const&, RefusalOfAct const&) = default;
};
/// B6: an act made without knowledge of a take-back or granted return.
struct Conflict {
  Position act{};
  friend bool operator==(Conflict const&, Conflict const&) = default;
};
struct Settlement {
  Position act{};
  bool stands{};
  friend bool operator==(Settlement const&, Settlement const&) = default;
};
struct SetAside {
  Position act{};
  std::string code;
  friend bool operator==(SetAside const&, SetAside const&) = default;
};
struct Adopt {
  Position act{};
  friend bool operator==(Adopt const&, Adopt const&) = default;
};
struct CallBack {
  bool reached{};
  Degree satisfied{};
  Degree solved{};
  friend bool operator==(CallBack const&, CallBack const&) = default;
};
struct SupervisionNote {
  SupervisionGround ground{};
  bool veto{};
  friend bool operator==(SupervisionNote const&, SupervisionNote const&) = default;
};
struct Pause {
  friend bool operator==(Pause const&, Pause const&) = default;
};
struct Resume {
  friend bool operator==(Resume const&, Resume const&) = default;
};
/// B5: this cycle keeps its result, the next one is another assignment.
struct Redo {
  AssignmentId next{};
  friend bool operator==(Redo const&, Redo const&) = default;
};
struct Close {
  friend bool operator==(Close const&, Close const&) = default;
};
/// N5. `in_journal`: the target is an act, else a feed entry; the contact part carries the next body key.
struct Redact {
  Position target{};
  bool in_journal{};
  friend bool operator==(Redact const&, Redact const&) = default;
};
struct TimeCorrection {
  std::uint64_t anchor{};
  friend bool operator==(TimeCorrection const&, TimeCorrection const&) = default;
};
/// The signed text itself stands in the body. Shape: `version` as the file names itself.
struct PolicyVersion {
  std::string version;
  friend bool operator==(PolicyVersion const&, PolicyVersion const&) = default;
};
struct CalendarVersion {
  std::string version;
  friend bool operator==(CalendarVersion const&, CalendarVersion const&) = default;
};
/// A changed fact of the case (a second import, a caller's addition); the words are in the body. Moves no clock.
struct CaseUpdate {
  friend bool operator==(CaseUpdate const&, CaseUpdate const&) = default;
};
/// An operator's word on a limit where nobody can prove whether the act met it in time. Source: design 5.
struct TimeRuling {
  Position act{};
  ClockKind clock{};
  bool in_time{};
  friend bool operator==(TimeRuling const&, TimeRuling const&) = default;
};
/// A kind from a newer version: kept, shown, chained, never folded.
struct UnknownPayload {
  friend bool operator==(UnknownPayload const&, UnknownPayload const&) = default;
};

using Payload =
    std::variant<UnknownPayload, Opening, Acknowledgement, Contact, Resolution, ExtensionApplication, ReturnApplication,
                 SpecialApplication, Note, StaffAssignment, Correction, Withdrawal, Unmasking, Anomaly, StaffChange,
                 Dispatch, TakeBack, ExtensionDecision, ReturnDecision, SpecialDecision, UnreachableDecision,
                 RefusalOfAct, Conflict, Settlement, SetAside, Adopt, CallBack, SupervisionNote, Pause, Resume, Redo,
                 Close, Redact, TimeCorrection, PolicyVersion, CalendarVersion, CaseUpdate, TimeRuling>;

/// Shape: `kind` and the alternative held by `payload` agree (wire sets both; an unknown kind holds UnknownPayload).
struct Skeleton {
  EntryKind kind{};
  std::uint8_t version{1};
  AssignmentId assignment{};  ///< none for entries on the unit as a whole
  std::uint64_t number{};     ///< counts this list's entries on this assignment from 1, so that evidence shows gaps
  StaffId staff{};            ///< who; none: the program itself
  /// An act: the gapless feed position it was made on. A feed entry: `acts_before`, the last act that the centre had
  /// judged when it was appended. One order for both ends follows from it.
  Position basis{};
  std::uint64_t previewed{};  ///< an act: greatest feed seq known beyond `basis` by preview, else 0
  TimeEvidence time{};
  std::optional<Position> origin;  ///< where a re-appended entry stood first
  std::uint32_t blobs{};
  Payload payload{};

  friend bool operator==(Skeleton const&, Skeleton const&) = default;
};

/// An entry at its place in its list.
struct Placed {
  Position at{};
  Skeleton skeleton{};
};

}  // namespace fieldnode::rules
