#include "node/office/outage_watch.h"

#include "node/office/outage_rows.h"

namespace fieldnode::office {
namespace {

/// While the centre is away every act tries; a commit a minute is enough to survive a power cut.
constexpr Milliseconds kKeptEvery = std::chrono::minutes(1);

}  // namespace

Result<void> OutageWatch::failed(Refusal const& why) {
  auto const cause = cause_of(why.code);
  if (cause == rules::OutageCause::kNone) return {};
  load();
  auto const at = here();
  TriedAt const tried{at.since_boot, world_.time.now().interval};
  if (run_ && !continues(*run_, at)) {
    if (auto const kept = keep(); !kept) return kept.error();
    run_.reset();
  }
  if (!run_) {
    run_ = OutageRun{at.boot_id, tried, tried, 0, cause};
    kept_at_ = at.since_boot;
  }
  run_->last = tried;
  ++run_->attempts;
  return at.since_boot - kept_at_ < kKeptEvery ? Result<void>{} : keep();
}

Result<void> OutageWatch::reached() {
  load();
  if (!run_ && !anything_kept_) return {};
  auto const stamp = world_.time.stamp();
  auto const told = world_.writer.run([&](db::Connection& connection) -> Result<void> {
    OutageRows rows(connection);
    if (run_) rows.put(*run_);
    auto const runs = rows.all();
    for (auto const& outage : told_outages(runs, here(), stamp.evidence.interval)) {
      auto const appended =
          world_.store.append_within(connection, {.kind = rules::EntryKind::kOutage, .payload = outage}, stamp);
      if (!appended) return appended.error();
    }
    rows.clear();
    return {};
  });
  if (!told) return told.error();
  run_.reset();
  anything_kept_ = false;
  return {};
}

/// What was there before the program started; the newest run may go on.
void OutageWatch::load() {
  if (loaded_) return;
  auto const lease = world_.readers.lease();
  auto runs = OutageRows(*lease).all();
  anything_kept_ = !runs.empty();
  if (anything_kept_ && runs.back().boot_id == here().boot_id) run_ = std::move(runs.back());
  if (run_) kept_at_ = run_->last.since_boot;
  loaded_ = true;
}

Result<void> OutageWatch::keep() {
  auto const kept = world_.writer.run([&](db::Connection& connection) -> Result<void> {
    OutageRows(connection).put(*run_);
    return {};
  });
  if (!kept) return kept.error();
  anything_kept_ = true;
  kept_at_ = here().since_boot;
  return {};
}

}  // namespace fieldnode::office
