#include "node/central/store/dossier_reader.h"

#include <fmt/format.h>

#include "node/central/store/case_rows.h"
#include "node/central/store/unit_rows.h"
#include "node/central/store/unit_witness.h"
#include "node/lists/entry_lists.h"
#include "node/lists/readable.h"

namespace fieldnode::central {
namespace {

using wire::ListKind;

/// The name that a journaled change of staff brings; empty when its body was erased.
std::string name_in(lists::StoredEntry const& change) { return lists::body_of(change).text(wire::TextTag::kName); }

}  // namespace

AssignmentDossier DossierReader::dossier(AssignmentRow const& row) {
  lists::EntryLists lists(connection_, vault_, row.unit);
  auto state = lists.fold(row.id);
  auto unit = UnitRows(connection_).find(row.unit);
  if (!state || !unit) throw BrokenWorld(fmt::format("assignment {} has a line and no entries", row.id.value));
  auto record = CaseRows(connection_, vault_).find(row.case_id);
  if (!record) throw BrokenWorld(fmt::format("assignment {} is of a case that is not there", row.id.value));
  return {.row = row,
          .unit = std::move(*unit),
          .record = std::move(*record),
          .staff = staff_of(row.unit),
          .state = std::move(*state),
          .feed = lists.entries_of(ListKind::kFeed, row.id),
          .acts = lists.entries_of(ListKind::kJournal, row.id),
          .rules = rules_.on(connection_, vault_, row.unit)};
}

AssignmentDossier DossierReader::judged(AssignmentRow const& row) {
  auto dossier = this->dossier(row);
  lists::EntryLists lists(connection_, vault_, row.unit);
  UnitWitness witness(connection_, lists, row.unit);
  auto verdicts = rules::verdicts_of(dossier.state, lists.unit_facts(), *dossier.rules, witness);
  if (verdicts) dossier.verdicts = *std::move(verdicts);
  return dossier;
}

StaffNames const& DossierReader::staff_of(UnitId unit) {
  auto const [place, is_new] = staff_.try_emplace(unit);
  if (!is_new) return place->second;
  lists::EntryLists lists(connection_, vault_, unit);
  for (auto const& entry : lists.unit_entries(ListKind::kJournal, rules::EntryKind::kStaffChange)) {
    auto const* change = std::get_if<rules::StaffChange>(&entry.skeleton.payload);
    auto name = name_in(entry);
    if (change != nullptr && !name.empty()) place->second.insert_or_assign(change->who, std::move(name));
  }
  return place->second;
}

}  // namespace fieldnode::central
