#pragma once

#include <vector>

#include "node/lists/list_witness.h"
#include "node/office/phone_call_rows.h"

namespace fieldnode::office {

/// What the office has of the centre's word on its acts: receipts as anchors, marks, and what it was told by telephone
/// as long as the feed does not rule on that.
class OfficeWitness final : public lists::ListWitness {
 public:
  /// `unit`: its facts, as the lists have them now.
  OfficeWitness(db::Connection& connection, lists::EntryLists& lists, rules::UnitState const& unit);

  [[nodiscard]] std::optional<UtcTime> anchor_sent_at(std::uint64_t anchor) override;
  [[nodiscard]] std::optional<UtcTime> received_at(Position act) override;

 private:
  [[nodiscard]] std::optional<UtcTime> marked_at(Position act);
  /// The end of the minute in which the centre was told a head that holds the act.
  [[nodiscard]] std::optional<UtcTime> told_by(Position act) const;

  db::Connection& connection_;
  std::vector<PhoneCall> told_;  ///< with a right answer, and the centre's last word on them has not come
};

}  // namespace fieldnode::office
