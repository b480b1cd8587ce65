#pragma once

#include <map>
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
  [[nodiscard]] std::optional<CaseName> find_name(CaseId id);
  /// What a filter finds.
  struct Found {
    std::vector<CaseRecord> cases;  ///< of one page, the newest first, at most `filter.limit`
    std::uint64_t total{};          ///< on all its pages
  };
  [[nodiscard]] Found page(CaseFilter const& filter);
  [[nodiscard]] std::map<CaseState, std::uint64_t> counts();

  /// By id.
  [[nodiscard]] std::vector<CaseRecord> merged_into(CaseId id);
  /// Makes `from`, and what was merged into it, part of `into`. The states are not touched.
  void merge(CaseId from, CaseId into);

  /// Gives every contact that an older program stored the hash that its telephone is found by.
  void fill_in_hashes();

 private:
  [[nodiscard]] Found listed(CaseFilter const& filter);
  [[nodiscard]] Found searched(CaseFilter const& filter);
  void write(std::string_view sql, CaseRecord const& record, CaseContact const& contact);

  db::Connection& connection_;
  lists::ContactVault& vault_;
};

}  // namespace fieldnode::central
