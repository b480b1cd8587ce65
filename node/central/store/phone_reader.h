#pragma once

#include "node/central/store/phone_records.h"
#include "node/db/connection.h"
#include "node/lists/contact_vault.h"

namespace fieldnode::central {

/// What lists and challenges together say of phone receipts, in the caller's snapshot.
class PhoneReader {
 public:
  PhoneReader(db::Connection& connection, lists::ContactVault& vault) : connection_(connection), vault_(vault) {}

  [[nodiscard]] std::optional<engine::ListHead> journal_at(UnitId unit, Position upto);
  [[nodiscard]] std::vector<PhoneDue> due();
  [[nodiscard]] PhoneLog log(UnitId unit);

 private:
  db::Connection& connection_;
  lists::ContactVault& vault_;
};

}  // namespace fieldnode::central
