#include "node/office/outage_run.h"

#include <algorithm>
#include <array>

#include "sync/rules/outages.h"

namespace fieldnode::office {
namespace {

using rules::OutageCause;

struct KnownCause {
  std::string_view code;
  OutageCause cause;
};

constexpr std::array kCauses{
    KnownCause{"unreachable", OutageCause::kUnreachable},
    KnownCause{"timeout", OutageCause::kBroken},
    KnownCause{"connection_lost", OutageCause::kBroken},
    KnownCause{"tls_failed", OutageCause::kBroken},
    KnownCause{"wrong_ca", OutageCause::kBroken},
    KnownCause{"wrong_host", OutageCause::kBroken},
    KnownCause{"bad_content_type", OutageCause::kBroken},
    KnownCause{"redirected", OutageCause::kBroken},
    KnownCause{"http_error", OutageCause::kRefused},
    KnownCause{"busy", OutageCause::kRefused},
    KnownCause{"centre_cannot_save", OutageCause::kRefused},
};

/// Design 5: a boot clock is off by no more.
constexpr std::int64_t kDriftMostPpm = 1000;

TimeInterval intersected(TimeInterval one, TimeInterval const& other) {
  TimeInterval const both{std::max(one.earliest, other.earliest), one.latest && other.latest
                                                                      ? std::min(*one.latest, *other.latest)
                                                                      : (one.latest ? one.latest : other.latest)};
  return both.latest && *both.latest < both.earliest ? one : both;
}

/// True time when the boot clock of this boot stood at `then`.
TimeInterval carried_back(TimeInterval now, Milliseconds elapsed) {
  Milliseconds const drift{elapsed.count() * kDriftMostPpm / 1'000'000 + 1};
  TimeInterval then{now.earliest - elapsed - drift, std::nullopt};
  if (now.latest) then.latest = *now.latest - elapsed + drift;
  return then;
}

/// At least `length` before `later`.
TimeInterval ended_before(TimeInterval one, std::optional<UtcTime> later, Milliseconds length) {
  if (!later) return one;
  return intersected(one, {one.earliest, *later - length});
}

struct Known {
  TimeInterval began;
  TimeInterval last;
};

Known known_of(OutageRun const& run, engine::BootMoment const& here, TimeInterval now, Known const* next) {
  if (run.boot_id == here.boot_id) {
    return {intersected(run.began.known, carried_back(now, here.since_boot - run.began.since_boot)),
            intersected(run.last.known, carried_back(now, here.since_boot - run.last.since_boot))};
  }
  auto const before = next != nullptr ? next->began.latest : now.latest;
  auto const last = ended_before(run.last.known, before, Milliseconds(0));
  auto const length = run.last.since_boot - run.began.since_boot;
  return {ended_before(run.began.known, last.latest, length - length / 1000), last};
}

}  // namespace

OutageCause cause_of(std::string_view code) {
  auto const found = std::ranges::find(kCauses, code, &KnownCause::code);
  return found == kCauses.end() ? OutageCause::kNone : found->cause;
}

bool continues(OutageRun const& run, engine::BootMoment const& here) {
  return run.boot_id == here.boot_id && here.since_boot - run.last.since_boot <= kGapMost;
}

std::vector<rules::LinkOutage> told_outages(std::span<OutageRun const> runs, engine::BootMoment const& here,
                                            TimeInterval now) {
  std::vector<rules::LinkOutage> told;
  std::vector<Known> known;
  for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
    known.push_back(known_of(*run, here, now, known.empty() ? nullptr : &known.back()));
    if (run->last.since_boot - run->began.since_boot < rules::kOutageLeast) continue;
    told.push_back({known.back().began, known.back().last, run->attempts, run->cause});
  }
  std::ranges::reverse(told);
  return told;
}

}  // namespace fieldnode::office
