#include "sync/engine/evidence_file.h"

#include <algorithm>

namespace fieldnode::engine {
namespace {

/// Within a unit the parts come in this order; a list's entries follow it at once.
enum class Section : std::uint8_t { kUnit = 1, kNodes, kFeeds, kJournals, kHeads, kReceipts, kTimes };

class Arrangement {
 public:
  Arrangement(std::vector<wire::EvidencePart> const& parts, EvidenceFaults& faults) : parts_(parts), faults_(faults) {}

  EvidenceFile run() {
    for (at_ = 0; at_ < parts_.size(); ++at_) std::visit(*this, parts_[at_].content);
    return std::move(file_);
  }

  void operator()(wire::EvidenceFront const& front) {
    if (at_ > 0) return misplaced({"首部只能在文件开头。", "The front stands only at the start of the file."});
    file_.front = &front;
  }

  void operator()(wire::EvidenceKeyStep const& step) {
    if (file_.front == nullptr || !file_.units.empty()) {
      return misplaced({"须紧接首部之后。", "It stands behind the front, before any unit."});
    }
    file_.key_steps.push_back({&step, at_});
  }

  void operator()(wire::EvidenceUnit const& unit) {
    bool const again = std::ranges::any_of(file_.units, [&](auto const& held) { return held.front->id == unit.id; });
    if (again || at_ == 0)
      return misplaced({"该单位已经出现过，或缺少首部。", "The unit was there before, or the front is missing."});
    file_.units.push_back({.front = &unit, .part = at_});
    section_ = Section::kUnit;
    open_ = nullptr;
  }

  void operator()(wire::EvidenceNode const& node) {
    auto* const unit = enter(Section::kNodes, node.statement.unit);
    if (unit == nullptr) return;
    if (unit->node(node.statement.node) != nullptr)
      return misplaced({"该节点已经出现过。", "The node was there before."});
    unit->nodes.push_back({&node, at_});
  }

  void operator()(wire::EvidenceList const& list) {
    auto const& name = list.head.list;
    bool const feed = name.kind == wire::ListKind::kFeed;
    if (!feed && name.kind != wire::ListKind::kJournal)
      return misplaced({"没有这种列表。", "There is no such kind of list."});
    auto* const unit = enter(feed ? Section::kFeeds : Section::kJournals, name.unit);
    if (unit == nullptr) return;
    if (unit->find(name.kind, name.epoch) != nullptr)
      return misplaced({"该列表已经出现过。", "The list was there before."});
    auto& lists = feed ? unit->feeds : unit->journals;
    lists.push_back({.front = &list, .part = at_});
    open_ = &lists.back();
  }

  void operator()(wire::EvidenceEntry const&) { add_piece(); }
  void operator()(wire::EvidenceLeaves const&) { add_piece(); }

  void operator()(wire::EvidenceHead const& head) {
    if (auto* const unit = enter(Section::kHeads, head.head.list.unit)) unit->heads.push_back({&head, at_});
  }
  void operator()(wire::EvidenceReceipt const& receipt) {
    if (auto* const unit = enter(Section::kReceipts, receipt.receipt.unit)) unit->receipts.push_back({&receipt, at_});
  }
  void operator()(wire::EvidenceTimes const& times) {
    auto* const unit = file_.units.empty() ? nullptr : enter(Section::kTimes, file_.units.back().front->id);
    if (unit == nullptr && file_.units.empty())
      return misplaced({"时刻须在某单位之下。", "Times belong under a unit."});
    if (unit != nullptr) unit->times.push_back({&times, at_});
  }
  void operator()(wire::EvidenceSeal const& seal) { file_.seal = {&seal, at_}; }

 private:
  /// The unit whose papers these are; nothing where the part stands at a wrong place.
  UnitInFile* enter(Section section, UnitId of) {
    open_ = nullptr;
    if (file_.units.empty() || file_.units.back().front->id != of) {
      misplaced({"这一部分属于另一单位。", "The part belongs to another unit."});
      return nullptr;
    }
    if (section < section_) {
      misplaced({"这一部分的顺序不对。", "The part comes too late: others belong behind it."});
      return nullptr;
    }
    section_ = section;
    return &file_.units.back();
  }

  void add_piece() {
    if (open_ == nullptr) return misplaced({"条目不在任何列表之下。", "The entry stands under no list."});
    open_->pieces.push_back(at_);
  }

  void misplaced(BothLanguages why) {
    faults_.add("misplaced_part", at_,
                faults_.name_of_part(at_) + BothLanguages{"不应在此处：", " is out of place: "} + why);
  }

  std::vector<wire::EvidencePart> const& parts_;
  EvidenceFaults& faults_;
  EvidenceFile file_;
  Section section_{Section::kUnit};
  ListInFile* open_{};  ///< the list whose entries follow; not moved while it is open
  std::size_t at_{};
};

}  // namespace

wire::NodeStatement const* UnitInFile::node(NodeId id) const {
  auto const found =
      std::ranges::find_if(nodes, [&](auto const& paper) { return paper.content->statement.node == id; });
  return found == nodes.end() ? nullptr : &found->content->statement;
}

ListInFile const* UnitInFile::find(wire::ListKind kind, Epoch epoch) const {
  auto const& lists = kind == wire::ListKind::kFeed ? feeds : journals;
  auto const found = std::ranges::find_if(lists, [&](auto const& list) { return list.name().epoch == epoch; });
  return found == lists.end() ? nullptr : &*found;
}

EvidenceFile arrange(std::vector<wire::EvidencePart> const& parts, EvidenceFaults& faults) {
  return Arrangement(parts, faults).run();
}

}  // namespace fieldnode::engine
