#include "node/central/store/evidence_reader.h"

#include <algorithm>
#include <map>
#include <set>

#include "node/central/store/node_statement.h"
#include "node/central/store/receipt_rows.h"
#include "node/central/store/signed_head_rows.h"
#include "node/central/store/unit_rows.h"
#include "node/central/store/unit_witness.h"
#include "sync/base/check.h"
#include "sync/wire/signing.h"

namespace fieldnode::central {

using wire::ListKind;

void EvidenceReader::write(wire::EvidenceWriter& writer) {
  write_unit(writer);
  auto const suite = crypto::ed25519_suite();
  lists::EvidenceLists(connection_, vault_, evidence_.unit)
      .write(
          writer, evidence_.ends, evidence_.assignments,
          [&](engine::ListHead const& head) {
            return wire::sign_head(head.list, head.seq, head.hash, *suite, city_.keys.secret_key);
          },
          [this](wire::ListName const& list, lists::StoredEntry const& entry) { take(list, entry); });
  write_heads(writer);
  write_receipts(writer);
  write_times(writer);
}

void EvidenceReader::write_unit(wire::EvidenceWriter& writer) {
  UnitRows rows(connection_);
  auto const unit = rows.find(evidence_.unit);
  check(unit.has_value(), "evidence is of a unit that is there");
  writer.add(wire::EvidenceUnit{
      unit->id, unit->code, unit->name, {evidence_.assignments.begin(), evidence_.assignments.end()}});
  std::set<NodeId> named;
  for (auto const& end : evidence_.ends) {
    auto const node = rows.find_node(end.head.list.node);
    if (node && named.insert(node->id).second) writer.add(wire::EvidenceNode{true, statement_on(*node, city_)});
  }
}

void EvidenceReader::take(wire::ListName const& list, lists::StoredEntry const& entry) {
  if (list.kind != ListKind::kJournal) return;
  auto const& skeleton = entry.skeleton;
  acts_.push_back({list,
                   entry.at.seq,
                   skeleton.time.anchor,
                   {skeleton.basis.epoch, std::max(skeleton.basis.seq, skeleton.previewed)}});
}

/// A signature over more than the file tells came with a later exchange; then the chain alone says it.
void EvidenceReader::write_heads(wire::EvidenceWriter& writer) {
  for (auto const& end : evidence_.ends) {
    if (end.head.list.kind != ListKind::kJournal) continue;
    auto const head = SignedHeadRows(connection_).find(end.head.list);
    if (head && head->seq <= end.head.seq) writer.add(wire::EvidenceHead{*head});
  }
}

/// For each act the receipt that first covered it. They are kept unsigned: the signature is the same each time; those
/// of a key that went out of use were signed when it did.
void EvidenceReader::write_receipts(wire::EvidenceWriter& writer) {
  auto const suite = crypto::ed25519_suite();
  std::map<NodeId, std::vector<std::uint64_t>> acts;
  for (auto const& act : acts_) acts[act.journal.node].push_back(act.seq);
  for (auto& [node, seqs] : acts) {
    for (auto& receipt : ReceiptRows(connection_, evidence_.unit).first_covering(node, seqs)) {
      if (receipt.key_id == city_.id) wire::sign_receipt(receipt, *suite, city_.keys.secret_key);
      writer.add(wire::EvidenceReceipt{std::move(receipt)});
    }
  }
}

void EvidenceReader::write_times(wire::EvidenceWriter& writer) {
  lists::EntryLists lists(connection_, vault_, evidence_.unit);
  UnitWitness witness(connection_, lists, evidence_.unit);
  std::map<std::uint64_t, wire::AnchorTime> anchors;
  std::map<Position, UtcTime> entries;
  wire::EvidenceTimes times;
  for (auto const& act : acts_) {
    auto const sent_at = act.anchor != 0 ? witness.anchor_sent_at(act.anchor) : std::nullopt;
    if (sent_at) anchors[act.anchor] = {act.journal.node, act.anchor, *sent_at};
    auto const made_at = act.basis.seq != 0 ? witness.feed_entry_time(act.basis) : std::nullopt;
    if (made_at) entries[act.basis] = *made_at;
    Position const at{act.journal.epoch, act.seq};
    if (auto const held_at = witness.received_at(at)) times.held.push_back({at, *held_at});
  }
  for (auto const& [anchor, time] : anchors) times.anchors.push_back(time);
  for (auto const& [at, made_at] : entries) times.entries.push_back({at, made_at});
  writer.add(times);
}

}  // namespace fieldnode::central
