#pragma once

#include "node/office/node_time.h"
#include "node/office/office_store.h"

namespace fieldnode::office {

/// Brings the list's rows and the clock's drift bound in line with the rules that the feed has brought, and journals
/// once what the change has moved. Does a second's work at most and says whether that was all, so that an exchange
/// comes in between; clerks work on between its steps. Called after each exchange and at the start, for what a stop has
/// left undone; costs a few look-ups while nothing is new. Errors: the storage's; the next call goes on.
[[nodiscard]] Result<bool> follow_rules(OfficeStore& store, NodeTime& time);

}  // namespace fieldnode::office
