#include "sync/rules/lifecycle.h"

#include <initializer_list>
#include <utility>

#include "sync/base/check.h"

namespace fieldnode::rules {

namespace {

using Cells = std::array<Cell, kMoveCount>;
using Change = std::pair<Move, Cell>;

constexpr Cell kSilentCell{};
constexpr Cell kTakeCell{Outcome::kTake, RefusalCode::kNone, Guard::kNone};
constexpr Cell kKeepCell{Outcome::kKeep, RefusalCode::kNone, Guard::kNone};

constexpr Cell take(Guard guard) { return {Outcome::kTake, RefusalCode::kNone, guard}; }
constexpr Cell no(RefusalCode code) { return {Outcome::kRefuse, code, Guard::kNone}; }

constexpr Cells with(Cells cells, std::initializer_list<Change> changes) {
  for (auto const& [move, cell] : changes) cells[static_cast<std::size_t>(move)] = cell;
  return cells;
}

constexpr Cells all(Cell cell) {
  Cells cells{};
  cells.fill(cell);
  return cells;
}

/// Whatever the stage: what the centre may always say about acts and the record, and what is never an assignment's.
constexpr Cells always(Cells cells) {
  return with(cells, {{Move::kRefusal, take(Guard::kAct)},
                      {Move::kConflict, take(Guard::kAct)},
                      {Move::kSetAside, take(Guard::kAct)},
                      {Move::kUnitWide, no(RefusalCode::kNotOnAssignment)},
                      {Move::kUnknown, no(RefusalCode::kUnknownKind)}});
}

constexpr Cells of_dispatched(Cells cells) {
  return with(always(cells), {{Move::kDispatch, no(RefusalCode::kAlreadyDispatched)},
                              {Move::kSettlement, take(Guard::kAct)},
                              {Move::kAdopt, take(Guard::kAct)},
                              {Move::kSupervisionNote, take(Guard::kForm)},
                              {Move::kRedact, take(Guard::kForm)},
                              {Move::kCaseUpdate, kTakeCell},
                              {Move::kTimeRuling, take(Guard::kAct)},
                              {Move::kEvidence, kKeepCell}});
}

constexpr Cells kUndispatchedCells =
    with(always(all(no(RefusalCode::kUnknownAssignment))), {{Move::kDispatch, take(Guard::kForm)}});

constexpr Cells kOpenCells =
    with(of_dispatched(all(kTakeCell)), {{Move::kContactReached, take(Guard::kForm)},
                                         {Move::kContactFailed, take(Guard::kForm)},
                                         {Move::kContactCompletes, take(Guard::kForm)},
                                         {Move::kResolution, no(RefusalCode::kContactMissing)},
                                         {Move::kResolutionUnreachable, take(Guard::kAttempts)},
                                         {Move::kExtensionApplication, take(Guard::kExtension)},
                                         {Move::kReturnApplication, take(Guard::kReturn)},
                                         {Move::kSpecialApplication, take(Guard::kPaper)},
                                         {Move::kStaffAssignment, take(Guard::kInnerDue)},
                                         {Move::kCorrection, take(Guard::kAct)},
                                         {Move::kWithdrawal, take(Guard::kApplication)},
                                         {Move::kUnmasking, kKeepCell},
                                         {Move::kExtensionDecision, take(Guard::kApplication)},
                                         {Move::kReturnDecision, take(Guard::kApplication)},
                                         {Move::kSpecialDecision, take(Guard::kApplication)},
                                         {Move::kUnreachableDecision, no(RefusalCode::kNothingToConfirm)},
                                         {Move::kCallBack, no(RefusalCode::kNotResolved)},
                                         {Move::kRedo, no(RefusalCode::kNoUnsatisfiedCallBack)}});

constexpr Cells kContactedCells =
    with(kOpenCells,
         {{Move::kResolution, take(Guard::kForm)}, {Move::kResolutionUnreachable, no(RefusalCode::kAlreadyContacted)}});

constexpr Cells kResolvedCells = with(kOpenCells, {{Move::kContactCompletes, no(RefusalCode::kAlreadyResolved)},
                                                   {Move::kResolution, no(RefusalCode::kAlreadyResolved)},
                                                   {Move::kResolutionUnreachable, no(RefusalCode::kAlreadyResolved)},
                                                   {Move::kExtensionApplication, no(RefusalCode::kAlreadyResolved)},
                                                   {Move::kReturnApplication, no(RefusalCode::kAlreadyResolved)},
                                                   {Move::kSpecialApplication, no(RefusalCode::kAlreadyResolved)},
                                                   {Move::kCallBack, take(Guard::kForm)},
                                                   {Move::kPause, no(RefusalCode::kAlreadyResolved)},
                                                   {Move::kRedo, take(Guard::kForm)}});

// The claim may still be denied, so applications for the time after that are taken.
constexpr Cells kUnconfirmedCells =
    with(kOpenCells, {{Move::kContactCompletes, no(RefusalCode::kConfirmationPending)},
                      {Move::kResolution, no(RefusalCode::kConfirmationPending)},
                      {Move::kResolutionUnreachable, no(RefusalCode::kConfirmationPending)},
                      {Move::kUnreachableDecision, take(Guard::kResolution)},
                      {Move::kCallBack, no(RefusalCode::kConfirmationPending)},
                      {Move::kClose, no(RefusalCode::kConfirmationPending)}});

// Contacts are hidden at once by a return or take-back; after a close or a redo who must may still look.
constexpr Cells kGoneCells = of_dispatched(all(no(RefusalCode::kAssignmentEnded)));
constexpr Cells kDoneCells = with(kGoneCells, {{Move::kUnmasking, kKeepCell}});

constexpr Cells kNothing = all(kSilentCell);

constexpr Cells only(std::initializer_list<Change> changes) { return with(kNothing, changes); }

constexpr Cell kNoPending = no(RefusalCode::kNoPendingApplication);
constexpr Cell kPending = no(RefusalCode::kApplicationPending);

// In the order of Row.
constexpr std::array<Cells, kRowCount> kTable{
    // stage
    kUndispatchedCells,
    kOpenCells,
    kContactedCells,
    kResolvedCells,
    kUnconfirmedCells,
    kDoneCells,
    kGoneCells,
    kGoneCells,
    kDoneCells,
    // acknowledgement
    kNothing,
    only({{Move::kAcknowledgement, kKeepCell}}),
    // kind of the case
    kNothing,
    only({{Move::kContactCompletes, no(RefusalCode::kNotAConsultation)}}),
    // role
    only({{Move::kClose, no(RefusalCode::kNotResolved)}}),
    kNothing,
    only({{Move::kContactCompletes, no(RefusalCode::kNotLead)},
          {Move::kResolution, no(RefusalCode::kNotLead)},
          {Move::kResolutionUnreachable, no(RefusalCode::kNotLead)}}),
    // extension
    only({{Move::kExtensionDecision, kNoPending}}),
    only({{Move::kExtensionApplication, kPending}, {Move::kRedo, kPending}, {Move::kClose, kPending}}),
    // special circumstances
    only({{Move::kSpecialDecision, kNoPending}}),
    only({{Move::kSpecialApplication, kPending}, {Move::kRedo, kPending}, {Move::kClose, kPending}}),
    // return
    only({{Move::kReturnDecision, kNoPending}}),
    only({{Move::kReturnApplication, kPending}, {Move::kRedo, kPending}, {Move::kClose, kPending}}),
    only({{Move::kReturnApplication, no(RefusalCode::kRuled)}, {Move::kReturnDecision, kNoPending}}),
    // pause
    only({{Move::kResume, no(RefusalCode::kNotPaused)}}),
    only({{Move::kPause, no(RefusalCode::kAlreadyPaused)}}),
    // call-back
    only({{Move::kRedo, no(RefusalCode::kNoUnsatisfiedCallBack)}}),
    only({{Move::kCorrection, no(RefusalCode::kAlreadyRuled)}, {Move::kRedo, no(RefusalCode::kNoUnsatisfiedCallBack)}}),
    only({{Move::kCorrection, no(RefusalCode::kAlreadyRuled)}}),
};

constexpr std::array<std::string_view, kRowCount> kRowNames{
    "undispatched", "open",           "contacted",         "resolved",        "unconfirmed",
    "closed",       "returned",       "taken_back",        "redone",          "unacknowledged",
    "acknowledged", "consultation",   "other_kind",        "lead_unresolved", "lead_resolved",
    "assisting",    "no_extension",   "extension_pending", "no_special",      "special_pending",
    "no_return",    "return_pending", "return_ruled",      "not_paused",      "paused",
    "no_call_back", "content",        "unsatisfied"};

constexpr std::array<std::string_view, kMoveCount> kMoveNames{"acknowledgement",
                                                              "contact_reached",
                                                              "contact_failed",
                                                              "contact_completes",
                                                              "resolution",
                                                              "resolution_unreachable",
                                                              "extension_application",
                                                              "return_application",
                                                              "special_application",
                                                              "note",
                                                              "staff_assignment",
                                                              "correction",
                                                              "withdrawal",
                                                              "unmasking",
                                                              "dispatch",
                                                              "take_back",
                                                              "extension_decision",
                                                              "return_decision",
                                                              "special_decision",
                                                              "unreachable_decision",
                                                              "refusal",
                                                              "conflict",
                                                              "settlement",
                                                              "set_aside",
                                                              "adopt",
                                                              "call_back",
                                                              "supervision_note",
                                                              "pause",
                                                              "resume",
                                                              "redo",
                                                              "close",
                                                              "redact",
                                                              "case_update",
                                                              "time_ruling",
                                                              "evidence",
                                                              "unit_wide",
                                                              "unknown"};

constexpr std::array<std::string_view, 10> kGuardNames{"",         "application", "resolution", "act",   "form",
                                                       "attempts", "extension",   "return",     "paper", "inner_due"};

Move contact_move(Contact const& contact) {
  if (contact.completes) return Move::kContactCompletes;
  return contact.outcome == ContactOutcome::kReached ? Move::kContactReached : Move::kContactFailed;
}

/// Payload alternatives to moves; `UnknownPayload` and what concerns the whole unit fall to the last two.
struct MoveOf {
  Move operator()(UnknownPayload const&) const { return Move::kUnknown; }
  Move operator()(Acknowledgement const&) const { return Move::kAcknowledgement; }
  Move operator()(Contact const& contact) const { return contact_move(contact); }
  Move operator()(Resolution const& claim) const {
    return claim.unreachable ? Move::kResolutionUnreachable : Move::kResolution;
  }
  Move operator()(ExtensionApplication const&) const { return Move::kExtensionApplication; }
  Move operator()(ReturnApplication const&) const { return Move::kReturnApplication; }
  Move operator()(SpecialApplication const&) const { return Move::kSpecialApplication; }
  Move operator()(Note const&) const { return Move::kNote; }
  Move operator()(StaffAssignment const&) const { return Move::kStaffAssignment; }
  Move operator()(Correction const&) const { return Move::kCorrection; }
  Move operator()(Withdrawal const&) const { return Move::kWithdrawal; }
  Move operator()(Unmasking const&) const { return Move::kUnmasking; }
  Move operator()(Dispatch const&) const { return Move::kDispatch; }
  Move operator()(TakeBack const&) const { return Move::kTakeBack; }
  Move operator()(ExtensionDecision const&) const { return Move::kExtensionDecision; }
  Move operator()(ReturnDecision const&) const { return Move::kReturnDecision; }
  Move operator()(SpecialDecision const&) const { return Move::kSpecialDecision; }
  Move operator()(UnreachableDecision const&) const { return Move::kUnreachableDecision; }
  Move operator()(RefusalOfAct const&) const { return Move::kRefusal; }
  Move operator()(Conflict const&) const { return Move::kConflict; }
  Move operator()(Settlement const&) const { return Move::kSettlement; }
  Move operator()(SetAside const&) const { return Move::kSetAside; }
  Move operator()(Adopt const&) const { return Move::kAdopt; }
  Move operator()(CallBack const&) const { return Move::kCallBack; }
  Move operator()(SupervisionNote const&) const { return Move::kSupervisionNote; }
  Move operator()(Pause const&) const { return Move::kPause; }
  Move operator()(Resume const&) const { return Move::kResume; }
  Move operator()(Redo const&) const { return Move::kRedo; }
  Move operator()(Close const&) const { return Move::kClose; }
  Move operator()(Redact const&) const { return Move::kRedact; }
  Move operator()(CaseUpdate const&) const { return Move::kCaseUpdate; }
  Move operator()(TimeRuling const&) const { return Move::kTimeRuling; }
  Move operator()(EvidenceExport const&) const { return Move::kEvidence; }
  Move operator()(Opening const&) const { return Move::kUnitWide; }
  Move operator()(Anomaly const&) const { return Move::kUnitWide; }
  Move operator()(StaffChange const&) const { return Move::kUnitWide; }
  Move operator()(TimeCorrection const&) const { return Move::kUnitWide; }
  Move operator()(PolicyVersion const&) const { return Move::kUnitWide; }
  Move operator()(CalendarVersion const&) const { return Move::kUnitWide; }
  Move operator()(LinkOutage const&) const { return Move::kUnitWide; }
  Move operator()(VetoContest const&) const { return Move::kUnitWide; }
  Move operator()(RulesApplied const&) const { return Move::kUnitWide; }
  Move operator()(OutageSeen const&) const { return Move::kUnitWide; }
  Move operator()(PhoneReceipt const&) const { return Move::kUnitWide; }
  Move operator()(PhoneCheck const&) const { return Move::kUnitWide; }
  Move operator()(Veto const&) const { return Move::kUnitWide; }
  Move operator()(VetoStep const&) const { return Move::kUnitWide; }
  Move operator()(Publication const&) const { return Move::kUnitWide; }
};

Row stage_row(Stage stage) { return static_cast<Row>(static_cast<int>(Row::kUndispatched) + static_cast<int>(stage)); }

Row role_row(AssignmentState const& state) {
  if (!state.dispatch.lead) return Row::kAssisting;
  return state.resolution ? Row::kLeadResolved : Row::kLeadUnresolved;
}

Row return_row(AssignmentState const& state) {
  if (state.pending_return) return Row::kReturnPending;
  return state.ruled ? Row::kReturnRuled : Row::kNoReturn;
}

Row call_back_row(AssignmentState const& state) {
  if (!state.answered_call_back()) return Row::kNoCallBack;
  return state.unsatisfied() ? Row::kUnsatisfied : Row::kContent;
}

}  // namespace

std::string_view name_of(Row row) { return kRowNames[static_cast<std::size_t>(row)]; }
std::string_view name_of(Move move) { return kMoveNames[static_cast<std::size_t>(move)]; }
std::string_view name_of(Guard guard) { return kGuardNames[static_cast<std::size_t>(guard)]; }

Move move_of(Skeleton const& entry) { return std::visit(MoveOf{}, entry.payload); }

Situation situation_of(AssignmentState const& state) {
  return {stage_row(state.stage()),
          state.acknowledged ? Row::kAcknowledged : Row::kUnacknowledged,
          state.dispatch.kind == CaseKind::kConsultation ? Row::kConsultation : Row::kOtherKind,
          role_row(state),
          state.pending_extension ? Row::kExtensionPending : Row::kNoExtension,
          state.pending_special ? Row::kSpecialPending : Row::kNoSpecial,
          return_row(state),
          state.paused() ? Row::kPaused : Row::kNotPaused,
          call_back_row(state)};
}

Cell cell(Row row, Move move) {
  check(row < Row::kCount && move < Move::kCount, "a cell outside the lifecycle table");
  return kTable[static_cast<std::size_t>(row)][static_cast<std::size_t>(move)];
}

Cell verdict_of(Situation const& situation, Move move) {
  Cell verdict{};
  for (Row const row : situation) {
    Cell const said = cell(row, move);
    if (said.outcome == Outcome::kRefuse) return said;
    if (said.outcome > verdict.outcome) verdict = said;  // keep outweighs take
  }
  return verdict;
}

}  // namespace fieldnode::rules
