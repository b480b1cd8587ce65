#include "node/web/words_json.h"

#include <algorithm>
#include <span>

namespace fieldnode::web {
namespace {

using namespace rules;

template <class Word>
struct Row {
  Word word;
  std::string_view name;
};

/// Specialised once per vocabulary; both directions read it.
template <class Word>
std::span<Row<Word> const> table();

template <>
std::span<Row<EntryKind> const> table() {
  static constexpr Row<EntryKind> kRows[] = {{EntryKind::kJournalOpening, "journal_opening"},
                                             {EntryKind::kAcknowledgement, "acknowledgement"},
                                             {EntryKind::kContact, "contact"},
                                             {EntryKind::kResolution, "resolution"},
                                             {EntryKind::kExtensionApplication, "extension_application"},
                                             {EntryKind::kReturnApplication, "return_application"},
                                             {EntryKind::kSpecialApplication, "special_application"},
                                             {EntryKind::kNote, "note"},
                                             {EntryKind::kStaffAssignment, "staff_assignment"},
                                             {EntryKind::kCorrection, "correction"},
                                             {EntryKind::kWithdrawal, "withdrawal"},
                                             {EntryKind::kUnmasking, "unmasking"},
                                             {EntryKind::kAnomaly, "anomaly"},
                                             {EntryKind::kStaffChange, "staff_change"},
                                             {EntryKind::kOutage, "outage"},
                                             {EntryKind::kEvidenceExport, "evidence_export"},
                                             {EntryKind::kVetoContest, "veto_contest"},
                                             {EntryKind::kRulesApplied, "rules_applied"},
                                             {EntryKind::kFeedOpening, "feed_opening"},
                                             {EntryKind::kDispatch, "dispatch"},
                                             {EntryKind::kTakeBack, "take_back"},
                                             {EntryKind::kExtensionDecision, "extension_decision"},
                                             {EntryKind::kReturnDecision, "return_decision"},
                                             {EntryKind::kSpecialDecision, "special_decision"},
                                             {EntryKind::kUnreachableDecision, "unreachable_decision"},
                                             {EntryKind::kRefusal, "refusal"},
                                             {EntryKind::kConflict, "conflict"},
                                             {EntryKind::kSettlement, "settlement"},
                                             {EntryKind::kSetAside, "set_aside"},
                                             {EntryKind::kAdopt, "adopt"},
                                             {EntryKind::kCallBack, "call_back"},
                                             {EntryKind::kSupervisionNote, "supervision_note"},
                                             {EntryKind::kPause, "pause"},
                                             {EntryKind::kResume, "resume"},
                                             {EntryKind::kRedo, "redo"},
                                             {EntryKind::kClose, "close"},
                                             {EntryKind::kRedact, "redact"},
                                             {EntryKind::kTimeCorrection, "time_correction"},
                                             {EntryKind::kPolicy, "policy"},
                                             {EntryKind::kCalendar, "calendar"},
                                             {EntryKind::kCaseUpdate, "case_update"},
                                             {EntryKind::kTimeRuling, "time_ruling"},
                                             {EntryKind::kOutageSeen, "outage_seen"},
                                             {EntryKind::kPhoneReceipt, "phone_receipt"},
                                             {EntryKind::kPhoneCheck, "phone_check"},
                                             {EntryKind::kVeto, "veto"},
                                             {EntryKind::kVetoStep, "veto_step"},
                                             {EntryKind::kPublication, "publication"},
                                             {EntryKind::kEvidenceIssue, "evidence_issue"}};
  return kRows;
}

template <>
std::span<Row<Category> const> table() {
  static constexpr Row<Category> kRows[] = {{Category::kA1, "A1"},
                                            {Category::kA2, "A2"},
                                            {Category::kA3, "A3"},
                                            {Category::kA4, "A4"},
                                            {Category::kA5, "A5"}};
  return kRows;
}

template <>
std::span<Row<CaseKind> const> table() {
  static constexpr Row<CaseKind> kRows[] = {{CaseKind::kConsultation, "consultation"},
                                            {CaseKind::kHelp, "help"},
                                            {CaseKind::kComplaint, "complaint"},
                                            {CaseKind::kReport, "report"},
                                            {CaseKind::kOpinion, "opinion"}};
  return kRows;
}

template <>
std::span<Row<ClockKind> const> table() {
  static constexpr Row<ClockKind> kRows[] = {{ClockKind::kAcknowledge, "acknowledge"},
                                             {ClockKind::kContact, "contact"},
                                             {ClockKind::kReturn, "return"},
                                             {ClockKind::kResolve, "resolve"}};
  return kRows;
}

template <>
std::span<Row<Channel> const> table() {
  static constexpr Row<Channel> kRows[] = {
      {Channel::kTelephone, "telephone"}, {Channel::kVisit, "visit"}, {Channel::kMessage, "message"}};
  return kRows;
}

template <>
std::span<Row<ContactOutcome> const> table() {
  static constexpr Row<ContactOutcome> kRows[] = {{ContactOutcome::kReached, "reached"},
                                                  {ContactOutcome::kNoAnswer, "no_answer"},
                                                  {ContactOutcome::kWrongNumber, "wrong_number"},
                                                  {ContactOutcome::kDeclined, "declined"}};
  return kRows;
}

template <>
std::span<Row<Degree> const> table() {
  static constexpr Row<Degree> kRows[] = {{Degree::kYes, "yes"}, {Degree::kPartly, "partly"}, {Degree::kNo, "no"}};
  return kRows;
}

template <>
std::span<Row<ReturnReason> const> table() {
  static constexpr Row<ReturnReason> kRows[] = {{ReturnReason::kN1, "n1"}, {ReturnReason::kN2, "n2"},
                                                {ReturnReason::kN3, "n3"}, {ReturnReason::kN4, "n4"},
                                                {ReturnReason::kN5, "n5"}, {ReturnReason::kN6, "n6"},
                                                {ReturnReason::kN7, "n7"}, {ReturnReason::kN8, "n8"},
                                                {ReturnReason::kN9, "n9"}, {ReturnReason::kNotOurs, "not_ours"}};
  return kRows;
}

template <>
std::span<Row<ExtensionGround> const> table() {
  static constexpr Row<ExtensionGround> kRows[] = {{ExtensionGround::kSeveralUnits, "several_units"},
                                                   {ExtensionGround::kSiteWork, "site_work"},
                                                   {ExtensionGround::kExpertOpinion, "expert_opinion"},
                                                   {ExtensionGround::kLegalProcedure, "legal_procedure"},
                                                   {ExtensionGround::kOther, "other"}};
  return kRows;
}

template <>
std::span<Row<SupervisionGround> const> table() {
  static constexpr Row<SupervisionGround> kRows[] = {{SupervisionGround::kPerfunctory, "perfunctory"},
                                                     {SupervisionGround::kFraud, "fraud"},
                                                     {SupervisionGround::kDereliction, "dereliction"},
                                                     {SupervisionGround::kConfidentiality, "confidentiality"},
                                                     {SupervisionGround::kCorruption, "corruption"},
                                                     {SupervisionGround::kAbuse, "abuse"},
                                                     {SupervisionGround::kSlowData, "slow_data"},
                                                     {SupervisionGround::kErrors, "errors"},
                                                     {SupervisionGround::kOther, "other"}};
  return kRows;
}

template <>
std::span<Row<ClockClass> const> table() {
  static constexpr Row<ClockClass> kRows[] = {{ClockClass::kAnchored, "anchored"},
                                              {ClockClass::kCarried, "carried"},
                                              {ClockClass::kFloor, "floor"},
                                              {ClockClass::kCentral, "central"}};
  return kRows;
}

template <>
std::span<Row<AnomalyKind> const> table() {
  static constexpr Row<AnomalyKind> kRows[] = {{AnomalyKind::kWallStep, "wall_step"},
                                               {AnomalyKind::kSuspend, "suspend"},
                                               {AnomalyKind::kReboot, "reboot"},
                                               {AnomalyKind::kClockUnsound, "clock_unsound"},
                                               {AnomalyKind::kDisk, "disk"},
                                               {AnomalyKind::kRestore, "restore"},
                                               {AnomalyKind::kForeignEntry, "foreign_entry"}};
  return kRows;
}

template <>
std::span<Row<StaffRole> const> table() {
  static constexpr Row<StaffRole> kRows[] = {{StaffRole::kClerk, "clerk"},     {StaffRole::kSupervisor, "supervisor"},
                                             {StaffRole::kSystem, "system"},   {StaffRole::kData, "data"},
                                             {StaffRole::kAuditor, "auditor"}, {StaffRole::kOperator, "operator"}};
  return kRows;
}

template <>
std::span<Row<Stage> const> table() {
  static constexpr Row<Stage> kRows[] = {{Stage::kUndispatched, "undispatched"},
                                         {Stage::kOpen, "open"},
                                         {Stage::kContacted, "contacted"},
                                         {Stage::kResolved, "resolved"},
                                         {Stage::kUnconfirmed, "unconfirmed"},
                                         {Stage::kClosed, "closed"},
                                         {Stage::kReturned, "returned"},
                                         {Stage::kTakenBack, "taken_back"},
                                         {Stage::kRedone, "redone"}};
  return kRows;
}

template <>
std::span<Row<Standing> const> table() {
  static constexpr Row<Standing> kRows[] = {
      {Standing::kTaken, "effective"},   {Standing::kUnjudged, "unjudged"},  {Standing::kNoEffect, "no_effect"},
      {Standing::kRefused, "refused"},   {Standing::kConflict, "conflict"},  {Standing::kVoid, "void"},
      {Standing::kStands, "stands"},     {Standing::kSetAside, "set_aside"}, {Standing::kAdopted, "adopted"},
      {Standing::kRepeated, "repeated"}, {Standing::kWithdrawn, "withdrawn"}};
  return kRows;
}

template <>
std::span<Row<ClockState> const> table() {
  static constexpr Row<ClockState> kRows[] = {{ClockState::kRunning, "running"},
                                              {ClockState::kPaused, "paused"},
                                              {ClockState::kMet, "met"},
                                              {ClockState::kEnded, "ended"},
                                              {ClockState::kVoid, "void"}};
  return kRows;
}

template <>
std::span<Row<LimitSource> const> table() {
  static constexpr Row<LimitSource> kRows[] = {
      {LimitSource::kMeasures, "measures"}, {LimitSource::kCase, "case"}, {LimitSource::kStatute, "statute"}};
  return kRows;
}

template <>
std::span<Row<Certainty> const> table() {
  static constexpr Row<Certainty> kRows[] = {
      {Certainty::kNo, "no"}, {Certainty::kMaybe, "maybe"}, {Certainty::kCertainly, "certainly"}};
  return kRows;
}

template <>
std::span<Row<OutageCause> const> table() {
  static constexpr Row<OutageCause> kRows[] = {
      {OutageCause::kUnreachable, "unreachable"}, {OutageCause::kBroken, "broken"}, {OutageCause::kRefused, "refused"}};
  return kRows;
}

template <>
std::span<Row<OutageView> const> table() {
  static constexpr Row<OutageView> kRows[] = {{OutageView::kNodeSilent, "node_silent"},
                                              {OutageView::kCentreDown, "centre_down"}};
  return kRows;
}

template <>
std::span<Row<VetoMove> const> table() {
  static constexpr Row<VetoMove> kRows[] = {{VetoMove::kReferred, "referred"},
                                            {VetoMove::kOutcome, "outcome"},
                                            {VetoMove::kRejected, "rejected"},
                                            {VetoMove::kWithdrawn, "withdrawn"}};
  return kRows;
}

template <>
std::span<Row<Verdict> const> table() {
  static constexpr Row<Verdict> kRows[] = {{Verdict::kInTimeProven, "in_time_proven"},
                                           {Verdict::kInTimeByClock, "in_time_by_clock"},
                                           {Verdict::kUndetermined, "undetermined"},
                                           {Verdict::kLateByClock, "late_by_clock"},
                                           {Verdict::kLateProven, "late_proven"}};
  return kRows;
}

template <>
std::span<Row<ClockTrust> const> table() {
  static constexpr Row<ClockTrust> kRows[] = {{ClockTrust::kEnough, "enough"},
                                              {ClockTrust::kClassTooLow, "class_too_low"},
                                              {ClockTrust::kAnchorTooOld, "anchor_too_old"},
                                              {ClockTrust::kAnomalySince, "anomaly_since"},
                                              {ClockTrust::kContradictsProof, "contradicts_proof"}};
  return kRows;
}

template <>
std::span<Row<wire::TextTag> const> table() {
  using wire::TextTag;
  static constexpr Row<TextTag> kRows[] = {
      {TextTag::kNumber, "number"},      {TextTag::kTitle, "title"},
      {TextTag::kText, "text"},          {TextTag::kPlace, "place"},
      {TextTag::kNote, "note"},          {TextTag::kPublicAnswer, "public_answer"},
      {TextTag::kGround, "ground_text"}, {TextTag::kBasis, "basis"},
      {TextTag::kReason, "reason_text"}, {TextTag::kDocumentNumber, "document_number"},
      {TextTag::kName, "name"},          {TextTag::kDocument, "document"},
      {TextTag::kSource, "source"},      {TextTag::kSpokeWith, "spoke_with"}};
  return kRows;
}

template <class Word>
std::string_view name_of(Word word) {
  auto const rows = table<Word>();
  auto const found = std::find_if(rows.begin(), rows.end(), [&](auto const& row) { return row.word == word; });
  return found == rows.end() ? std::string_view{} : found->name;
}

}  // namespace

std::string_view word_of(EntryKind kind) { return name_of(kind); }
std::string_view word_of(Category category) { return name_of(category); }
std::string_view word_of(CaseKind kind) { return name_of(kind); }
std::string_view word_of(ClockKind kind) { return name_of(kind); }
std::string_view word_of(Channel channel) { return name_of(channel); }
std::string_view word_of(ContactOutcome outcome) { return name_of(outcome); }
std::string_view word_of(Degree degree) { return name_of(degree); }
std::string_view word_of(ReturnReason reason) { return name_of(reason); }
std::string_view word_of(ExtensionGround ground) { return name_of(ground); }
std::string_view word_of(SupervisionGround ground) { return name_of(ground); }
std::string_view word_of(ClockClass clock_class) { return name_of(clock_class); }
std::string_view word_of(AnomalyKind anomaly) { return name_of(anomaly); }
std::string_view word_of(StaffRole role) { return name_of(role); }
std::string_view word_of(Stage stage) { return name_of(stage); }
std::string_view word_of(Standing standing) { return name_of(standing); }
std::string_view word_of(ClockState state) { return name_of(state); }
std::string_view word_of(LimitSource source) { return name_of(source); }
std::string_view word_of(Certainty certainty) { return name_of(certainty); }
std::string_view word_of(Verdict verdict) { return name_of(verdict); }
std::string_view word_of(OutageCause cause) { return name_of(cause); }
std::string_view word_of(OutageView view) { return name_of(view); }
std::string_view word_of(VetoMove move) { return name_of(move); }
std::string_view word_of(ClockTrust trust) { return name_of(trust); }
std::string_view word_of(wire::TextTag tag) { return name_of(tag); }

template <class Word>
std::optional<Word> read_word(std::string_view word) {
  auto const rows = table<Word>();
  auto const found = std::find_if(rows.begin(), rows.end(), [&](auto const& row) { return row.name == word; });
  if (found == rows.end()) return std::nullopt;
  return found->word;
}

template std::optional<EntryKind> read_word(std::string_view);
template std::optional<Category> read_word(std::string_view);
template std::optional<CaseKind> read_word(std::string_view);
template std::optional<ClockKind> read_word(std::string_view);
template std::optional<Channel> read_word(std::string_view);
template std::optional<ContactOutcome> read_word(std::string_view);
template std::optional<Degree> read_word(std::string_view);
template std::optional<ReturnReason> read_word(std::string_view);
template std::optional<ExtensionGround> read_word(std::string_view);
template std::optional<SupervisionGround> read_word(std::string_view);
template std::optional<StaffRole> read_word(std::string_view);

}  // namespace fieldnode::web
