#include "node/central/store/phone_reader.h"

#include <algorithm>

#include "node/central/store/phone_rows.h"
#include "node/lists/entry_lists.h"

namespace fieldnode::central {
namespace {

using wire::ListKind;

/// Who kept that journal: an epoch has one node.
NodeId node_of(db::Connection& connection, UnitId unit, Epoch journal) {
  return connection.prepare("SELECT node FROM list WHERE kind = 1 AND unit = :unit AND epoch = :epoch")
      .bind(":unit", unit)
      .bind(":epoch", journal)
      .maybe<NodeId>()
      .value_or(NodeId{});
}

}  // namespace

std::optional<engine::ListHead> PhoneReader::journal_at(UnitId unit, Position upto) {
  lists::EntryLists lists(connection_, vault_, unit);
  auto const last = lists.entry_at(ListKind::kJournal, upto);
  if (!last) return std::nullopt;
  return engine::ListHead{
      {ListKind::kJournal, unit, node_of(connection_, unit, upto.epoch), upto.epoch}, upto.seq, last->hash};
}

std::vector<PhoneDue> PhoneReader::due() {
  std::vector<PhoneDue> due;
  for (auto const& record : PhoneRows(connection_).unchecked()) {
    auto const entry = lists::EntryLists(connection_, vault_, record.unit).skeleton_at(ListKind::kFeed, record.receipt);
    if (!entry) throw BrokenWorld("a phone receipt that was noted is not in its unit's feed");
    auto const& said = std::get<rules::PhoneReceipt>(entry->payload);
    auto journal = journal_at(record.unit, said.upto);
    if (journal) due.push_back({record.unit, record.receipt, said, *std::move(journal)});
  }
  return due;
}

PhoneLog PhoneReader::log(UnitId unit) {
  lists::EntryLists lists(connection_, vault_, unit);
  PhoneLog log;
  for (auto const& fact : lists.unit_facts().phone_receipts) {
    auto const entry = lists.skeleton_at(ListKind::kFeed, fact.by);
    log.receipts.push_back({fact, entry ? entry->staff : StaffId{}});
  }
  std::ranges::reverse(log.receipts);
  log.challenges = PhoneRows(connection_).open(unit);
  return log;
}

}  // namespace fieldnode::central
