#pragma once

#include "sync/base/bytes.h"
#include "sync/rules/replay.h"

/// The facts as bytes, for the digest that both ends compare. Numbers are 8 bytes, big end first, in the order in which
/// the structs of `assignment.h` and `replay.h` list them; an absent optional is the number 0, a present one 1 and its
/// content; lists and texts begin with their length. Source: PROTOCOL, "Digest".
namespace fieldnode::rules {

[[nodiscard]] Bytes digest_form(AssignmentState const& state);
[[nodiscard]] Bytes digest_form(UnitState const& state);

}  // namespace fieldnode::rules
