#include "node/central/store/refusal_rows.h"

#include <fmt/format.h>

namespace fieldnode::central {

CaseRefusal RefusalRows::read(db::Row const& row, int first) {
  return {.code = static_cast<rules::ReturnReason>(row.get<std::uint8_t>(first)),
          .text = row.get<std::string>(first + 1),
          .referred_to = row.get<std::string>(first + 2),
          .earlier_case = row.get<CaseId>(first + 3),
          .staff = row.get<StaffId>(first + 4),
          .at = row.get<UtcTime>(first + 5),
          .standing = static_cast<RefusalStanding>(row.get<std::uint8_t>(first + 6)),
          .ruled_by = row.get<StaffId>(first + 7),
          .ruled_at = row.get<std::optional<UtcTime>>(first + 8)};
}

void RefusalRows::add(CaseId id, CaseRefusal const& refusal) {
  connection_
      .prepare(
          "INSERT INTO case_refusal (case_id, code, text, referred_to, earlier_case, staff, at, standing, ruled_by,"
          " ruled_at) VALUES (:case_id, :code, :text, :referred_to, :earlier_case, :staff, :at, :standing, :ruled_by,"
          " :ruled_at)")
      .bind(":case_id", id)
      .bind(":code", static_cast<std::uint8_t>(refusal.code))
      .bind(":text", refusal.text)
      .bind(":referred_to", refusal.referred_to)
      .bind(":earlier_case", refusal.earlier_case)
      .bind(":staff", refusal.staff)
      .bind(":at", refusal.at)
      .bind(":standing", static_cast<std::uint8_t>(refusal.standing))
      .bind(":ruled_by", refusal.ruled_by)
      .bind(":ruled_at", refusal.ruled_at)
      .run();
  connection_.prepare("UPDATE city_case SET refusal = :refusal WHERE id = :id")
      .bind(":refusal", connection_.last_insert_rowid())
      .bind(":id", id)
      .run();
}

void RefusalRows::rule(CaseId id, RefusalStanding standing, StaffId staff, UtcTime at) {
  connection_
      .prepare(
          "UPDATE case_refusal SET standing = :standing, ruled_by = :staff, ruled_at = :at"
          " WHERE id = (SELECT refusal FROM city_case WHERE city_case.id = :id)")
      .bind(":standing", static_cast<std::uint8_t>(standing))
      .bind(":staff", staff)
      .bind(":at", at)
      .bind(":id", id)
      .run();
  if (standing == RefusalStanding::kStands) return;
  connection_.prepare("UPDATE city_case SET refusal = NULL WHERE id = :id").bind(":id", id).run();
}

std::vector<CaseRefusal> RefusalRows::history(CaseId id) {
  std::vector<CaseRefusal> refusals;
  auto select =
      connection_.prepare(fmt::format("SELECT {} FROM case_refusal WHERE case_id = :id ORDER BY id", kColumns));
  for (db::Row const row : select.bind(":id", id)) refusals.push_back(read(row, 0));
  return refusals;
}

std::map<rules::ReturnReason, std::uint64_t> RefusalRows::counts() {
  std::map<rules::ReturnReason, std::uint64_t> counts;
  auto select = connection_.prepare("SELECT code, count(*) FROM case_refusal WHERE standing = 2 GROUP BY code");
  for (db::Row const row : select) {
    counts.emplace(static_cast<rules::ReturnReason>(row.get<std::uint8_t>(0)), row.get<std::uint64_t>(1));
  }
  return counts;
}

}  // namespace fieldnode::central
