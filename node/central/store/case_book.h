#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "node/central/store/records.h"

namespace fieldnode::central {

/// The city's cases inside one transaction. A case that was found stays as it is until the transaction ends: on SQLite
/// nobody else writes meanwhile, on PostgreSQL its row is locked. Implementations: SQLite, PostgreSQL.
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
  /// Writes everything but the id, the state and what the three functions below say. A contact that is left out is
  /// gone for ever.
  virtual void update(CaseRecord const& record, CaseContact const& contact) = 0;

  /// Puts the refusal in force; one that stood before has ended by it. The state follows.
  virtual void refuse(CaseId id, CaseRefusal const& refusal) = 0;
  /// Says what became of the refusal in force. The state follows.
  virtual void rule_refusal(CaseId id, RefusalStanding standing, StaffId staff, UtcTime at) = 0;
  /// Makes `from`, and what was merged into it, part of `into`. The state follows.
  virtual void merge(CaseId from, CaseId into) = 0;
  /// The cases that are part of this one, by id.
  [[nodiscard]] virtual std::vector<CaseRecord> merged_into(CaseId id) = 0;
  /// Files attached to the case, the oldest first: every dispatch of it names them.
  [[nodiscard]] virtual std::vector<wire::BlobRef> attachments_of(CaseId id) = 0;
  /// Nothing changes for a content that is attached already.
  virtual void attach(CaseId id, wire::BlobRef const& file, StaffId who, UtcTime at) = 0;
  /// N5: none is attached any more; their content goes with the next sweep.
  virtual void detach_all(CaseId id) = 0;
  virtual void log_unmasking(UnmaskingRecord const& record) = 0;

  /// In the order in which they were given. Shape: as the last finished transaction left them.
  [[nodiscard]] virtual std::vector<AssignmentRow> assignments_of(CaseId id) = 0;

  [[nodiscard]] virtual std::optional<RequestRecord> find_request(std::string_view id) = 0;
  virtual void keep_request(RequestRecord const& request) = 0;
};

}  // namespace fieldnode::central
