#pragma once

#include "node/office/node_time.h"
#include "node/office/office_store.h"

namespace fieldnode::office {

/// Brings the list's rows and the clock's drift bound in line with the rules that the feed has brought, and journals
/// once what the change has moved. Called after each exchange and at the start, for what a stop has left undone; costs
/// a few look-ups while nothing is new. Clerks work on between its steps. Errors: the storage's; the next call goes on.
[[nodiscard]] Result<void> follow_rules(OfficeStore& store, NodeTime& time);

}  // namespace fieldnode::office
