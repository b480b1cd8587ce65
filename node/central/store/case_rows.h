#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "node/central/store/central_store.h"
#include "node/central/store/records.h"
#include "node/db/connection.h"
#include "node/lists/contact_vault.h"

namespace fieldnode::central {

/// Table `city_case`, in the caller's transaction. The citizen's data is sealed on its way in, under a key of the case.
class CaseRows {
 public:
  CaseRows(db::Connection& connection, lists::ContactVault& vault) : connection_(connection), vault_(vault) {}

  void add(CaseRecord const& record, CaseContact const& contact);
  void update(CaseRecord const& record, CaseContact const& contact);
  [[nodiscard]] std::optional<CaseRecord> find(CaseId id);
  [[nodiscard]] std::optional<CaseRecord> find_imported(std::string_view system, std::string_view external_id);
  [[nodiscard]] CaseContact contact_of(CaseId id);
  [[nodiscard]] CasePage page(CaseFilter const& filter);
  [[nodiscard]] std::uint64_t count(CaseState state);

 private:
  void write(std::string_view sql, CaseRecord const& record, CaseContact const& contact);

  db::Connection& connection_;
  lists::ContactVault& vault_;
};

}  // namespace fieldnode::central
