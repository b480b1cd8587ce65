#include "node/office/node_time.h"

#include <algorithm>
#include <set>
#include <utility>

#include "sync/rules/calendar_file.h"

namespace fieldnode::office {
namespace {

/// While the disk takes nothing findings wait; the first ones tell what happened.
constexpr std::size_t kFindingsMost = 64;

std::set<std::uint64_t> repealed_in(engine::SettledExchange const& settled) {
  std::set<std::uint64_t> anchors;
  auto const look = [&anchors](rules::Skeleton const& entry) {
    auto const* const correction = std::get_if<rules::TimeCorrection>(&entry.payload);
    if (correction != nullptr) anchors.insert(correction->anchor);
  };
  for (auto const& arrival : settled.feed_entries) look(arrival.skeleton);
  for (auto const& arrival : settled.previews) look(arrival.skeleton);
  return anchors;
}

}  // namespace

UtcTime build_date() {
  UtcTime newest{};
  for (auto const& notice : rules::built_in_notices()) {
    newest = std::max(newest, rules::moment_on(notice.version, Milliseconds(0)));
  }
  return newest;
}

NodeTime::NodeTime(Clock const& clock, engine::TimeBounds bounds, engine::TimeState kept)
    : time_(clock, bounds, std::move(kept)) {}

Stamp NodeTime::stamp() {
  std::lock_guard const lock(mutex_);
  auto const evidence = time_.now();
  return {evidence, time_.state()};
}

void NodeTime::learn(engine::SettledExchange const& settled) {
  auto const repealed = repealed_in(settled);
  std::lock_guard const lock(mutex_);
  if (auto const& trip = settled.round_trip) {
    time_.observe(settled.receipt, *trip);
  } else {
    time_.observe_past(settled.receipt);
  }
  if (!repealed.empty()) time_.repeal(repealed);
}

void NodeTime::use_drift(std::uint32_t drift_ppm) {
  std::lock_guard const lock(mutex_);
  time_.use_drift(drift_ppm);
}

void NodeTime::learn(engine::ToldMoment const& told) {
  std::lock_guard const lock(mutex_);
  time_.observe(told);
}

std::vector<engine::ClockFinding> NodeTime::take_findings() {
  std::lock_guard const lock(mutex_);
  (void)time_.now();
  auto findings = std::exchange(findings_, {});
  auto const fresh = time_.take_findings();
  findings.insert(findings.end(), fresh.begin(), fresh.end());
  return findings;
}

void NodeTime::hand_back(std::vector<engine::ClockFinding> findings) {
  std::lock_guard const lock(mutex_);
  findings_.insert(findings_.begin(), findings.begin(), findings.end());
  if (findings_.size() > kFindingsMost) findings_.resize(kFindingsMost);
}

bool corrects_time(engine::SettledExchange const& settled) { return !repealed_in(settled).empty(); }

}  // namespace fieldnode::office
