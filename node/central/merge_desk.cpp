#include "node/central/merge_desk.h"

#include <fmt/format.h>

#include "node/central/case_guards.h"
#include "node/central/case_request.h"
#include "node/central/request_log.h"

namespace fieldnode::central {
namespace {

/// How often a merge follows a case that goes from unit to unit under its eyes.
constexpr int kTriesMost = 8;
constexpr std::string_view kMoves = "case_moves";

/// The feed speaks the city's language, as the case itself does.
std::string note_on(CaseRecord const& appeal) {
  auto note = fmt::format("并单 {}：{}", appeal.number, appeal.title);
  if (!appeal.text.empty()) note += "\n" + appeal.text;
  if (!appeal.place.empty()) note += "\n" + appeal.place;
  return note;
}

UnitId holder_of(std::optional<AssignmentRow> const& live) { return live ? live->unit : UnitId{}; }

}  // namespace

struct MergeDesk::Order {
  StaffId who{};
  CaseRequest request;
  CaseId into{};

  /// `work`: the transaction of the unit that has the other case; null when no unit has it.
  [[nodiscard]] Result<void> carry_out(CaseBook& book, UnitWork* work, CaseRecord const& record) const;
  [[nodiscard]] Result<void> tell(CaseBook& book, UnitWork& work, AssignmentId live, CaseRecord const& record) const;
};

FeedDraft merged_appeal(AssignmentId assignment, CaseRecord const& appeal, StaffId staff, UtcTime at) {
  return {.kind = rules::EntryKind::kCaseUpdate,
          .assignment = assignment,
          .payload = rules::CaseUpdate{},
          .staff = staff,
          .at = at,
          .body = {.texts = {{wire::TextTag::kNote, note_on(appeal)}}, .blobs = {}},
          .contact = {}};
}

Result<void> MergeDesk::merge(StaffId who, std::string_view request_id, CaseId id, CaseId into, UtcTime now) {
  RequestContent content("merge_case");
  content.add(who.value).add(id.value).add(into.value);
  Order const order{who, {request_id, content.finish(), id, now}, into};
  for (int tries = 1;; ++tries) {
    auto done = try_merge(order);
    if (done || done.error().code != kMoves || tries == kTriesMost) return done;
  }
}

/// The feed of the unit that has the other case grows, so it is done in that unit's transaction. Which unit that is may
/// have changed when the transaction begins; then nothing is done.
Result<void> MergeDesk::try_merge(Order const& order) {
  auto const holder = holder_of(live_among(store_.assignments_of(order.into)));
  auto const within = [&](CaseBook& book, UnitWork* work) {
    return once(book, order.request, [&](CaseRecord const& record) { return order.carry_out(book, work, record); });
  };
  if (!holder) return store_.with_cases([&](CaseBook& book) { return within(book, nullptr); });
  return store_.with_unit(holder, [&](UnitWork& work) { return within(work.cases(), &work); });
}

Result<void> MergeDesk::Order::carry_out(CaseBook& book, UnitWork* work, CaseRecord const& record) const {
  if (record.id == into) return refuse("merge_into_itself", "A case cannot become part of itself; choose another.");
  if (auto const unsettled = require_unsettled(record); !unsettled) return unsettled;
  auto const target = book.find(into);
  if (!target) return unknown_case(into);
  if (auto const fit = require_mergeable_into(*target); !fit) return fit;
  auto const live = live_among(book.assignments_of(into));
  if (holder_of(live) != (work != nullptr ? work->unit().id : UnitId{})) {
    return refuse(kMoves, fmt::format("Case {} is changing hands just now; try again.", target->number));
  }
  if (live) {
    if (auto const told = tell(book, *work, live->id, record); !told) return told;
  }
  if (record.refusal) book.rule_refusal(record.id, RefusalStanding::kEnded, who, request.at);
  book.merge(record.id, into);
  return {};
}

Result<void> MergeDesk::Order::tell(CaseBook& book, UnitWork& work, AssignmentId live, CaseRecord const& record) const {
  auto appeals = book.merged_into(record.id);
  appeals.insert(appeals.begin(), record);
  for (auto const& appeal : appeals) {
    auto const appended = work.append(merged_appeal(live, appeal, who, request.at));
    if (!appended) return appended.error();
  }
  return {};
}

}  // namespace fieldnode::central
