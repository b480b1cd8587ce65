#pragma once

#include "sync/engine/ledger.h"
#include "tests/sim/sim_centre.h"

namespace fieldnode::sim {

/// A ledger that passes everything on, but for the defect that is planted in it.
class PlantedLedger final : public engine::Ledger {
 public:
  PlantedLedger(engine::Ledger& real, Planted planted) : real_(real), planted_(planted) {}

  engine::UnitEpochs& epochs() override { return real_.epochs(); }
  engine::UnitHeads heads() override { return real_.heads(); }
  rules::Shelf rules() override { return real_.rules(); }
  std::optional<Hash> journal_hash_at(std::uint64_t seq) override { return real_.journal_hash_at(seq); }
  std::optional<wire::SaltKeys> journal_keys(AssignmentId id) override { return real_.journal_keys(id); }
  std::optional<rules::AssignmentState> assignment(AssignmentId id) override { return real_.assignment(id); }
  std::optional<UtcTime> anchor_sent_at(std::uint64_t anchor) override { return real_.anchor_sent_at(anchor); }
  std::optional<UtcTime> feed_entry_time(Position at) override { return real_.feed_entry_time(at); }
  void append_act(engine::ActArrival const& act) override { real_.append_act(act); }
  void mark_held(UtcTime at) override { real_.mark_held(at); }
  void append_entry(rules::EntryKind kind, AssignmentId id, rules::Payload const& payload, UtcTime at) override {
    if (planted_ == Planted::kRefusalSkipped) return;
    real_.append_entry(kind, id, payload, at);
  }
  void keep_signed_head(wire::SignedHead const& head) override { real_.keep_signed_head(head); }
  std::vector<wire::EncodedEntry> feed_after(std::uint64_t seq, std::size_t budget) override {
    return real_.feed_after(seq, budget);
  }
  std::optional<Hash> feed_hash_at(std::uint64_t seq) override { return real_.feed_hash_at(seq); }
  std::vector<wire::Mark> marks_after(std::uint64_t seq, std::size_t most) override {
    return real_.marks_after(seq, most);
  }
  void keep_receipt(wire::Receipt const& receipt) override { real_.keep_receipt(receipt); }

 private:
  engine::Ledger& real_;
  Planted planted_;
};

}  // namespace fieldnode::sim
