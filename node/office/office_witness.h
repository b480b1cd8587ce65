#pragma once

#include "node/lists/list_witness.h"

namespace fieldnode::office {

/// What the office has of the centre's word on its acts: receipts as anchors, and marks.
class OfficeWitness final : public lists::ListWitness {
 public:
  OfficeWitness(db::Connection& connection, lists::EntryLists& lists) : ListWitness(lists), connection_(connection) {}

  [[nodiscard]] std::optional<UtcTime> anchor_sent_at(std::uint64_t anchor) override;
  [[nodiscard]] std::optional<UtcTime> received_at(Position act) override;

 private:
  db::Connection& connection_;
};

}  // namespace fieldnode::office
