#pragma once

#include <cstdint>

#include "sync/rules/words.h"

namespace fieldnode::office {

/// Whom an answer is for. A confidential assignment is, for everybody else, as if the unit did not hold it.
/// Source: requirements A3, A5.
enum class Clearance : std::uint8_t { kGeneral = 0, kConfidential = 1 };

[[nodiscard]] constexpr Clearance clearance_of(rules::StaffRole role) {
  return role == rules::StaffRole::kSupervisor ? Clearance::kConfidential : Clearance::kGeneral;
}

[[nodiscard]] constexpr bool may_see(Clearance clearance, bool is_confidential) {
  return !is_confidential || clearance == Clearance::kConfidential;
}

}  // namespace fieldnode::office
