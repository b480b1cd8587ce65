#pragma once

#include "node/office/node_time.h"
#include "node/office/office_store.h"

namespace fieldnode::office {

/// Writes into the journal what the machine's clocks have done, so that whoever judges an act later knows how far its
/// clock can be trusted. Called before each act and once a minute. Where the store takes nothing they wait; nothing is
/// told twice.
void journal_clocks(OfficeStore& store, NodeTime& time);

}  // namespace fieldnode::office
