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
/// Q3: from the first to the last failed attempt to reach the centre, by the node's clock. Written when the centre is
/// reached again.
struct LinkOutage {
  TimeInterval began{};
  TimeInterval ended{};
  std::uint32_t attempts{};
  OutageCause cause{};
  friend bool operator==(LinkOutage const&, LinkOutage const&) = default;
};
/// How many entries one list held on an assignment, in one of its epochs.
struct ListCount {
  bool journal{};  ///< else the feed
  Epoch epoch{};
  std::uint64_t entries{};
  friend bool operator==(ListCount const&, ListCount const&) = default;
};
/// Q4: evidence of the assignment left the house; what was there before this entry, so that none can be left out. Act
/// (an office exports) and the centre's entry alike.
struct EvidenceExport {
  std::vector<ListCount> counts;     ///< lists and epochs in their order, those without entries left out
  std::vector<ListCount> of_unit{};  ///< likewise of the entries on the unit as a whole
  friend bool operator==(EvidenceExport const&, EvidenceExport const&) = default;
};
/// Q7: the unit contests a veto; the grounds are in the body.
struct VetoContest {
  Position veto{};
  friend bool operator==(VetoContest const&, VetoContest const&) = default;
};
/// The node counts by other rules from here on. Names both versions of each; how many open assignments it moved.
struct RulesApplied {
  std::string policy_before;
  std::string policy_after;
  std::string calendar_before;
  std::string calendar_after;
  std::uint32_t earlier{};
  std::uint32_t later{};
  std::uint32_t overdue{};  ///< by the new rules, and not by the old ones
  friend bool operator==(RulesApplied const&, RulesApplied const&) = default;
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
/// `carried`: the skeleton, as its node wrote it, of an act that no journal of the unit holds: a revoked node's, which
/// the centre keeps aside. Body and contact part are then those of this entry. Empty: the act is held. `held_at`: when
/// the centre first had it, if it says so.
struct Adopt {
  Position act{};
  Bytes carried{};
  std::optional<UtcTime> held_at{};
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
/// `second`: whoever confirmed it beside the entry's own operator.
struct TimeCorrection {
  std::uint64_t anchor{};
  StaffId second{};
  friend bool operator==(TimeCorrection const&, TimeCorrection const&) = default;
};
/// The signed text itself stands in the body. Shape: `version` as the file names itself.
struct PolicyVersion {
  std::string version;
  friend bool operator==(PolicyVersion const&, PolicyVersion const&) = default;
};
/// `second`: whoever confirmed it, where it changes days that are past.
struct CalendarVersion {
  std::string version;
  StaffId second{};
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
/// Q3: the unit could not exchange, as the centre saw it, in [from, until).
struct OutageSeen {
  OutageView view{};
  UtcTime from{};
  UtcTime until{};
  friend bool operator==(OutageSeen const&, OutageSeen const&) = default;
};
/// An operator took a code by telephone: whoever said it held the journal up to `upto` at this entry's moment, if the
/// code is the right one. Source: PROTOCOL, "Phone receipt".
struct PhoneReceipt {
  Position upto{};
  std::uint64_t challenge{};
  std::uint64_t code{};
  friend bool operator==(PhoneReceipt const&, PhoneReceipt const&) = default;
};
/// The journal has come: does the code of the phone receipt at `receipt` belong to it?
struct PhoneCheck {
  Position receipt{};
  bool holds{};
  friend bool operator==(PhoneCheck const&, PhoneCheck const&) = default;
};
/// What an assessment speaks of: [from, until).
struct Period {
  UtcTime from{};
  UtcTime until{};
  friend bool operator==(Period const&, Period const&) = default;
};
/// Q2, Q7: one-vote veto of the unit's assessment. `cause`: the supervision note that it rests on; `second`: whoever
/// confirmed it beside the entry's own operator.
struct Veto {
  Period period{};
  Position cause{};
  StaffId second{};
  friend bool operator==(Veto const&, Veto const&) = default;
};
struct VetoStep {
  Position veto{};
  VetoMove move{};
  friend bool operator==(VetoStep const&, VetoStep const&) = default;
};
/// Q8: the unit's assessment was published; the figures stand in the body. `corrects`: the publication that this one
/// corrects; none: seq 0.
struct Publication {
  Period period{};
  Position corrects{};
  friend bool operator==(Publication const&, Publication const&) = default;
};
/// A kind from a newer version: kept, shown, chained, never folded.
struct UnknownPayload {
  friend bool operator==(UnknownPayload const&, UnknownPayload const&) = default;
};

using Payload =
    std::variant<UnknownPayload, Opening, Acknowledgement, Contact, Resolution, ExtensionApplication, ReturnApplication,
                 SpecialApplication, Note, StaffAssignment, Correction, Withdrawal, Unmasking, Anomaly, StaffChange,
                 LinkOutage, EvidenceExport, VetoContest, RulesApplied, Dispatch, TakeBack, ExtensionDecision,
                 ReturnDecision, SpecialDecision, UnreachableDecision, RefusalOfAct, Conflict, Settlement, SetAside,
                 Adopt, CallBack, SupervisionNote, Pause, Resume, Redo, Close, Redact, TimeCorrection, PolicyVersion,
                 CalendarVersion, CaseUpdate, TimeRuling, OutageSeen, PhoneReceipt, PhoneCheck, Veto, VetoStep,
                 Publication>;

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
