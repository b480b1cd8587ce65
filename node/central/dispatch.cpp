#include "node/central/dispatch.h"

#include <algorithm>

#include "node/central/merge_desk.h"
#include "node/central/store/salt_keys.h"
#include "sync/rules/judge.h"

namespace fieldnode::central {
namespace {

rules::Dispatch payload_of(DispatchOrder const& order, rules::Policy const& policy) {
  auto const& record = order.record;
  bool const by_category = std::ranges::find(policy.confidential, record.category) != policy.confidential.end();
  return {.case_id = record.id,
          .cycle = order.cycle,
          .category = record.category,
          .kind = record.kind,
          .lead = true,
          .confidential = record.confidential || by_category,
          .urgent = record.urgent,
          .return_rounds = order.return_rounds,
          .ruled = order.ruled,
          .limits = order.limits};
}

void add_text(wire::Body& body, wire::TextTag tag, std::string const& text) {
  if (!text.empty()) body.texts.push_back({tag, text});
}

}  // namespace

wire::Body words_of(CaseRecord const& record) {
  wire::Body body;
  add_text(body, wire::TextTag::kNumber, record.number);
  add_text(body, wire::TextTag::kTitle, record.title);
  add_text(body, wire::TextTag::kText, record.text);
  add_text(body, wire::TextTag::kPlace, record.place);
  if (record.source) add_text(body, wire::TextTag::kSource, record.source->facts);
  return body;
}

Result<Position> append_dispatch(UnitWork& work, DispatchOrder const& order, Random& random) {
  auto const book = work.rules()->current();
  FeedDraft draft{.kind = rules::EntryKind::kDispatch,
                  .assignment = order.id,
                  .payload = payload_of(order, book->policy),
                  .staff = order.staff,
                  .at = order.at,
                  .body = words_of(order.record),
                  .contact = {.fields = order.contact, .keys = draw_salt_keys(random)}};
  draft.body.blobs = work.cases().attachments_of(order.record.id);
  rules::AssignmentState const undispatched{.id = order.id};
  rules::JudgeContext const context{
      .policy = book->policy, .calendar = book->calendar, .side = rules::Side::kCentre, .now = exactly(order.at)};
  auto const allowed = rules::judge_decision(undispatched, work.draft_skeleton(draft), context);
  if (!allowed) return allowed.error();
  auto const appended = work.append(std::move(draft));
  if (!appended) return appended;
  // What was merged before belongs to the matter that the unit takes on.
  for (auto const& appeal : work.cases().merged_into(order.record.id)) {
    auto const told = work.append(merged_appeal(order.id, appeal, order.staff, order.at));
    if (!told) return told;
  }
  return appended;
}

}  // namespace fieldnode::central
