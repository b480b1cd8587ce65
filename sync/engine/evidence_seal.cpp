#include "sync/engine/evidence_seal.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace fieldnode::engine {
namespace {

/// Sets the parts of the file beside those that were sealed.
class SealComparison {
 public:
  SealComparison(std::vector<wire::EvidencePart> const& parts, std::vector<Hash> const& digests, EvidenceFaults& faults)
      : parts_(parts),
        digests_(digests),
        sealed_(digests.begin(), digests.end()),
        found_(parts.size() - 1),
        faults_(faults) {}

  void run() {
    if (found_ == digests_.size()) {
      for (std::size_t i = 0; i < found_; ++i) compare(i);
      return;
    }
    auto const before = same_at_front();
    auto const behind = same_at_back(before);
    if (found_ < digests_.size()) {
      tell_missing(before, digests_.size() - found_);
    } else {
      for (auto i = before; i < before + (found_ - digests_.size()); ++i) tell_added(i);
    }
    // What stands between both ends and is no loss or gain was changed besides.
    auto const changed_to = std::min(found_, digests_.size()) - behind;
    auto const shift = found_ > digests_.size() ? found_ - digests_.size() : 0;
    for (auto i = before; i < changed_to; ++i) tell_changed(i + shift);
  }

 private:
  [[nodiscard]] bool is_sealed(Hash const& digest) const { return sealed_.contains(digest); }

  void compare(std::size_t i) {
    if (parts_[i].digest == digests_[i] || faults_.is_full()) return;
    if (is_sealed(parts_[i].digest)) {
      faults_.add("part_moved", i,
                  faults_.name_of_part(i) + BothLanguages{"不在封签时的位置：各部分被调换了顺序。",
                                                          " is not where it was sealed: parts changed places."});
    } else {
      tell_changed(i);
    }
  }

  [[nodiscard]] std::size_t same_at_front() const {
    std::size_t same = 0;
    while (same < std::min(found_, digests_.size()) && parts_[same].digest == digests_[same]) ++same;
    return same;
  }
  [[nodiscard]] std::size_t same_at_back(std::size_t before) const {
    std::size_t same = 0;
    auto const most = std::min(found_, digests_.size()) - before;
    while (same < most && parts_[found_ - 1 - same].digest == digests_[digests_.size() - 1 - same]) ++same;
    return same;
  }

  void tell_changed(std::size_t i) {
    if (faults_.is_full()) return;
    faults_.add("part_changed", i,
                faults_.name_of_part(i) + BothLanguages{"与封签时不同：其中的字节已被改动。",
                                                        " is not as it was sealed: its bytes were changed."});
  }
  void tell_added(std::size_t i) {
    if (faults_.is_full()) return;
    faults_.add("part_added", i,
                faults_.name_of_part(i) + BothLanguages{"封签时没有：是后来加入的。",
                                                        " was not there when the file was sealed: it was added."});
  }
  void tell_missing(std::size_t behind, std::size_t count) {
    auto const offset = behind < parts_.size() ? parts_[behind].offset : 0;
    faults_.add_at({"part_missing",
                    behind + 1,
                    offset,
                    0,
                    {fmt::format("此处缺少封签时的 {} 个部分。", count),
                     fmt::format("{} parts that were sealed are missing here.", count)}});
  }

  std::vector<wire::EvidencePart> const& parts_;
  std::vector<Hash> const& digests_;
  std::set<Hash> sealed_;
  std::size_t found_;  ///< parts before the seal
  EvidenceFaults& faults_;
};

}  // namespace

void check_seal(EvidenceFile const& file, std::vector<wire::EvidencePart> const& parts, EvidenceKeys const& keys,
                EvidenceFaults& faults) {
  auto const maker = maker_key(file, keys);
  if (!maker || !wire::verify_seal(*file.seal.content, keys.suite, *maker)) {
    faults.add("seal_signature", file.seal.part,
               {"封签不是文件制作者的签名，或封签被改动。",
                "The seal is not the signature of the file's maker, or it was changed."});
  }
  SealComparison(parts, file.seal.content->digests, faults).run();
}

}  // namespace fieldnode::engine
