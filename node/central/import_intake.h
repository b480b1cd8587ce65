#pragma once

#include "node/central/import_record.h"
#include "node/central/store/unit_work.h"
#include "sync/base/random.h"

namespace fieldnode::central {

/// What one imported case came to.
enum class IntakeEffect : std::uint8_t {
  kDispatched,  ///< new, and with the unit now
  kClosed,      ///< new, as history
  kUpdated,     ///< known; the source has changed its word
  kReopened,    ///< it was history; the source says that it is open, so the unit has it now
  kUnchanged,   ///< known as it is
  kElsewhere    ///< another unit has the case: its transaction must take the change in
};

struct Intake {
  IntakeEffect effect{};
  UnitId holder{};  ///< of kElsewhere
};

/// Takes one case of another system in, within the transaction of the unit that `work` holds: dispatches an open one
/// that is new, keeps a closed one as history, tells the unit that has it what has changed. `(system, external id)`
/// identifies a case, so that a repeat does nothing. A case may come once in a transaction, save for exact repeats.
/// Errors: `entry_too_large`, `missing_salt_keys`; nothing is written then, and the transaction may go on.
[[nodiscard]] Result<Intake> take_in(UnitWork& work, ImportedCase const& imported, CaseSource const& source,
                                     UtcTime now, Random& random);

}  // namespace fieldnode::central
