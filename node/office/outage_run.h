#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "sync/engine/trusted_time.h"
#include "sync/rules/entry.h"

namespace fieldnode::office {

/// A moment by the boot clock, and what was known of true time then.
struct TriedAt {
  Milliseconds since_boot{};
  TimeInterval known{};
  friend bool operator==(TriedAt const&, TriedAt const&) = default;
};

/// Attempts to reach the centre that failed one after the other, within one boot.
struct OutageRun {
  std::string boot_id;
  TriedAt began;
  TriedAt last;
  std::uint32_t attempts{};
  rules::OutageCause cause{};
  friend bool operator==(OutageRun const&, OutageRun const&) = default;
};

/// kNone for what is no outage: the node's own fault, or an answer by which the centre shows that it is there.
[[nodiscard]] rules::OutageCause cause_of(std::string_view code);

/// An attempt belongs to the run before it unless so much time lies between them: the loop pauses for 15 minutes at
/// most, and an attempt may take some. Who is switched off tries nothing, so a gap is no outage.
inline constexpr Milliseconds kGapMost = std::chrono::minutes(20);

[[nodiscard]] bool continues(OutageRun const& run, engine::BootMoment const& here);

/// What the journal says of the runs, once the centre is reached: those of at least `rules::kOutageLeast`, with what is
/// known *now* of their moments. The boot clock carries the present time back to the runs of this boot; of earlier
/// boots it is at least known that they ended before the next run began. Shape: `runs` in the order in which they
/// began.
[[nodiscard]] std::vector<rules::LinkOutage> told_outages(std::span<OutageRun const> runs,
                                                          engine::BootMoment const& here, TimeInterval now);

}  // namespace fieldnode::office
