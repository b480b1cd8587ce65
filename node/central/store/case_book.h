#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "node/central/store/records.h"

namespace fieldnode::central {

/// The city's cases inside one transaction. Implementations: SQLite, PostgreSQL.
class CaseBook {
 public:
  virtual ~CaseBook() = default;

  /// Unique over the city, never given twice.
  [[nodiscard]] virtual CaseId next_case() = 0;
  [[nodiscard]] virtual AssignmentId next_assignment() = 0;

  [[nodiscard]] virtual std::optional<CaseRecord> find(CaseId id) = 0;
  [[nodiscard]] virtual std::optional<CaseRecord> find_imported(std::string_view system,
                                                                std::string_view external_id) = 0;
  [[nodiscard]] virtual CaseContact contact_of(CaseId id) = 0;
  virtual void add(CaseRecord const& record, CaseContact const& contact) = 0;
  /// Writes everything but the id and the state anew.
  virtual void update(CaseRecord const& record, CaseContact const& contact) = 0;

  /// In the order in which they were given. Shape: as the last finished transaction left them.
  [[nodiscard]] virtual std::vector<AssignmentRow> assignments_of(CaseId id) = 0;

  [[nodiscard]] virtual std::optional<RequestRecord> find_request(std::string_view id) = 0;
  virtual void keep_request(RequestRecord const& request) = 0;
};

}  // namespace fieldnode::central
