#pragma once

#include <string_view>

#include "node/central/city.h"
#include "node/central/store/central_store.h"
#include "node/web/evidence_file.h"

namespace fieldnode::central {

/// Where evidence leaves the city: one case with all units that had it, to be checked by whoever has no database.
/// Thread: any. Source: EVIDENCE.md, requirement Q4.
class EvidenceDesk {
 public:
  EvidenceDesk(CentralStore& store, CityIdentity const& city) : store_(store), city_(city) {}

  /// Leaves an entry on each of the case's assignments, then tells all of them as of that moment, unit by unit.
  /// Errors: `unknown_case`, `case_not_dispatched`, those of the storage.
  [[nodiscard]] Result<web::EvidenceFile> export_case(StaffId who, CaseId id, UtcTime now);
  /// The same by the number as it is printed, or by the case's id where no case bears that number.
  /// Errors: also `case_number_shared`.
  [[nodiscard]] Result<web::EvidenceFile> export_case(StaffId who, std::string_view number, UtcTime now);

 private:
  [[nodiscard]] Result<CaseId> case_called(std::string_view number);
  [[nodiscard]] Result<UnitEvidence> leave_entries(StaffId who, UnitId unit, std::set<AssignmentId> assignments,
                                                   UtcTime now);

  CentralStore& store_;
  CityIdentity const& city_;
};

}  // namespace fieldnode::central
