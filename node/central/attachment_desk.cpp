#include "node/central/attachment_desk.h"

#include <algorithm>

#include "node/blobs/label_rows.h"
#include "node/central/case_guards.h"

namespace fieldnode::central {
namespace {

Result<void> require_open(CaseRecord const& record) {
  if (record.state == CaseState::kClosed) {
    return refuse("case_closed", "The case is closed; nothing more can be attached to it.");
  }
  if (record.state == CaseState::kRefused) {
    return refuse("case_refused", "The case was not accepted; nothing can be attached to it.");
  }
  if (record.state == CaseState::kMerged) {
    return refuse("case_merged", "The case is part of another one; attach the file to that one.");
  }
  return {};
}

/// What is not attached yet.
std::vector<wire::BlobRef> new_among(std::vector<wire::BlobRef> const& files, std::vector<wire::BlobRef> const& known) {
  std::vector<wire::BlobRef> fresh;
  std::ranges::copy_if(files, std::back_inserter(fresh), [&](wire::BlobRef const& file) {
    return std::ranges::find(known, file.address, &wire::BlobRef::address) == known.end();
  });
  return fresh;
}

}  // namespace

rules::AttachmentRule AttachmentDesk::rule() { return store_.city_rules()->current()->policy.attachments; }

std::vector<wire::BlobRef> AttachmentDesk::of_case(CaseId id) {
  auto const lease = blobs_.world().readers.lease();
  return blobs::LabelRows(*lease).all(blobs::owner_of(id));
}

/// In the transaction of the unit that has the case now, which looks again: it may have moved meanwhile.
Result<void> AttachmentDesk::attach(StaffId who, CaseId id, std::vector<wire::BlobRef> files, UtcTime now) {
  if (auto const here = blobs_.admit(blobs::owner_of(id), files, rule(), now); !here) return here;
  Order const order{who, id, std::move(files), now};
  auto const live = live_among(store_.assignments_of(id));
  if (!live) return store_.with_cases([&](CaseBook& book) { return attach_within(book, nullptr, order); });
  return store_.with_unit(live->unit, [&](UnitWork& work) { return attach_within(work.cases(), &work, order); });
}

Result<void> AttachmentDesk::attach_within(CaseBook& book, UnitWork* work, Order const& order) {
  auto const record = book.find(order.id);
  if (!record) return unknown_case(order.id);
  if (auto const open = require_open(*record); !open) return open;
  auto const live = live_among(book.assignments_of(order.id));
  if ((live ? live->unit : UnitId{}) != (work != nullptr ? work->unit().id : UnitId{})) {
    return refuse("case_moves", "The case is changing hands just now; try again.");
  }
  auto const fresh = new_among(order.files, book.attachments_of(order.id));
  for (auto const& file : fresh) book.attach(order.id, file, order.who, order.now);
  if (fresh.empty() || !live) return {};
  auto const told = work->append({.kind = rules::EntryKind::kCaseUpdate,
                                  .assignment = live->id,
                                  .payload = rules::CaseUpdate{},
                                  .staff = order.who,
                                  .at = order.now,
                                  .body = {.texts = {}, .blobs = fresh},
                                  .contact = {}});
  if (!told) return told.error();
  return {};
}

}  // namespace fieldnode::central
