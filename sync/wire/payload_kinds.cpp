#include "sync/wire/payload_kinds.h"

namespace fieldnode::wire {

rules::Payload blank_payload(rules::EntryKind kind) {
  using enum rules::EntryKind;
  // clang-format off
  switch (kind) {
    case kNone: return rules::UnknownPayload{};
    case kJournalOpening: return rules::Opening{};
    case kAcknowledgement: return rules::Acknowledgement{};
    case kContact: return rules::Contact{};
    case kResolution: return rules::Resolution{};
    case kExtensionApplication: return rules::ExtensionApplication{};
    case kReturnApplication: return rules::ReturnApplication{};
    case kSpecialApplication: return rules::SpecialApplication{};
    case kNote: return rules::Note{};
    case kStaffAssignment: return rules::StaffAssignment{};
    case kCorrection: return rules::Correction{};
    case kWithdrawal: return rules::Withdrawal{};
    case kUnmasking: return rules::Unmasking{};
    case kAnomaly: return rules::Anomaly{};
    case kStaffChange: return rules::StaffChange{};
    case kOutage: return rules::LinkOutage{};
    case kEvidenceExport: return rules::EvidenceExport{};
    case kVetoContest: return rules::VetoContest{};
    case kRulesApplied: return rules::RulesApplied{};
    case kFeedOpening: return rules::Opening{};
    case kDispatch: return rules::Dispatch{};
    case kTakeBack: return rules::TakeBack{};
    case kExtensionDecision: return rules::ExtensionDecision{};
    case kReturnDecision: return rules::ReturnDecision{};
    case kSpecialDecision: return rules::SpecialDecision{};
    case kUnreachableDecision: return rules::UnreachableDecision{};
    case kRefusal: return rules::RefusalOfAct{};
    case kConflict: return rules::Conflict{};
    case kSettlement: return rules::Settlement{};
    case kSetAside: return rules::SetAside{};
    case kAdopt: return rules::Adopt{};
    case kCallBack: return rules::CallBack{};
    case kSupervisionNote: return rules::SupervisionNote{};
    case kPause: return rules::Pause{};
    case kResume: return rules::Resume{};
    case kRedo: return rules::Redo{};
    case kClose: return rules::Close{};
    case kRedact: return rules::Redact{};
    case kTimeCorrection: return rules::TimeCorrection{};
    case kPolicy: return rules::PolicyVersion{};
    case kCalendar: return rules::CalendarVersion{};
    case kCaseUpdate: return rules::CaseUpdate{};
    case kTimeRuling: return rules::TimeRuling{};
    case kOutageSeen: return rules::OutageSeen{};
    case kPhoneReceipt: return rules::PhoneReceipt{};
    case kPhoneCheck: return rules::PhoneCheck{};
    case kVeto: return rules::Veto{};
    case kVetoStep: return rules::VetoStep{};
    case kPublication: return rules::Publication{};
    case kEvidenceIssue: return rules::EvidenceExport{};
  }
  // clang-format on
  return rules::UnknownPayload{};
}

}  // namespace fieldnode::wire
