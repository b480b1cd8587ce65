#include "sync/engine/evidence_fault.h"

#include <fmt/format.h>

namespace fieldnode::engine {
namespace {

struct ContentName {
  BothLanguages operator()(wire::EvidenceFront const&) const { return {"首部", "the file's front"}; }
  BothLanguages operator()(wire::EvidenceUnit const& unit) const {
    return {fmt::format("单位 {}", unit.id.value), fmt::format("unit {}", unit.id.value)};
  }
  BothLanguages operator()(wire::EvidenceNode const& node) const {
    auto const id = node.statement.node.value;
    return {fmt::format("节点 {} 的公钥", id), fmt::format("the key of node {}", id)};
  }
  BothLanguages operator()(wire::EvidenceList const& list) const {
    auto const name = name_of(list.head.list);
    return {name.zh + "的末端", "the end of " + name.en};
  }
  BothLanguages operator()(wire::EvidenceEntry const& entry) const {
    return {fmt::format("条目 {}", entry.seq), fmt::format("entry {}", entry.seq)};
  }
  BothLanguages operator()(wire::EvidenceLeaves const& leaves) const {
    return {fmt::format("自 {} 起的未出示条目", leaves.first), fmt::format("the hidden entries from {}", leaves.first)};
  }
  BothLanguages operator()(wire::EvidenceHead const& head) const {
    auto const name = name_of(head.head.list);
    return {"节点对" + name.zh + "的签名", "the node's signature over " + name.en};
  }
  BothLanguages operator()(wire::EvidenceReceipt const& receipt) const {
    auto const seq = receipt.receipt.journal_seq;
    return {fmt::format("覆盖至动作 {} 的回执", seq), fmt::format("the receipt up to act {}", seq)};
  }
  BothLanguages operator()(wire::EvidenceTimes const&) const { return {"中心的时刻", "the centre's times"}; }
  BothLanguages operator()(wire::EvidenceKeyStep const&) const {
    return {"城市密钥的更替", "a change of the city's key"};
  }
  BothLanguages operator()(wire::EvidenceSeal const&) const { return {"封签", "the seal"}; }
};

}  // namespace

void EvidenceFaults::add(std::string_view code, std::size_t index, BothLanguages what) {
  auto const& part = parts_[index];
  add_at({code, index + 1, part.offset, part.size, std::move(what)});
}

void EvidenceFaults::add_at(EvidenceFault fault) {
  if (!is_full()) faults_.push_back(std::move(fault));
}

BothLanguages EvidenceFaults::name_of_part(std::size_t index) const {
  auto const name = name_of(parts_[index].content);
  bool const is_piece = std::holds_alternative<wire::EvidenceEntry>(parts_[index].content) ||
                        std::holds_alternative<wire::EvidenceLeaves>(parts_[index].content);
  for (auto i = index; is_piece && i > 0; --i) {
    auto const* const list = std::get_if<wire::EvidenceList>(&parts_[i - 1].content);
    if (list == nullptr) continue;
    auto const of = name_of(list->head.list);
    return {of.zh + "的" + name.zh, name.en + " of " + of.en};
  }
  return name;
}

BothLanguages name_of(wire::ListName const& list) {
  bool const feed = list.kind == wire::ListKind::kFeed;
  return {fmt::format("单位 {} 的{} {:016x}", list.unit.value, feed ? "下发列表" : "动作日志", list.epoch.value),
          fmt::format("the {} {:016x} of unit {}", feed ? "feed" : "journal", list.epoch.value, list.unit.value)};
}

BothLanguages name_of(wire::ListName const& list, std::uint64_t seq) {
  auto const name = name_of(list);
  return {fmt::format("{}的条目 {}", name.zh, seq), fmt::format("entry {} of {}", seq, name.en)};
}

BothLanguages name_of(wire::EvidenceContent const& content) { return std::visit(ContentName{}, content); }

BothLanguages operator+(BothLanguages left, BothLanguages const& right) {
  left.zh += right.zh;
  left.en += right.en;
  return left;
}

}  // namespace fieldnode::engine
