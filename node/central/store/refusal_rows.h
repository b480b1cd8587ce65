#pragma once

#include <map>
#include <vector>

#include "node/central/store/records.h"
#include "node/db/connection.h"

namespace fieldnode::central {

/// Table `case_refusal`, and which of its rows is a case's own, in the caller's transaction. The state of the case is
/// not touched.
class RefusalRows {
 public:
  explicit RefusalRows(db::Connection& connection) : connection_(connection) {}

  void add(CaseId id, CaseRefusal const& refusal);
  /// Says what became of the refusal that the case has, if it has one; denied or ended, the case has it no more.
  void rule(CaseId id, RefusalStanding standing, StaffId staff, UtcTime at);
  /// Every refusal that the case ever had, the oldest first.
  [[nodiscard]] std::vector<CaseRefusal> history(CaseId id);
  /// How many stand, by code.
  [[nodiscard]] std::map<rules::ReturnReason, std::uint64_t> counts();

  /// The columns of a refusal beside a case, in the order that `read` takes them in.
  static constexpr std::string_view kColumns =
      "case_refusal.code, case_refusal.text, referred_to, earlier_case, staff, at, standing, ruled_by, ruled_at";
  [[nodiscard]] static CaseRefusal read(db::Row const& row, int first);

 private:
  db::Connection& connection_;
};

}  // namespace fieldnode::central
