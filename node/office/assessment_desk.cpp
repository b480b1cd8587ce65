#include "node/office/assessment_desk.h"

#include <algorithm>

#include "node/office/clock_journal.h"
#include "node/web/assessment_view.h"
#include "sync/crypto/hash.h"

namespace fieldnode::office {
namespace {

/// What runs may become overdue meanwhile; the page says as of when its figures are.
constexpr Milliseconds kFreshFor = std::chrono::minutes(1);

Hash content_of(ContestForm const& form) {
  auto const place = std::to_string(form.veto.epoch.value) + "/" + std::to_string(form.veto.seq);
  return crypto::hash_under("fieldnode/veto-contest/1", {bytes_of(place), bytes_of(form.reason)});
}

}  // namespace

std::shared_ptr<AssessmentReading const> AssessmentDesk::read(rules::Period const& period) {
  auto const stamp = time_.stamp();
  auto const since_boot = stamp.state.read.since_boot;
  auto const now_ends = ends();
  {
    std::lock_guard const lock(mutex_);
    bool const same = kept_.reading && kept_.period == period && kept_.ends == now_ends;
    if (same && since_boot - kept_.since_boot < kFreshFor) return kept_.reading;
  }
  std::vector<rules::ClockLine> breaches;
  auto assessment =
      store_.assessment({.period = period, .now = stamp.evidence.interval, .each = [&](rules::ClockLine const& line) {
                           if (web::is_breach(line)) breaches.push_back(line);
                         }});
  auto snapshot = web::snapshot_text(assessment.figures, breaches);
  auto reading = std::make_shared<AssessmentReading const>(std::move(assessment), std::move(snapshot), stamp.evidence);
  std::lock_guard const lock(mutex_);
  kept_ = {period, now_ends, since_boot, reading};
  return reading;
}

std::pair<Position, Position> AssessmentDesk::ends() {
  auto const held = store_.snapshot();
  return {{held.feed.list.epoch, held.feed.seq}, {held.journal.list.epoch, held.journal.seq}};
}

AssessmentDesk::ClockPage AssessmentDesk::clocks(rules::Period const& period, rules::ClockKind clock,
                                                 rules::ClockCell cell, std::size_t limit) {
  ClockPage page;
  (void)store_.assessment({.period = period, .now = time_.now().interval, .each = [&](rules::ClockLine const& line) {
                             if (line.verdict.kind != clock || line.cell != cell) return;
                             ++page.total;
                             if (page.lines.size() < limit) page.lines.push_back(line);
                           }});
  return page;
}

Result<void> AssessmentDesk::contest(StaffId who, rules::Period const& period, ContestForm const& form) {
  auto const& vetoes = read(period)->assessment.figures.vetoes;
  auto const veto = std::ranges::find(vetoes, form.veto, &rules::VetoFact::by);
  if (veto == vetoes.end()) return refuse("unknown_veto", "This unit has no such veto; reload the page.");
  if (rules::state_of(*veto) == rules::VetoState::kWithdrawn) {
    return refuse("veto_withdrawn", "This veto was withdrawn; nothing follows it any more.");
  }
  journal_clocks(store_, time_);
  auto const recorded = store_.append({.act_id = form.act_id,
                                       .content = content_of(form),
                                       .staff = who,
                                       .kind = rules::EntryKind::kVetoContest,
                                       .payload = rules::VetoContest{form.veto},
                                       .body = {.texts = {{wire::TextTag::kReason, form.reason}}, .blobs = {}}},
                                      time_.stamp());
  if (!recorded) return recorded.error();
  if (!recorded->repeated) nudge_();
  return {};
}

}  // namespace fieldnode::office
