#pragma once

#include <optional>
#include <vector>

#include "node/central/store/phone_records.h"
#include "node/db/connection.h"

namespace fieldnode::central {

/// Table `phone_challenge`, in the caller's transaction.
class PhoneRows {
 public:
  explicit PhoneRows(db::Connection& connection) : connection_(connection) {}

  [[nodiscard]] std::optional<ChallengeRecord> find(UnitId unit, std::uint64_t challenge);
  [[nodiscard]] std::optional<ChallengeRecord> find_request(std::string_view request);
  void put(ChallengeRecord const& record);
  /// Of the whole city: a code was taken, and not compared yet.
  [[nodiscard]] std::vector<ChallengeRecord> unchecked();
  /// Without a code yet, the newest first.
  [[nodiscard]] std::vector<ChallengeRecord> open(UnitId unit);

 private:
  db::Connection& connection_;
};

}  // namespace fieldnode::central
