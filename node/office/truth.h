#pragma once

#include <optional>
#include <string_view>

#include "node/office/projection.h"
#include "node/office/receipts.h"
#include "sync/rules/assignment.h"

namespace fieldnode::office {

/// What the page says of an act. An act is never "in force" before the feed is held up to where the centre's word on
/// it would stand. Source: design 4.
enum class Truth : std::uint8_t {
  kSaved = 1,
  kDelivered = 2,
  kInForce = 3,
  kRefused = 4,
  kAwaitingRuling = 5,
  kHandedOver = 6  ///< by a revoked node: the centre keeps it aside, it is not in force
};

[[nodiscard]] Truth truth_of(rules::ActRecord const& act, Delivery delivery);

/// How far the centre's word reaches in the live journal epoch.
struct Progress {
  std::uint64_t covered{};  ///< acts up to here are delivered
  std::uint64_t settled{};  ///< acts up to here are settled
  std::uint64_t aside{};    ///< acts up to here, behind those covered, are kept aside by the centre
  friend bool operator==(Progress const&, Progress const&) = default;
};

/// The worst truth of the unit's own acts on an assignment; nothing if there is no act.
[[nodiscard]] std::optional<Truth> truth_of(AssignmentRow const& row, Progress const& progress);

[[nodiscard]] std::string_view word_of(Truth truth);

}  // namespace fieldnode::office
