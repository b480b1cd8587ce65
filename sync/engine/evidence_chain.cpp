#include "sync/engine/evidence_chain.h"

#include <fmt/format.h>

namespace fieldnode::engine {
namespace {

using wire::PartForm;

class ChainWalk {
 public:
  ChainWalk(ListInFile& list, std::vector<wire::EvidencePart> const& parts, EvidenceFaults& faults)
      : list_(list), parts_(parts), faults_(faults) {}

  void run() {
    list_.chain = {wire::chain_start(list_.name())};
    for (auto const part : list_.pieces) {
      if (!take(part)) return;
    }
    check_end();
  }

 private:
  /// False where nothing behind it can be computed any more.
  bool take(std::size_t part) {
    auto const& content = parts_[part].content;
    if (auto const* const entry = std::get_if<wire::EvidenceEntry>(&content)) return take_entry(*entry, part);
    auto const& hidden = std::get<wire::EvidenceLeaves>(content);
    if (!follows(hidden.first, part)) return false;
    for (auto const& leaf : hidden.leaves) advance(leaf);
    return true;
  }

  bool take_entry(wire::EvidenceEntry const& part_content, std::size_t part) {
    if (!follows(part_content.seq, part)) return false;
    auto const& entry = part_content.entry;
    if (!keeps_contact(entry, part_content.seq, part)) return false;
    auto skeleton = wire::decode_skeleton(entry.skeleton);
    if (!skeleton) return unreadable(part_content.seq, part, skeleton.error().sentence);
    auto const leaf = wire::leaf_of(entry, list_.name(), part_content.seq, std::nullopt);
    if (!leaf) return unreadable(part_content.seq, part, leaf.error().sentence);
    advance(*leaf);
    list_.shown.push_back({part_content.seq, *std::move(skeleton), &entry, part});
    return true;
  }

  bool follows(std::uint64_t seq, std::size_t part) {
    auto const next = list_.seq() + 1;
    if (seq == next) return true;
    auto const at = name_of(list_.name(), next);
    faults_.add(
        "list_gap", part,
        {fmt::format("此处应为{}，文件中却是 {}：有条目缺失、重复或调换了顺序。", at.zh, seq),
         fmt::format("Here belongs {}, but the file goes on with {}: entries are missing, doubled or in another "
                     "order.",
                     at.en, seq)});
    return false;
  }

  /// A contact part is there as its hash or not at all; a body brings its own salt.
  bool keeps_contact(wire::EncodedEntry const& entry, std::uint64_t seq, std::size_t part) {
    bool const hides = entry.contact.form == PartForm::kEmpty || entry.contact.form == PartForm::kErased;
    if (hides && entry.body.form != PartForm::kWhole) return true;
    auto const at = name_of(list_.name(), seq);
    faults_.add("entry_shows_contact", part,
                {at.zh + "的形式不应出现在证据文件中：联系信息只以哈希出现，正文须带盐值。",
                 "The form of " + at.en +
                     " is none that belongs into evidence: contacts appear as hashes only, a body with its salt."});
    return false;
  }

  bool unreadable(std::uint64_t seq, std::size_t part, std::string const& why) {
    auto const at = name_of(list_.name(), seq);
    faults_.add("entry_unreadable", part, {at.zh + "无法读取：" + why, at.en + " cannot be read: " + why});
    return false;
  }

  void advance(Hash const& leaf) { list_.chain.push_back(wire::chain_next(list_.chain.back(), leaf)); }

  void check_end() {
    auto const& head = list_.front->head;
    auto const name = name_of(head.list);
    if (list_.seq() != head.seq) {
      faults_.add("list_gap", list_.part,
                  {fmt::format("{}应有 {} 条，文件中有 {} 条。", name.zh, head.seq, list_.seq()),
                   fmt::format("{} should have {} entries, the file has {}.", name.en, head.seq, list_.seq())});
    } else if (list_.chain.back() != head.hash) {
      faults_.add("chain_broken", list_.part,
                  {name.zh + "的条目算不出所签的哈希：其中某条已被改动。",
                   "The entries of " + name.en + " do not give the hash that was signed: one of them was changed."});
    }
  }

  ListInFile& list_;
  std::vector<wire::EvidencePart> const& parts_;
  EvidenceFaults& faults_;
};

}  // namespace

void walk_chains(UnitInFile& unit, std::vector<wire::EvidencePart> const& parts, EvidenceFaults& faults) {
  for (auto& list : unit.feeds) ChainWalk(list, parts, faults).run();
  for (auto& list : unit.journals) ChainWalk(list, parts, faults).run();
}

}  // namespace fieldnode::engine
