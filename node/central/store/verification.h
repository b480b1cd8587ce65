#pragma once

#include "node/central/store/central_store.h"
#include "node/db/connection.h"
#include "node/lists/contact_vault.h"
#include "node/lists/unit_rules.h"

namespace fieldnode::central {

/// Recomputes everything that can be recomputed, within the reader's snapshot.
class Verifier {
 public:
  Verifier(db::Connection& connection, lists::ContactVault& vault, lists::UnitRules& rules)
      : connection_(connection), vault_(vault), rules_(rules) {}

  /// Errors: those of CentralStore::verify.
  [[nodiscard]] Result<Verification> run();

 private:
  [[nodiscard]] Result<void> check_unit(UnitRecord const& unit);
  [[nodiscard]] Result<void> check_rules(UnitRecord const& unit);
  [[nodiscard]] Result<void> check_projection(UnitRecord const& unit, rules::UnitState const& replayed);
  [[nodiscard]] Result<void> check_receipts(UnitRecord const& unit);
  [[nodiscard]] Result<void> check_case_states();

  db::Connection& connection_;
  lists::ContactVault& vault_;
  lists::UnitRules& rules_;
  Verification done_;
};

}  // namespace fieldnode::central
