#include "node/central/store/unmasking_rows.h"

namespace fieldnode::central {

void UnmaskingRows::add(UnmaskingRecord const& record) {
  connection_.prepare("INSERT INTO unmasking (case_id, staff, at, reason) VALUES (:case_id, :staff, :at, :reason)")
      .bind(":case_id", record.case_id)
      .bind(":staff", record.staff)
      .bind(":at", record.at)
      .bind(":reason", record.reason)
      .run();
}

std::vector<UnmaskingRecord> UnmaskingRows::of_case(CaseId id) {
  std::vector<UnmaskingRecord> records;
  auto select = connection_.prepare("SELECT staff, at, reason FROM unmasking WHERE case_id = :id ORDER BY id");
  for (db::Row const row : select.bind(":id", id)) {
    records.push_back(
        {.case_id = id, .staff = row.get<StaffId>(0), .at = row.get<UtcTime>(1), .reason = row.get<std::string>(2)});
  }
  return records;
}

}  // namespace fieldnode::central
