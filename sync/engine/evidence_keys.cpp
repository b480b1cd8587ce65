#include "sync/engine/evidence_keys.h"

#include <algorithm>
#include <ranges>

namespace fieldnode::engine {
namespace {

void note_own_word(crypto::PublicKey const& key, EvidenceFaults& faults) {
  faults.note("key_from_file",
              {"城市密钥取自文件本身，文件只能证明自己前后一致。请向该市另行取得公钥并核对指纹 " + to_hex(key) + "。",
               "The city's key comes from the file itself, so the file only agrees with itself. Get the key "
               "from the city by another way and compare: " +
                   to_hex(key) + "."});
}

void tell_broken(EvidenceFile const& file, std::size_t part, EvidenceFaults& faults) {
  if (file.key_steps.empty()) part = 0;
  faults.add("key_history", part,
             {"城市密钥的更替没有应有的签名，或前后不相接。",
              "The changes of the city's key do not follow each other, or are not signed by who must vouch for them."});
}

/// The changes in front of `ring`'s oldest key, the newest first.
void go_back(wire::CityKeyRing& ring, EvidenceFile const& file, std::size_t behind, crypto::SignatureSuite const& suite,
             EvidenceFaults& faults) {
  for (auto i = behind; i > 0; --i) {
    auto const& paper = file.key_steps[i - 1];
    if (!ring.go_back(paper.content->step, suite)) return tell_broken(file, paper.part, faults);
  }
}

}  // namespace

wire::CityKeyRing choose_city_keys(EvidenceFile const& file, std::optional<crypto::PublicKey> const& given,
                                   crypto::SignatureSuite const& suite, EvidenceFaults& faults) {
  auto const& front = *file.front;
  auto const& steps = file.key_steps;
  wire::CityKeyRing ring(front.city_key_id, front.city_key);
  if (!given) note_own_word(front.city_key, faults);
  if (!given || *given == front.city_key) {
    go_back(ring, file, steps.size(), suite, faults);
    return ring;
  }
  auto const from = std::ranges::find_if(steps, [&](auto const& step) { return step.content->step.old_key == *given; });
  if (from == steps.end()) {
    faults.add("other_city", 0,
               {"文件出自另一城市的密钥 " + to_hex(front.city_key) + "，不是所给的密钥。",
                "The file was made under another city's key, " + to_hex(front.city_key) + ", not the one given."});
    return {front.city_key_id, *given};
  }
  ring = {from->content->step.old_id, *given};
  for (auto step = from; step != steps.end(); ++step) {
    if (ring.follow(step->content->step, suite)) continue;
    tell_broken(file, step->part, faults);
    break;
  }
  go_back(ring, file, static_cast<std::size_t>(from - steps.begin()), suite, faults);
  if (ring.newest().key != front.city_key) tell_broken(file, steps.back().part, faults);
  return ring;
}

void drop_uncounted(UnitInFile& unit, wire::CityKeyRing const& keys, EvidenceFaults& faults) {
  auto const dropped = std::erase_if(unit.receipts, [&](auto const& paper) {
    auto const* const signer = keys.find(paper.content->receipt.key_id);
    return signer != nullptr && !signer->counts(paper.content->receipt.sent_at);
  });
  if (dropped == 0) return;
  faults.note("receipt_of_bad_key",
              {"有回执由一把已泄露的城市密钥在泄露之后签署，不予采信。",
               "The file has receipts that a key of the city signed after it fell into other hands; they do not "
               "count."});
}

}  // namespace fieldnode::engine
