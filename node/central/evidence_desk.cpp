#include "node/central/evidence_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

namespace fieldnode::central {
namespace {

/// A longer list of cases with one number in their words is looked at no further.
constexpr std::size_t kAlikeMost = 200;

CaseId id_in(std::string_view text) {
  std::uint64_t id = 0;
  auto const read = std::from_chars(text.data(), text.data() + text.size(), id);
  return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? CaseId{id} : CaseId{};
}

Refusal unknown_case(std::string_view called) {
  return refuse("unknown_case", fmt::format("There is no case {} in this city; look it up in the list.", called));
}

Refusal not_dispatched(std::string_view number) {
  return refuse("case_not_dispatched", fmt::format("Case {} was never given to a unit, so there is nothing that a unit "
                                                   "or the city has done about it.",
                                                   number));
}

}  // namespace

Result<web::EvidenceFile> EvidenceDesk::export_case(StaffId who, std::string_view number, UtcTime now) {
  auto const id = case_called(number);
  if (!id) return id.error();
  return export_case(who, *id, now);
}

Result<web::EvidenceFile> EvidenceDesk::export_case(StaffId who, CaseId id, UtcTime now) {
  auto const record = store_.find_case(id);
  if (!record) return unknown_case(std::to_string(id.value));
  std::map<UnitId, std::set<AssignmentId>> by_unit;
  for (auto const& row : store_.assignments_of(id)) by_unit[row.unit].insert(row.id);
  if (by_unit.empty()) return not_dispatched(record->number);
  wire::EvidenceWriter writer({.side = wire::EvidenceSide::kCentre,
                               .case_id = id,
                               .city = city_.name,
                               .city_key_id = city_.key.id,
                               .city_key = city_.key.keys.public_key,
                               .made_at = now,
                               .program = FIELDNODE_VERSION});
  for (auto const& step : city_.steps) writer.add(wire::EvidenceKeyStep{step});
  for (auto& [unit, assignments] : by_unit) {
    auto const evidence = leave_entries(who, unit, std::move(assignments), now);
    if (!evidence) return evidence.error();
    store_.write_evidence(writer, *evidence, city_.key);
  }
  auto bytes = std::move(writer).seal(*crypto::ed25519_suite(), city_.key.keys.secret_key);
  return web::EvidenceFile{record->number, std::move(bytes)};
}

Result<CaseId> EvidenceDesk::case_called(std::string_view number) {
  std::vector<CaseId> bearers;
  if (!number.empty()) {
    for (auto const& line : store_.cases({.state = {}, .words = std::string(number), .limit = kAlikeMost}).cases) {
      if (line.record.number == number) bearers.push_back(line.record.id);
    }
  }
  if (bearers.size() > 1) {
    return refuse(
        "case_number_shared",
        fmt::format("{} cases bear the number {}; name the one that is meant by its id.", bearers.size(), number));
  }
  if (!bearers.empty()) return bearers.front();
  if (auto const id = id_in(number)) return id;
  return unknown_case(number);
}

/// The entries and where all lists end are one transaction on the unit's row.
Result<UnitEvidence> EvidenceDesk::leave_entries(StaffId who, UnitId unit, std::set<AssignmentId> assignments,
                                                 UtcTime now) {
  UnitEvidence evidence{unit, std::move(assignments), {}};
  auto const done = store_.with_unit(unit, [&](UnitWork& work) -> Result<void> {
    for (auto const id : evidence.assignments) {
      auto const left = work.append({.kind = rules::EntryKind::kEvidenceIssue,
                                     .assignment = id,
                                     .payload = work.count_entries(id),
                                     .staff = who,
                                     .at = now,
                                     .body = {},
                                     .contact = {}});
      if (!left) return left.error();
    }
    evidence.ends = work.list_ends();
    return {};
  });
  if (!done) return done.error();
  return evidence;
}

}  // namespace fieldnode::central
