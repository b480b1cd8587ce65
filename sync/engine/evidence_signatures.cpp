#include "sync/engine/evidence_signatures.h"

#include <fmt/format.h>

#include <algorithm>

#include "sync/wire/signing.h"

namespace fieldnode::engine {
namespace {

/// An office speaks for its own unit alone.
std::optional<crypto::PublicKey> maker_key(UnitInFile const& unit, EvidenceFile const& file, EvidenceKeys const& keys) {
  if (file.front->side == wire::EvidenceSide::kCentre) return keys.city.newest().key;
  auto const* const node = unit.node(file.front->node);
  return node == nullptr ? std::nullopt : std::optional(node->key);
}

class UnitSignatures {
 public:
  UnitSignatures(UnitInFile const& unit, EvidenceFile const& file, EvidenceKeys const& keys, EvidenceFaults& faults)
      : unit_(unit), file_(file), keys_(keys), faults_(faults), maker_(maker_key(unit, file, keys)) {}

  void run() {
    for (auto const& node : unit_.nodes) check_node(node);
    for (auto const& list : unit_.feeds) check_end(list);
    for (auto const& list : unit_.journals) check_end(list);
    for (auto const& head : unit_.heads) check_head(head);
    for (auto const& receipt : unit_.receipts) check_receipt(receipt);
    note_what_is_open();
  }

 private:
  using Node = PaperInFile<wire::EvidenceNode>;
  using Head = PaperInFile<wire::EvidenceHead>;
  using ReceiptPaper = PaperInFile<wire::EvidenceReceipt>;

  void check_node(Node const& node) {
    auto const name = name_of(*node.content);
    if (!node.content->by_city) {
      return faults_.note("node_unvouched",
                          {name.zh + "没有城市密钥的签名：该节点自己的签名不能证明出自谁手，只有回执覆盖的部分可信。",
                           "The city has not signed " + name.en +
                               ": what that node alone signed may be anybody's; trust what receipts cover."});
    }
    auto const& statement = node.content->statement;
    auto const* const signer = keys_.city.find(statement.key_id);
    bool const counts = signer != nullptr && signer->counts(statement.enrolled_at);
    if (counts && wire::verify_statement(statement, keys_.suite, signer->key)) return;
    faults_.add("node_signature", node.part,
                {"城市密钥对" + name.zh + "的签名不符。", "The city's signature on " + name.en + " does not fit."});
  }

  void check_end(ListInFile const& list) {
    if (maker_ && wire::verify_head(list.front->head, keys_.suite, *maker_)) return;
    auto const name = name_of(list.name());
    faults_.add("head_signature", list.part,
                {"文件制作者对" + name.zh + "末端的签名不符。",
                 "The signature of the file's maker at the end of " + name.en + " does not fit."});
  }

  void check_head(Head const& paper) {
    auto const& head = paper.content->head;
    auto const* const node = unit_.node(head.list.node);
    if (node == nullptr || !wire::verify_head(head, keys_.suite, node->key)) {
      auto const name = name_of(*paper.content);
      return faults_.add("head_signature", paper.part, {name.zh + "不符。", name.en + " does not fit."});
    }
    check_place(paper.part, head.list.kind, {head.list.epoch, head.seq}, head.hash);
  }

  void check_receipt(ReceiptPaper const& paper) {
    auto const& receipt = paper.content->receipt;
    auto const* const signer = keys_.city.find(receipt.key_id);
    if (signer == nullptr || !wire::verify_receipt(receipt, keys_.suite, signer->key)) {
      auto const name = name_of(*paper.content);
      return faults_.add("receipt_signature", paper.part,
                         {name.zh + "的城市签名不符。", "The city's signature on " + name.en + " does not fit."});
    }
    using wire::ListKind;
    check_place(paper.part, ListKind::kJournal, {receipt.journal_epoch, receipt.journal_seq}, receipt.journal_hash);
    check_place(paper.part, ListKind::kFeed, {receipt.feed_epoch, receipt.answer_seq}, receipt.answer_hash);
    auto const* const feed = unit_.find(ListKind::kFeed, receipt.feed_epoch);
    // The centre may have gone on before the office heard of it.
    bool const is_beyond = feed != nullptr && receipt.feed_head_seq > feed->seq();
    bool const is_answer = receipt.feed_head_seq == receipt.answer_seq && receipt.feed_head_hash == receipt.answer_hash;
    if (is_beyond || is_answer) return;
    check_place(paper.part, ListKind::kFeed, {receipt.feed_epoch, receipt.feed_head_seq}, receipt.feed_head_hash);
  }

  /// What was signed of a list must be what its entries in the file give.
  void check_place(std::size_t part, wire::ListKind kind, Position at, Hash const& hash) {
    auto const* const list = unit_.find(kind, at.epoch);
    if (list == nullptr || at.seq > list->seq()) {
      return faults_.add(
          "unknown_list", part,
          {fmt::format("所签的是列表 {:016x} 的条目 {}，文件中没有。", at.epoch.value, at.seq),
           fmt::format("It signs entry {} of the list {:016x}, which is not in the file.", at.seq, at.epoch.value)});
    }
    if (list->chain[at.seq] == hash) return;
    auto const name = name_of(list->name(), at.seq);
    faults_.add("signed_hash_differs", part,
                {"所签的哈希与文件中" + name.zh + "处的不同：此前有条目被改动，或签名出自另一份列表。",
                 "It signs another hash than the file gives at " + name.en +
                     ": an entry before was changed, or the signature is of another list."});
  }

  void note_what_is_open() {
    for (auto const& list : unit_.journals) note_unsigned_journal(list);
    for (auto const& list : unit_.feeds) note_unreceipted_feed(list);
  }

  /// A centre's file without the node's own signature: then the acts are the city's word alone.
  void note_unsigned_journal(ListInFile const& list) {
    if (file_.front->side != wire::EvidenceSide::kCentre || list.shown.empty()) return;
    std::uint64_t upto = 0;
    for (auto const& head : unit_.heads) {
      if (head.content->head.list == list.name()) upto = std::max(upto, head.content->head.seq);
    }
    if (list.shown.back().seq <= upto) return;
    auto const name = name_of(list.name());
    faults_.note("journal_not_signed",
                 {fmt::format("{}中条目 {} 以后没有节点自己的签名，仅由中心证明。", name.zh, upto),
                  fmt::format("Behind entry {} of {} the node's own signature is missing; the centre alone vouches.",
                              upto, name.en)});
  }

  /// An office's file: what no receipt has covered yet is the office's word alone.
  void note_unreceipted_feed(ListInFile const& list) {
    if (file_.front->side != wire::EvidenceSide::kOffice || list.shown.empty()) return;
    std::uint64_t upto = 0;
    for (auto const& paper : unit_.receipts) {
      auto const& receipt = paper.content->receipt;
      if (receipt.feed_epoch != list.name().epoch) continue;
      upto = std::max({upto, receipt.answer_seq, receipt.feed_head_seq <= list.seq() ? receipt.feed_head_seq : 0});
    }
    if (list.shown.back().seq <= upto) return;
    auto const name = name_of(list.name());
    faults_.note("feed_not_receipted",
                 {fmt::format("{}中条目 {} 以后没有文件内的回执覆盖，仅由节点证明。", name.zh, upto),
                  fmt::format("Behind entry {} of {} no receipt in the file covers it; the node alone vouches.", upto,
                              name.en)});
  }

  UnitInFile const& unit_;
  EvidenceFile const& file_;
  EvidenceKeys const& keys_;
  EvidenceFaults& faults_;
  std::optional<crypto::PublicKey> maker_;
};

}  // namespace

std::optional<crypto::PublicKey> maker_key(EvidenceFile const& file, EvidenceKeys const& keys) {
  for (auto const& unit : file.units) {
    if (auto const key = maker_key(unit, file, keys)) return key;
  }
  return std::nullopt;
}

void check_signatures(UnitInFile const& unit, EvidenceFile const& file, EvidenceKeys const& keys,
                      EvidenceFaults& faults) {
  UnitSignatures(unit, file, keys, faults).run();
}

}  // namespace fieldnode::engine
