#include "node/office/office_figures.h"

#include <algorithm>

#include "node/db/health.h"
#include "node/office/journal_state.h"
#include "node/office/listing.h"
#include "node/office/revocation.h"
#include "sync/rules/civil.h"

namespace fieldnode::office {

using wire::ListKind;

namespace {

/// While nobody knows what the centre holds of the journals before the live one, not everything is delivered.
bool has_unknown_journals(db::Connection& connection, engine::ListHead const& live) {
  if (live.seq == 0 || JournalState(connection).journals_known()) return false;
  return lists::ListRegister(connection, live.list.unit).all(ListKind::kJournal).size() > 1;
}

}  // namespace

Progress progress_of(db::Connection& connection, lists::EntryLists& lists, Epoch journal_epoch) {
  Receipts receipts(connection, journal_epoch);
  auto const feed = lists.head(ListKind::kFeed).value_or(engine::ListHead{});
  return {receipts.covered_seq(), receipts.settled_seq({feed.list.epoch, feed.seq}),
          Revocation(connection).handed_over(journal_epoch)};
}

OfficeFigures figures_of(db::Connection& connection, lists::EntryLists& lists, Epoch journal_epoch,
                         rules::TimeEvidence const& now, Clearance clearance) {
  Listing listing(connection);
  auto const tomorrow = rules::moment_on(rules::day_of(now.estimate) + std::chrono::days(1), Milliseconds(0));
  OfficeFigures figures{.awaiting = listing.count_trouble(Trouble::kAwaitsRuling, clearance),
                        .open = listing.count(View::kOpen, clearance),
                        .overdue = listing.count_due_before(now.interval.earliest, clearance),
                        .due_today = listing.count_due_before(tomorrow, clearance),
                        .progress = progress_of(connection, lists, journal_epoch),
                        .link = load_link(connection),
                        .disk_free_bytes = db::free_bytes(connection)};
  figures.due_today -= std::min(figures.due_today, figures.overdue);
  auto const head = lists.head(ListKind::kJournal).value_or(engine::ListHead{});
  figures.revoked_at = Revocation(connection).told_at();
  auto gone = std::min(head.seq, std::max(figures.progress.covered, figures.progress.aside));
  figures.handed_over = gone - std::min(gone, figures.progress.covered);
  if (!figures.revoked_at && has_unknown_journals(connection, head)) gone = std::min(gone, head.seq - 1);
  figures.undelivered = head.seq - gone;
  if (figures.undelivered == 0) return figures;
  auto const oldest = lists.entry_at(ListKind::kJournal, {journal_epoch, gone + 1});
  if (oldest) figures.oldest_undelivered = oldest->skeleton.time.estimate;
  return figures;
}

}  // namespace fieldnode::office
