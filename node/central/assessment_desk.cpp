#include "node/central/assessment_desk.h"

#include "node/central/request_log.h"
#include "node/web/assessment_view.h"

namespace fieldnode::central {
namespace {

/// What runs may become overdue meanwhile; a page says as of when its figures are.
constexpr Milliseconds kFreshFor = std::chrono::minutes(1);

/// The last publication of the period; none: seq 0.
Position last_publication(UnitWork& work, rules::Period const& period) {
  Position last{};
  for (auto const& entry : work.unit_entries(wire::ListKind::kFeed, rules::EntryKind::kPublication)) {
    if (std::get<rules::Publication>(entry.skeleton.payload).period == period) last = entry.at;
  }
  return last;
}

Result<void> require_news(AssessmentReading const& reading, AssessmentDesk::Order const& order) {
  auto const& published = reading.assessment.publications;
  if (published.empty()) return {};
  if (published.back().figures == reading.snapshot) {
    return refuse("nothing_to_correct", "The published assessment says what the entries say; nothing was published.");
  }
  if (order.reason.empty()) {
    return refuse("correction_without_reason", "A correction says why: name what came to light since.");
  }
  return {};
}

FeedDraft publication(AssessmentReading const& reading, AssessmentDesk::Order const& order, StaffId who, UtcTime now) {
  auto const& published = reading.assessment.publications;
  auto const corrects = published.empty() ? Position{} : published.back().fact.by;
  FeedDraft draft{.kind = rules::EntryKind::kPublication,
                  .payload = rules::Publication{order.period, corrects},
                  .staff = who,
                  .at = now,
                  .body = {.texts = {{wire::TextTag::kDocument, reading.snapshot}}, .blobs = {}},
                  .contact = {}};
  if (!order.reason.empty()) draft.body.texts.push_back({wire::TextTag::kReason, order.reason});
  return draft;
}

}  // namespace

std::shared_ptr<AssessmentReading const> AssessmentDesk::read(UnitId unit, rules::Period const& period, UtcTime now) {
  auto const ends = store_.list_ends(unit);
  if (auto known = kept(unit, period, ends, now)) return known;
  auto reading = fresh(unit, period, now);
  std::lock_guard const lock(mutex_);
  kept_.insert_or_assign(unit, Kept{period, ends, reading});
  return reading;
}

std::shared_ptr<AssessmentReading const> AssessmentDesk::kept(UnitId unit, rules::Period const& period,
                                                              ListEnds const& ends, UtcTime now) {
  std::lock_guard const lock(mutex_);
  auto const found = kept_.find(unit);
  if (found == kept_.end() || found->second.period != period || found->second.ends != ends) return nullptr;
  auto const age = now - found->second.reading->made_at;
  return age >= Milliseconds(0) && age < kFreshFor ? found->second.reading : nullptr;
}

std::shared_ptr<AssessmentReading const> AssessmentDesk::fresh(UnitId unit, rules::Period const& period, UtcTime now) {
  std::vector<rules::ClockLine> breaches;
  auto assessment = store_.assessment(unit, {.period = period, .now = exactly(now), .each = [&](auto const& line) {
                                               if (web::is_breach(line)) breaches.push_back(line);
                                             }});
  auto snapshot = web::snapshot_text(assessment.figures, breaches);
  return std::make_shared<AssessmentReading const>(std::move(assessment), std::move(snapshot), now);
}

ClockPage AssessmentDesk::clocks(UnitId unit, rules::Period const& period, ClockQuery const& query, UtcTime now) {
  ClockPage page;
  (void)store_.assessment(unit, {.period = period, .now = exactly(now), .each = [&](auto const& line) {
                                   if (line.verdict.kind != query.clock || line.cell != query.cell) return;
                                   ++page.total;
                                   if (page.lines.size() < query.limit) page.lines.push_back(line);
                                 }});
  return page;
}

Result<Position> AssessmentDesk::publish(StaffId who, std::string_view request_id, Order const& order, UtcTime now) {
  RequestContent content("publish_assessment");
  content.add(who.value).add(order.unit.value).add(order.reason);
  auto const period = static_cast<std::uint64_t>(ms_of(order.period.from));
  auto const hash = content.add(period).add(static_cast<std::uint64_t>(ms_of(order.period.until))).finish();
  if (now < order.period.until) {
    return refuse("period_open",
                  "An assessment is published after its period has ended; wait for the last day to end.");
  }
  if (!store_.find_unit(order.unit)) return refuse("unknown_unit", "There is no such unit in this city.");
  auto const reading = fresh(order.unit, order.period, now);
  Position entry{};
  auto const done = store_.with_unit(order.unit, [&](UnitWork& work) -> Result<void> {
    auto const earlier = earlier_request(work.cases(), request_id, hash);
    if (!earlier) return earlier.error();
    if (*earlier) {
      entry = (*earlier)->entry;
      return {};
    }
    if (auto const news = require_news(*reading, order); !news) return news.error();
    auto draft = publication(*reading, order, who, now);
    if (last_publication(work, order.period) != std::get<rules::Publication>(draft.payload).corrects) {
      return refuse("published_meanwhile", "Somebody else has published this assessment just now; look at it first.");
    }
    auto const appended = work.append(std::move(draft));
    if (!appended) return appended.error();
    entry = *appended;
    work.cases().keep_request({.id = std::string(request_id), .content = hash, .entry = entry, .at = now});
    return {};
  });
  if (!done) return done.error();
  return entry;
}

}  // namespace fieldnode::central
