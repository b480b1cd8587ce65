#pragma once

#include <optional>
#include <vector>

#include "sync/engine/evidence_fault.h"
#include "sync/rules/entry.h"

/// The parts of a file of evidence in the order that they must have: who made it, and each unit's lists and papers.
namespace fieldnode::engine {

/// An entry that can be read. `part` counts from 0, as all here.
struct ShownEntry {
  std::uint64_t seq{};
  rules::Skeleton skeleton;
  wire::EncodedEntry const* entry{};
  std::size_t part{};
};

struct ListInFile {
  wire::EvidenceList const* front{};
  std::size_t part{};
  std::vector<std::size_t> pieces;  ///< parts of entries and leaves, as they follow
  std::vector<ShownEntry> shown;
  std::vector<Hash> chain;  ///< the hash after each entry; [0]: before the first

  [[nodiscard]] wire::ListName const& name() const { return front->head.list; }
  [[nodiscard]] std::uint64_t seq() const { return chain.empty() ? 0 : chain.size() - 1; }
};

template <class Content>
struct PaperInFile {
  Content const* content{};
  std::size_t part{};
};

struct UnitInFile {
  wire::EvidenceUnit const* front{};
  std::size_t part{};
  std::vector<PaperInFile<wire::EvidenceNode>> nodes;
  std::vector<ListInFile> feeds;     ///< in the order of their registration
  std::vector<ListInFile> journals;  ///< likewise
  std::vector<PaperInFile<wire::EvidenceHead>> heads;
  std::vector<PaperInFile<wire::EvidenceReceipt>> receipts;
  std::vector<PaperInFile<wire::EvidenceTimes>> times;

  [[nodiscard]] wire::NodeStatement const* node(NodeId id) const;
  [[nodiscard]] ListInFile const* find(wire::ListKind kind, Epoch epoch) const;
};

struct EvidenceFile {
  wire::EvidenceFront const* front{};  ///< null only where there is a fault
  std::vector<PaperInFile<wire::EvidenceKeyStep>> key_steps;
  std::vector<UnitInFile> units;
  PaperInFile<wire::EvidenceSeal> seal;
};

/// Puts the parts where they belong; views into `parts`. Faults: `misplaced_part`.
[[nodiscard]] EvidenceFile arrange(std::vector<wire::EvidencePart> const& parts, EvidenceFaults& faults);

}  // namespace fieldnode::engine
