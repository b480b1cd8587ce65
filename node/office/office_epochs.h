#pragma once

#include "node/db/read_pool.h"
#include "node/lists/contact_vault.h"
#include "node/lists/entry_lists.h"
#include "node/office/identity.h"
#include "sync/engine/node_epochs.h"

namespace fieldnode::office {

/// What stands before the live lists, as the exchange reads it. Thread: any.
class OfficeEpochs final : public engine::NodeEpochs {
 public:
  OfficeEpochs(db::ReadPool& readers, lists::ContactVault& vault, UnitId unit, NodeId node)
      : readers_(readers), vault_(vault), unit_(unit), node_(node) {}

  [[nodiscard]] std::optional<std::vector<engine::ListHead>> journals_asked() override;
  [[nodiscard]] bool continues() override;
  [[nodiscard]] std::optional<wire::SaltKeys> opening_keys(wire::ListName const& list) override;
  [[nodiscard]] std::vector<engine::ListHead> feeds() override;
  [[nodiscard]] std::optional<Hash> feed_hash_at(Position at) override;
  [[nodiscard]] wire::HandedBack handed_back(Position from, std::size_t budget_bytes) override;

 private:
  [[nodiscard]] lists::EntryLists lists_on(db::Connection& connection) { return {connection, vault_, unit_}; }

  db::ReadPool& readers_;
  lists::ContactVault& vault_;
  UnitId unit_;
  NodeId node_;
};

}  // namespace fieldnode::office
