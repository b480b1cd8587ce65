#include "node/central/store/case_reader.h"

#include <fmt/format.h>

#include "node/central/store/assignment_rows.h"
#include "node/central/store/case_rows.h"
#include "node/central/store/refusal_rows.h"
#include "node/central/store/similar_rows.h"
#include "node/central/store/unit_rows.h"
#include "node/central/store/unmasking_rows.h"

namespace fieldnode::central {

CasePage CaseReader::page(CaseFilter const& filter) {
  CaseRows rows(connection_, vault_);
  auto one_more = filter;
  one_more.limit = filter.limit + 1;
  auto found = rows.page(one_more);
  CasePage page{.cases = {}, .next = {}, .total = found.total};
  for (auto& record : found.cases) {
    if (page.cases.size() == filter.limit) {
      page.next = page.cases.back().record.id;
      break;
    }
    page.cases.push_back(line(std::move(record)));
  }
  return page;
}

std::optional<CaseFile> CaseReader::file(CaseId id) {
  CaseRows rows(connection_, vault_);
  auto record = rows.find(id);
  if (!record) return std::nullopt;
  CaseFile file{.line = line(std::move(*record)),
                .contact = rows.contact_of(id),
                .assignments = {},
                .merged = rows.merged_into(id),
                .refusals = RefusalRows(connection_).history(id),
                .unmaskings = UnmaskingRows(connection_).of_case(id),
                .similar = {}};
  for (auto const& row : AssignmentRows(connection_).of_case(id)) file.assignments.push_back(held(row));
  for (auto const& like : SimilarRows(connection_).of(file.line.record)) {
    if (auto found = rows.find(like.id)) file.similar.emplace_back(std::move(*found), like.why);
  }
  return file;
}

CaseLine CaseReader::line(CaseRecord record) {
  CaseRows rows(connection_, vault_);
  CaseLine line{.record = std::move(record), .earlier = {}, .merged_into = {}, .last = {}};
  if (line.record.refusal && line.record.refusal->earlier_case) {
    line.earlier = rows.find_name(line.record.refusal->earlier_case);
  }
  if (line.record.merged_into) line.merged_into = rows.find_name(line.record.merged_into);
  if (auto const row = AssignmentRows(connection_).last_of_case(line.record.id)) line.last = held(*row);
  return line;
}

HeldAssignment CaseReader::held(AssignmentRow const& row) {
  auto unit = UnitRows(connection_).find(row.unit);
  if (!unit) throw BrokenWorld(fmt::format("assignment {} is of a unit that is not there", row.id.value));
  return {.row = row, .unit = std::move(*unit)};
}

}  // namespace fieldnode::central
