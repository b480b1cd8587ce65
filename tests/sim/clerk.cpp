#include "tests/sim/clerk.h"

#include <fmt/format.h>

namespace fieldnode::sim {
namespace {

using rules::EntryKind;

constexpr std::uint64_t kStaff = 4;  ///< per office; the last one is a supervisor

}  // namespace

std::optional<WantedAct> Clerks::draw(SimOffice& office) {
  auto const known = office.assignments();
  if (known.empty()) return std::nullopt;
  // The newest ones are worked on; now and then somebody opens an old one.
  auto const recent = std::min<std::size_t>(known.size(), 12);
  auto const id = one_in(6) ? known[chance_.below(known.size())] : known[known.size() - 1 - chance_.below(recent)];
  auto const file = office.store().file_of(id);
  if (!file) return std::nullopt;
  StaffId const staff{1 + chance_.below(kStaff)};
  auto const clearance =
      file->row.confidential || staff.value == kStaff ? office::Clearance::kConfidential : office::Clearance::kGeneral;
  return WantedAct{id, draw_form(file->state), {staff, clearance}};
}

web::ActForm Clerks::draw_form(rules::AssignmentState const& state) {
  auto form = one_in(3) ? aside_step(state) : next_step(state);
  form.act_id = fmt::format("act-{}-{}", house_, ++made_);
  form.body.texts.push_back({wire::TextTag::kNote, form.act_id});
  return form;
}

web::ActForm Clerks::next_step(rules::AssignmentState const& state) {
  if (!state.acknowledged) return say(EntryKind::kAcknowledgement, rules::Acknowledgement{}, wire::TextTag::kNote, {});
  if (state.reached() == nullptr) {
    if (state.contacts.size() >= 3 && one_in(2)) return resolution(true);
    return contact(one_in(3) ? rules::ContactOutcome::kNoAnswer : rules::ContactOutcome::kReached);
  }
  if (state.pending_return && faults_.is_on(Fault::kResolvedDuringReturn)) faults_.note(Fault::kResolvedDuringReturn);
  return resolution(false);
}

web::ActForm Clerks::aside_step(rules::AssignmentState const& state) {
  auto const drawn = chance_.below(9);
  if (drawn == 0 || drawn == 1) {
    if (state.pending_return && faults_.is_on(Fault::kReturnAndExtension)) faults_.note(Fault::kReturnAndExtension);
    return say(EntryKind::kExtensionApplication, rules::ExtensionApplication{rules::ExtensionGround::kSiteWork, 2},
               wire::TextTag::kGround, "需现场施工");
  }
  if (drawn == 2 || (drawn == 7 && faults_.is_on(Fault::kReturnAndExtension))) {
    return say(EntryKind::kReturnApplication, rules::ReturnApplication{rules::ReturnReason::kNotOurs, {}},
               wire::TextTag::kBasis, "不属本单位职责");
  }
  if (drawn == 3) {
    auto form = say(EntryKind::kSpecialApplication, rules::SpecialApplication{3}, wire::TextTag::kDocumentNumber, "12");
    form.body.blobs.push_back({.address = {1}, .size = 1000, .attachment_class = 3, .name = "paper.pdf"});
    return form;
  }
  if (drawn == 4 && !state.contacts.empty()) return correction(state);
  if (drawn == 5 && state.pending_extension) {
    return say(EntryKind::kWithdrawal, rules::Withdrawal{state.pending_extension->by.at}, wire::TextTag::kReason, {});
  }
  if (drawn == 5 && state.pending_return) {
    return say(EntryKind::kWithdrawal, rules::Withdrawal{state.pending_return->by.at}, wire::TextTag::kReason, {});
  }
  if (drawn == 6) {
    return say(EntryKind::kStaffAssignment, rules::StaffAssignment{StaffId{1 + chance_.below(kStaff)}, {}},
               wire::TextTag::kNote, {});
  }
  if (drawn == 7) return say(EntryKind::kUnmasking, rules::Unmasking{}, wire::TextTag::kReason, "回访");
  return say(EntryKind::kNote, rules::Note{}, wire::TextTag::kNote, "备注");
}

web::ActForm Clerks::say(EntryKind kind, rules::Payload payload, wire::TextTag tag, std::string text) {
  web::ActForm form;
  form.kind = kind;
  form.payload = std::move(payload);
  if (!text.empty()) form.body.texts.push_back({tag, std::move(text)});
  return form;
}

web::ActForm Clerks::contact(rules::ContactOutcome outcome) {
  auto form =
      say(EntryKind::kContact, rules::Contact{rules::Channel::kTelephone, outcome, {}}, wire::TextTag::kNote, "已联系");
  form.contact.fields.push_back({wire::ContactTag::kNumberUsed, fmt::format("1380{:07}", made_)});
  return form;
}

web::ActForm Clerks::resolution(bool unreachable) {
  return say(EntryKind::kResolution, rules::Resolution{rules::Degree::kYes, false, rules::Degree::kYes, unreachable},
             wire::TextTag::kPublicAnswer, "已处理");
}

web::ActForm Clerks::correction(rules::AssignmentState const& state) {
  auto const& wrong = state.contacts[chance_.below(state.contacts.size())];
  auto const outcome = one_in(2) ? rules::ContactOutcome::kWrongNumber : rules::ContactOutcome::kReached;
  return say(EntryKind::kCorrection, rules::Correction{wrong.by.at, outcome}, wire::TextTag::kReason, "填错");
}

}  // namespace fieldnode::sim
