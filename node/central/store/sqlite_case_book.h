#pragma once

#include "node/central/store/assignment_rows.h"
#include "node/central/store/case_book.h"
#include "node/central/store/case_rows.h"

namespace fieldnode::central {

/// The case book on the one writing connection of SQLite.
class SqliteCaseBook final : public CaseBook {
 public:
  SqliteCaseBook(db::Connection& connection, lists::ContactVault& vault);

  [[nodiscard]] CaseId next_case() override;
  [[nodiscard]] AssignmentId next_assignment() override;
  [[nodiscard]] std::optional<CaseRecord> find(CaseId id) override { return rows_.find(id); }
  [[nodiscard]] std::optional<CaseRecord> find_imported(std::string_view system,
                                                        std::string_view external_id) override {
    return rows_.find_imported(system, external_id);
  }
  [[nodiscard]] CaseContact contact_of(CaseId id) override { return rows_.contact_of(id); }
  void add(CaseRecord const& record, CaseContact const& contact) override { rows_.add(record, contact); }
  void update(CaseRecord const& record, CaseContact const& contact) override { rows_.update(record, contact); }
  [[nodiscard]] std::vector<AssignmentRow> assignments_of(CaseId id) override { return assignments_.of_case(id); }
  [[nodiscard]] std::optional<RequestRecord> find_request(std::string_view id) override;
  void keep_request(RequestRecord const& request) override;

 private:
  db::Connection& connection_;
  CaseRows rows_;
  AssignmentRows assignments_;
};

}  // namespace fieldnode::central
