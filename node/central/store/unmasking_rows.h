#pragma once

#include <vector>

#include "node/central/store/records.h"
#include "node/db/connection.h"

namespace fieldnode::central {

/// Table `unmasking`, in the caller's transaction. Source: requirement Q6.
class UnmaskingRows {
 public:
  explicit UnmaskingRows(db::Connection& connection) : connection_(connection) {}

  void add(UnmaskingRecord const& record);
  /// The oldest first.
  [[nodiscard]] std::vector<UnmaskingRecord> of_case(CaseId id);

 private:
  db::Connection& connection_;
};

}  // namespace fieldnode::central
