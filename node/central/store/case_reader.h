#pragma once

#include "node/central/store/central_store.h"
#include "node/db/connection.h"
#include "node/lists/contact_vault.h"

namespace fieldnode::central {

/// Puts together what pages show of cases, within the reader's snapshot.
class CaseReader {
 public:
  CaseReader(db::Connection& connection, lists::ContactVault& vault) : connection_(connection), vault_(vault) {}

  [[nodiscard]] CasePage page(CaseFilter const& filter);
  [[nodiscard]] std::optional<CaseFile> file(CaseId id);

 private:
  [[nodiscard]] CaseLine line(CaseRecord record);
  [[nodiscard]] HeldAssignment held(AssignmentRow const& row);

  db::Connection& connection_;
  lists::ContactVault& vault_;
};

}  // namespace fieldnode::central
