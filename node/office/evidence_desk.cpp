#include "node/office/evidence_desk.h"

#include <fmt/format.h>

#include "node/db/transaction.h"
#include "node/office/city_belief.h"
#include "node/office/clock_journal.h"
#include "node/office/evidence_papers.h"
#include "node/office/journal_state.h"
#include "sync/wire/signing.h"

namespace fieldnode::office {
namespace {

/// The key that seals, with the city's word on it where the node has it.
wire::EvidenceNode node_paper(OfficeIdentity const& identity, crypto::PublicKey const& key) {
  if (identity.city_word) return {true, *identity.city_word};
  return {false, {.unit = identity.unit, .node = identity.node, .journal_epoch = identity.journal_epoch, .key = key}};
}

std::vector<AssignmentId> numbered(db::Connection& connection, std::string_view number) {
  auto select = connection.prepare("SELECT id FROM assignment WHERE number = :number ORDER BY id");
  select.bind(":number", number);
  std::vector<AssignmentId> ids;
  for (auto const row : select) ids.push_back(row.get<AssignmentId>(0));
  return ids;
}

CaseId case_of(lists::EntryLists& lists, AssignmentId id) {
  auto const state = lists.fold(id);
  return state ? state->dispatch.case_id : CaseId{};
}

Refusal unknown_case(std::string_view number) {
  return refuse("unknown_case",
                fmt::format("This unit has had no case with the number {}; look it up in the list.", number));
}

Refusal shared_number(std::string_view number) {
  return refuse("case_number_shared", fmt::format("Several cases bear the number {}; open the one that is meant on the "
                                                  "page and export it there.",
                                                  number));
}

}  // namespace

Result<web::EvidenceFile> EvidenceDesk::export_case(AssignmentId any_of_it, Clerk const& clerk) {
  return export_with(clerk, [any_of_it](db::Connection&) -> Result<AssignmentId> { return any_of_it; });
}

Result<web::EvidenceFile> EvidenceDesk::export_case(std::string_view number, Clerk const& clerk) {
  return export_with(clerk, [&](db::Connection& connection) -> Result<AssignmentId> {
    auto const ids = numbered(connection, number);
    if (ids.empty()) return unknown_case(number);
    lists::EntryLists lists(connection, world_.vault, world_.store.identity().unit);
    for (auto const id : ids) {
      if (case_of(lists, id) != case_of(lists, ids.front())) return shared_number(number);
    }
    return ids.front();
  });
}

/// The entries and where all lists end are one transaction; the file is read afterwards, beside whoever works on.
Result<web::EvidenceFile> EvidenceDesk::export_with(Clerk const& clerk,
                                                    std::function<Result<AssignmentId>(db::Connection&)> const& find) {
  journal_clocks(world_.store, world_.time);
  auto const stamp = world_.time.stamp();
  Extent extent;
  auto const left = world_.store.within([&](db::Connection& connection) -> Result<std::vector<AssignmentId>> {
    auto const id = find(connection);
    if (!id) return id.error();
    extent = extent_of(connection, *id);
    for (auto const assignment : extent.assignments) {
      if (auto const done = leave_entry(connection, assignment, clerk, stamp); !done) return done.error();
    }
    extent.ends = lists::EvidenceLists(connection, world_.vault, world_.store.identity().unit).ends();
    return std::vector(extent.assignments.begin(), extent.assignments.end());
  });
  if (!left) return left.error();
  world_.nudge();
  return web::EvidenceFile{extent.number, written(extent, stamp.evidence.estimate)};
}

EvidenceDesk::Extent EvidenceDesk::extent_of(db::Connection& connection, AssignmentId id) {
  lists::EntryLists lists(connection, world_.vault, world_.store.identity().unit);
  Extent extent{.case_id = case_of(lists, id), .number = {}, .assignments = {id}, .ends = {}};
  // What is not held is refused when the entry is to be left on it.
  auto const row = Projection(connection).find(id);
  if (!row) return extent;
  extent.number = row->number;
  for (auto const other : numbered(connection, row->number)) {
    if (case_of(lists, other) == extent.case_id) extent.assignments.insert(other);
  }
  return extent;
}

Result<void> EvidenceDesk::leave_entry(db::Connection& connection, AssignmentId id, Clerk const& clerk,
                                       Stamp const& stamp) {
  auto const counts = lists::EvidenceLists(connection, world_.vault, world_.store.identity().unit).count(id);
  auto const recorded = world_.store.append_within(connection,
                                                   {.assignment = id,
                                                    .staff = clerk.id,
                                                    .kind = rules::EntryKind::kEvidenceExport,
                                                    .payload = counts,
                                                    .clearance = clerk.clearance},
                                                   stamp);
  if (!recorded) return recorded.error();
  return {};
}

Bytes EvidenceDesk::written(Extent const& extent, UtcTime now) {
  auto const lease = world_.readers.lease();
  db::Snapshot const one_view(*lease);
  // As it is now: the city's word on this node may have come since the start.
  auto const identity = load_identity(*lease).value_or(world_.store.identity());
  auto const keys = load_belief(*lease).keys;
  wire::EvidenceWriter writer({.side = wire::EvidenceSide::kOffice,
                               .case_id = extent.case_id,
                               .city = identity.city,
                               .city_key_id = keys.newest().id,
                               .city_key = keys.newest().key,
                               .node = identity.node,
                               .made_at = now,
                               .program = FIELDNODE_VERSION});
  for (auto const& step : kept_steps(*lease)) writer.add(wire::EvidenceKeyStep{step});
  writer.add(wire::EvidenceUnit{
      identity.unit, identity.unit_code, identity.unit_name, {extent.assignments.begin(), extent.assignments.end()}});
  writer.add(node_paper(identity, world_.keys.public_key));
  EvidencePapers papers(*lease, extent.ends);
  lists::EvidenceLists(*lease, world_.vault, identity.unit)
      .write(
          writer, extent.ends, extent.assignments,
          [this](engine::ListHead const& head) {
            return wire::sign_head(head.list, head.seq, head.hash, world_.suite, world_.keys.secret_key);
          },
          [&papers](wire::ListName const& list, lists::StoredEntry const& entry) { papers.take(list, entry); });
  papers.write(writer, JournalState(*lease).live());
  return std::move(writer).seal(world_.suite, world_.keys.secret_key);
}

}  // namespace fieldnode::office
