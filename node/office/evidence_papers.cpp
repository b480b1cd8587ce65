#include "node/office/evidence_papers.h"

#include <algorithm>

#include "node/office/anchors.h"
#include "node/office/receipts.h"

namespace fieldnode::office {

void EvidencePapers::take(wire::ListName const& list, lists::StoredEntry const& entry) {
  if (list.kind != wire::ListKind::kJournal) return;
  for (auto const& receipt : Receipts(connection_, list.epoch).proving(entry.at.seq)) keep(receipt);
  if (entry.skeleton.time.anchor != 0) keep(Anchors(connection_).receipt(entry.skeleton.time.anchor));
}

void EvidencePapers::write(wire::EvidenceWriter& writer, Epoch live_journal) {
  keep(Receipts(connection_, live_journal).greatest());
  for (auto const& [anchor, receipt] : receipts_) writer.add(wire::EvidenceReceipt{receipt});
}

void EvidencePapers::keep(std::optional<wire::Receipt> const& receipt) {
  if (!receipt || !is_told(wire::ListKind::kJournal, {receipt->journal_epoch, receipt->journal_seq})) return;
  if (!is_told(wire::ListKind::kFeed, {receipt->feed_epoch, receipt->answer_seq})) return;
  receipts_.emplace(wire::anchor_id(*receipt), *receipt);
}

bool EvidencePapers::is_told(wire::ListKind kind, Position at) const {
  return std::ranges::any_of(ends_, [&](lists::EvidenceEnd const& end) {
    auto const& name = end.head.list;
    return name.kind == kind && name.epoch == at.epoch && at.seq <= end.head.seq;
  });
}

}  // namespace fieldnode::office
