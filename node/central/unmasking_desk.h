#pragma once

#include <string_view>

#include "node/central/store/central_store.h"

namespace fieldnode::central {

/// Shows a citizen's data in clear to whoever says why, Q6. Thread: any.
class UnmaskingDesk {
 public:
  explicit UnmaskingDesk(CentralStore& store) : store_(store) {}

  /// The data once it is written down who asked and why; a repeat under the same client-made id is not written again.
  /// Errors: `unknown_case`, `bad_request_id`, `request_id_reused`, those of the storage.
  [[nodiscard]] Result<CaseContact> unmask(StaffId who, std::string_view request_id, CaseId id, std::string_view reason,
                                           UtcTime now);

 private:
  CentralStore& store_;
};

}  // namespace fieldnode::central
