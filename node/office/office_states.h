#pragma once

#include "node/db/read_pool.h"
#include "node/db/transaction.h"
#include "node/lists/contact_vault.h"
#include "node/lists/state_digests.h"

namespace fieldnode::office {

/// What the assignments come to, read beside the writer. Thread: any.
class OfficeStates final : public engine::StateBook {
 public:
  OfficeStates(db::ReadPool& readers, lists::ContactVault& vault, UnitId unit)
      : readers_(readers), vault_(vault), unit_(unit) {}

  [[nodiscard]] engine::StateReading read(AssignmentId after, std::size_t most) override {
    auto const lease = readers_.lease();
    db::Snapshot const one_view(*lease);
    lists::EntryLists lists(*lease, vault_, unit_);
    return lists::StateDigests(*lease, lists, unit_).read(after, most);
  }

 private:
  db::ReadPool& readers_;
  lists::ContactVault& vault_;
  UnitId unit_;
};

}  // namespace fieldnode::office
