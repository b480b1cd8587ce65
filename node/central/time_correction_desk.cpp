#include "node/central/time_correction_desk.h"

#include <fmt/format.h>

namespace fieldnode::central {
namespace {

Refusal bad_span() {
  return refuse("bad_span", "The span ends before it begins; give the first and the last of the wrong times.");
}

Refusal nothing_signed() {
  return refuse("nothing_signed",
                "No unit was given a time in that span, so there is nothing to take back. Give the times as they were "
                "signed, not when they were.");
}

Result<TimeCorrectionProposal> require_waiting(TimeBook& book, std::uint64_t id, StaffId who) {
  auto proposal = book.find(id);
  if (!proposal) return refuse("no_such_proposal", "There is no such proposal; reload the page.");
  if (proposal->standing != CorrectionStanding::kWaits) {
    return refuse("proposal_settled", "Somebody has confirmed or declined this proposal already; reload the page.");
  }
  if (proposal->staff == who) {
    return refuse("proposed_by_same_person", "You have proposed this yourself; another person must confirm it.");
  }
  return *std::move(proposal);
}

/// Anchor by anchor, in the unit's own transaction: a node knows which of them it rests on.
Result<void> tell(UnitWork& work, TimeCorrectionProposal const& proposal, UtcTime now) {
  for (auto const anchor : work.anchors_in(proposal.span)) {
    wire::Body reason;
    reason.texts.push_back({wire::TextTag::kReason, proposal.reason});
    auto const told = work.append({.kind = rules::EntryKind::kTimeCorrection,
                                   .payload = rules::TimeCorrection{anchor, proposal.ruled_by},
                                   .staff = proposal.staff,
                                   .at = now,
                                   .body = std::move(reason),
                                   .contact = {}});
    if (!told) return told.error();
  }
  work.repeal(proposal.span);
  return {};
}

}  // namespace

Result<TimeCorrectionProposal> TimeCorrectionDesk::propose(StaffId who, SignedSpan const& span, std::string_view reason,
                                                           UtcTime now) {
  if (span.until <= span.from) return bad_span();
  if (span.unit && !store_.find_unit(span.unit)) {
    return refuse("unknown_unit", fmt::format("There is no unit with the id {} in this city.", span.unit.value));
  }
  if (store_.counts_of(span).anchors == 0) return nothing_signed();
  TimeCorrectionProposal proposal{.span = span, .reason = std::string(reason), .staff = who, .proposed_at = now};
  auto const done = store_.with_times([&](TimeBook& book) -> Result<void> {
    auto const earlier = book.find_waiting(proposal);
    if (earlier) proposal = *earlier;
    if (!earlier) proposal.id = book.add(proposal);
    return {};
  });
  if (!done) return done.error();
  return proposal;
}

Result<TimeCorrectionProposal> TimeCorrectionDesk::rule(StaffId who, std::uint64_t id, bool confirmed, UtcTime now) {
  TimeCorrectionProposal ruled;
  auto const done = store_.with_times([&](TimeBook& book) -> Result<void> {
    auto proposal = require_waiting(book, id, who);
    if (!proposal) return proposal.error();
    ruled = *std::move(proposal);
    ruled.standing = confirmed ? CorrectionStanding::kConfirmed : CorrectionStanding::kDeclined;
    ruled.ruled_by = who;
    ruled.ruled_at = now;
    ruled.done = !confirmed;
    book.update(ruled);
    return {};
  });
  if (!done) return done.error();
  if (!confirmed) return ruled;
  if (auto const told = carry_out(ruled, now); !told) return told.error();
  ruled.done = true;
  return ruled;
}

Result<void> TimeCorrectionDesk::go_on(UtcTime now) {
  for (auto const& proposal : store_.time_corrections()) {
    if (proposal.standing != CorrectionStanding::kConfirmed || proposal.done) continue;
    if (auto const told = carry_out(proposal, now); !told) return told;
  }
  return {};
}

Result<void> TimeCorrectionDesk::carry_out(TimeCorrectionProposal proposal, UtcTime now) {
  for (auto const unit : store_.units_in(proposal.span)) {
    auto const told = store_.with_unit(unit, [&](UnitWork& work) { return tell(work, proposal, now); });
    if (!told) return told;
  }
  proposal.done = true;
  return store_.with_times([&](TimeBook& book) -> Result<void> {
    book.update(proposal);
    return {};
  });
}

}  // namespace fieldnode::central
