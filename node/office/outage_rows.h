#pragma once

#include <optional>
#include <vector>

#include "node/db/connection.h"
#include "node/office/outage_run.h"

namespace fieldnode::office {

/// The table `outage_run`, in the caller's transaction.
class OutageRows {
 public:
  explicit OutageRows(db::Connection& connection) : connection_(connection) {}

  /// In the order in which they began.
  [[nodiscard]] std::vector<OutageRun> all();
  /// Adds a run, or moves the newest one on: it is the same where boot and first attempt are.
  void put(OutageRun const& run);
  void clear();

 private:
  db::Connection& connection_;
};

}  // namespace fieldnode::office
