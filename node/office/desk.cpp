#include "node/office/desk.h"

#include <array>

#include "node/office/clock_journal.h"
#include "sync/crypto/hash.h"
#include "sync/rules/judge.h"

namespace fieldnode::office {
namespace {

using rules::EntryKind;

constexpr rules::Resolution kPlainResolution{
    .verified = rules::Degree::kYes, .beyond_duty = false, .solved = rules::Degree::kYes, .unreachable = false};

rules::Skeleton trial(rules::AssignmentState const& state, EntryKind kind, rules::Payload payload) {
  rules::Skeleton act;
  act.kind = kind;
  act.assignment = state.id;
  act.payload = std::move(payload);
  return act;
}

/// The applications that the centre has not decided.
std::vector<Position> pending(rules::AssignmentState const& state) {
  std::vector<Position> applications;
  if (state.pending_extension) applications.push_back(state.pending_extension->by.at);
  if (state.pending_special) applications.push_back(state.pending_special->by.at);
  if (state.pending_return) applications.push_back(state.pending_return->by.at);
  return applications;
}

/// Each act that a clerk may make, saying as little as it can. A withdrawal names what is pending.
std::vector<rules::Skeleton> trials(rules::AssignmentState const& state) {
  rules::Withdrawal withdrawal;
  if (auto const applications = pending(state); !applications.empty()) withdrawal.application = applications.front();
  rules::Contact const in_vain{rules::Channel::kTelephone, rules::ContactOutcome::kNoAnswer, {}};
  return {
      trial(state, EntryKind::kAcknowledgement, rules::Acknowledgement{}),
      trial(state, EntryKind::kContact, in_vain),
      trial(state, EntryKind::kResolution, kPlainResolution),
      trial(state, EntryKind::kExtensionApplication, rules::ExtensionApplication{rules::ExtensionGround::kOther, 1}),
      trial(state, EntryKind::kReturnApplication, rules::ReturnApplication{rules::ReturnReason::kNotOurs, {}}),
      trial(state, EntryKind::kNote, rules::Note{}),
      trial(state, EntryKind::kWithdrawal, withdrawal),
      trial(state, EntryKind::kUnmasking, rules::Unmasking{}),
  };
}

/// The form together with what it is about: the same words on another assignment are another act.
Hash content_of(AssignmentId assignment, web::ActForm const& form) {
  auto const form_hash = web::content_hash(form);
  return crypto::hash_under("fieldnode/act-on-assignment/1", {form_hash, bytes_of(std::to_string(assignment.value))});
}

}  // namespace

Desk::Desk(OfficeStore& store, blobs::BlobStore& blobs, NodeTime& time, std::function<void()> nudge)
    : store_(store), blobs_(blobs), time_(time), nudge_(std::move(nudge)) {}

Result<RecordedAct> Desk::perform(AssignmentId assignment, web::ActForm const& form, Clerk const& clerk) {
  NewAct act{.act_id = form.act_id,
             .content = content_of(assignment, form),
             .assignment = assignment,
             .staff = clerk.id,
             .kind = form.kind,
             .payload = form.payload,
             .body = form.body,
             .contact = form.contact,
             .clearance = clerk.clearance};
  auto const rule = store_.rules()->current()->policy.attachments;
  auto const here =
      blobs_.admit({store_.identity().unit, assignment}, act.body.blobs, rule, time_.now().interval.earliest);
  if (!here) return here.error();
  journal_clocks(store_, time_);
  auto recorded = store_.append(act, time_.stamp());
  if (recorded && !recorded->repeated) nudge_();
  return recorded;
}

Permissions Desk::permissions(AssignmentFile const& file) {
  auto const& state = file.state;
  auto const& book = *file.rules->current();
  Permissions permissions;
  rules::JudgeContext const context{
      .policy = book.policy, .calendar = book.calendar, .side = rules::Side::kOffice, .now = time_.now().interval};
  for (auto const& act : trials(state)) {
    auto const allowed = rules::judge(state, act, context);
    if (allowed) {
      permissions.allowed.push_back(act.kind);
    } else {
      permissions.refused.emplace(act.kind, allowed.error());
    }
  }
  for (auto const application : pending(state)) {
    auto const withdrawal = trial(state, EntryKind::kWithdrawal, rules::Withdrawal{application});
    if (rules::judge(state, withdrawal, context)) permissions.withdrawable.push_back(application);
  }
  return permissions;
}

}  // namespace fieldnode::office
