#pragma once

#include "sync/engine/trusted_time.h"
#include "sync/rules/entry.h"

namespace fieldnode::office {

/// What is claimed about the moment of an act, and the clock's state that is kept with it.
struct Stamp {
  rules::TimeEvidence evidence;
  engine::TimeState state;
};

}  // namespace fieldnode::office
