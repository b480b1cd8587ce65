#pragma once

#include <functional>
#include <set>
#include <string_view>

#include "node/db/read_pool.h"
#include "node/lists/evidence_lists.h"
#include "node/office/desk.h"
#include "node/web/evidence_file.h"

namespace fieldnode::office {

/// Where evidence leaves the house: one case as this unit has it, to be checked by whoever has neither database.
/// Thread: any. Source: EVIDENCE.md, requirement Q4.
class EvidenceDesk {
 public:
  struct World {
    OfficeStore& store;
    NodeTime& time;
    db::ReadPool& readers;
    lists::ContactVault& vault;
    crypto::SignatureSuite const& suite;
    crypto::KeyPair const& keys;
    std::function<void()> nudge;  ///< called after an export, so that its entries leave at once
  };
  explicit EvidenceDesk(World world) : world_(std::move(world)) {}

  /// Leaves an entry on each of the case's assignments that this unit has or had, then tells all of them as of that
  /// moment. Errors: `unknown_assignment`, those of OfficeStore::append.
  [[nodiscard]] Result<web::EvidenceFile> export_case(AssignmentId any_of_it, Clerk const& clerk);
  /// The same by the number as it is printed. Errors: also `unknown_case`, `case_number_shared`.
  [[nodiscard]] Result<web::EvidenceFile> export_case(std::string_view number, Clerk const& clerk);

 private:
  /// What a file will tell, as of one transaction.
  struct Extent {
    CaseId case_id{};
    std::string number;
    std::set<AssignmentId> assignments;
    std::vector<lists::EvidenceEnd> ends;
  };
  [[nodiscard]] Result<web::EvidenceFile> export_with(Clerk const& clerk,
                                                      std::function<Result<AssignmentId>(db::Connection&)> const& find);
  [[nodiscard]] Extent extent_of(db::Connection& connection, AssignmentId id);
  [[nodiscard]] Result<void> leave_entry(db::Connection& connection, AssignmentId id, Clerk const& clerk,
                                         Stamp const& stamp);
  [[nodiscard]] Bytes written(Extent const& extent, UtcTime now);

  World world_;
};

}  // namespace fieldnode::office
