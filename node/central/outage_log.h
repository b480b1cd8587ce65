#pragma once

#include "node/central/store/unit_work.h"

namespace fieldnode::central {

/// What the centre knows of an outage by itself, said in the unit's feed at its next exchange: that it heard nothing of
/// the node, and that it did not serve itself. Before the exchange is answered, which ends the silence.
/// True when something was said. Source: requirements Q3.
bool log_outages(UnitWork& work, UtcTime now);

}  // namespace fieldnode::central
