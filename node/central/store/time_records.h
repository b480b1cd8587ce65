#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sync/base/ids.h"
#include "sync/base/time.h"

namespace fieldnode::central {

/// Times that the centre signed, as they were signed: sent-at in [from, until), to one unit or (none) to all.
struct SignedSpan {
  UnitId unit{};
  UtcTime from{};
  UtcTime until{};
  friend bool operator==(SignedSpan const&, SignedSpan const&) = default;
};

enum class CorrectionStanding : std::uint8_t { kWaits = 1, kConfirmed = 2, kDeclined = 3 };

/// That those times were wrong, on its way through two pairs of hands.
struct TimeCorrectionProposal {
  std::uint64_t id{};
  SignedSpan span;
  std::string reason;
  StaffId staff{};
  UtcTime proposed_at{};
  CorrectionStanding standing{CorrectionStanding::kWaits};
  StaffId ruled_by{};
  std::optional<UtcTime> ruled_at{};
  bool done{};  ///< every unit concerned was told
};

/// How much a span holds that was not taken back yet.
struct SpanCounts {
  std::uint64_t anchors{};
  std::uint64_t units{};
};

}  // namespace fieldnode::central
