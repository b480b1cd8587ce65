#include "node/office/desk.h"

#include <array>

#include "sync/crypto/hash.h"
#include "sync/rules/judge.h"

namespace fieldnode::office {
namespace {

using rules::EntryKind;

constexpr rules::Resolution kPlainResolution{
    .verified = rules::Degree::kYes, .beyond_duty = false, .solved = rules::Degree::kYes, .unreachable = false};

/// Each act that a clerk may make, saying as little as it can. A withdrawal names what is pending.
std::vector<rules::Skeleton> trials(rules::AssignmentState const& state) {
  auto const trial = [&](EntryKind kind, rules::Payload payload) {
    rules::Skeleton act;
    act.kind = kind;
    act.assignment = state.id;
    act.payload = std::move(payload);
    return act;
  };
  rules::Withdrawal withdrawal;
  if (state.pending_return) withdrawal.application = state.pending_return->by.at;
  if (state.pending_special) withdrawal.application = state.pending_special->by.at;
  if (state.pending_extension) withdrawal.application = state.pending_extension->by.at;
  return {
      trial(EntryKind::kAcknowledgement, rules::Acknowledgement{}),
      trial(EntryKind::kContact, rules::Contact{rules::Channel::kTelephone, rules::ContactOutcome::kNoAnswer, {}}),
      trial(EntryKind::kResolution, kPlainResolution),
      trial(EntryKind::kExtensionApplication, rules::ExtensionApplication{rules::ExtensionGround::kOther, 1}),
      trial(EntryKind::kReturnApplication, rules::ReturnApplication{rules::ReturnReason::kNotOurs, {}}),
      trial(EntryKind::kNote, rules::Note{}),
      trial(EntryKind::kWithdrawal, withdrawal),
  };
}

/// The form together with what it is about: the same words on another assignment are another act.
Hash content_of(AssignmentId assignment, web::ActForm const& form) {
  auto const form_hash = web::content_hash(form);
  return crypto::hash_under("fieldnode/act-on-assignment/1", {form_hash, bytes_of(std::to_string(assignment.value))});
}

}  // namespace

Desk::Desk(OfficeStore& store, NodeTime& time, rules::RuleBook const& book, std::function<void()> nudge)
    : store_(store), time_(time), book_(book), nudge_(std::move(nudge)) {}

Result<RecordedAct> Desk::perform(AssignmentId assignment, web::ActForm const& form, StaffId clerk) {
  NewAct const act{.act_id = form.act_id,
                   .content = content_of(assignment, form),
                   .assignment = assignment,
                   .staff = clerk,
                   .kind = form.kind,
                   .payload = form.payload,
                   .body = form.body,
                   .contact = form.contact};
  auto recorded = store_.append(act, time_.stamp());
  if (recorded && !recorded->repeated) nudge_();
  return recorded;
}

Permissions Desk::permissions(rules::AssignmentState const& state) {
  Permissions permissions;
  auto const now = time_.now().interval;
  for (auto const& act : trials(state)) {
    auto const allowed = rules::judge(
        state, act, {.policy = book_.policy, .calendar = book_.calendar, .side = rules::Side::kOffice, .now = now});
    if (allowed) {
      permissions.allowed.push_back(act.kind);
    } else {
      permissions.refused.emplace(act.kind, allowed.error());
    }
  }
  return permissions;
}

}  // namespace fieldnode::office
