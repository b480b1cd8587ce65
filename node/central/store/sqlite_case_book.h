#pragma once

#include <set>

#include "node/central/store/assignment_rows.h"
#include "node/central/store/case_book.h"
#include "node/central/store/case_rows.h"
#include "node/central/store/refusal_rows.h"
#include "node/central/store/unmasking_rows.h"

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
  void add(CaseRecord const& record, CaseContact const& contact) override;
  void update(CaseRecord const& record, CaseContact const& contact) override;
  void refuse(CaseId id, CaseRefusal const& refusal) override;
  void rule_refusal(CaseId id, RefusalStanding standing, StaffId staff, UtcTime at) override;
  void merge(CaseId from, CaseId into) override;
  [[nodiscard]] std::vector<CaseRecord> merged_into(CaseId id) override { return rows_.merged_into(id); }
  [[nodiscard]] std::vector<wire::BlobRef> attachments_of(CaseId id) override;
  void attach(CaseId id, wire::BlobRef const& file, StaffId who, UtcTime at) override;
  void detach_all(CaseId id) override;
  void log_unmasking(UnmaskingRecord const& record) override { UnmaskingRows(connection_).add(record); }
  [[nodiscard]] std::vector<AssignmentRow> assignments_of(CaseId id) override { return assignments_.of_case(id); }
  [[nodiscard]] std::optional<RequestRecord> find_request(std::string_view id) override;
  void keep_request(RequestRecord const& request) override;

  /// The cases that look different after this transaction.
  [[nodiscard]] std::set<CaseId> const& changed() const { return changed_; }
  void note_changed(CaseId id) { changed_.insert(id); }

 private:
  void follow(CaseId id);

  db::Connection& connection_;
  CaseRows rows_;
  RefusalRows refusals_;
  AssignmentRows assignments_;
  std::set<CaseId> changed_;
};

}  // namespace fieldnode::central
