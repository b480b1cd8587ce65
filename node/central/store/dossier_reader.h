#pragma once

#include "node/central/store/central_store.h"
#include "node/db/connection.h"
#include "node/lists/contact_vault.h"
#include "node/lists/unit_rules.h"

namespace fieldnode::central {

/// Puts together what is known of assignments, within the reader's snapshot.
class DossierReader {
 public:
  DossierReader(db::Connection& connection, lists::ContactVault& vault, lists::UnitRules& rules)
      : connection_(connection), vault_(vault), rules_(rules) {}

  /// Errors: a BrokenWorld when the lists do not have what the line says.
  [[nodiscard]] AssignmentDossier dossier(AssignmentRow const& row);
  /// With the verdicts, which ask the facts of the whole unit.
  [[nodiscard]] AssignmentDossier judged(AssignmentRow const& row);

 private:
  [[nodiscard]] StaffNames const& staff_of(UnitId unit);

  db::Connection& connection_;
  lists::ContactVault& vault_;
  lists::UnitRules& rules_;
  std::map<UnitId, StaffNames> staff_;  ///< read once for each unit
};

}  // namespace fieldnode::central
