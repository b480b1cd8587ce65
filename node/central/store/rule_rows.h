#pragma once

#include "node/central/store/rule_log.h"
#include "node/db/connection.h"
#include "node/lists/unit_rules.h"

namespace fieldnode::central {

/// The tables `rule` and `rule_proposal`, in the caller's transaction.
class RuleRows final : public RuleLog {
 public:
  RuleRows(db::Connection& connection, lists::UnitRules& rules) : connection_(connection), rules_(rules) {}

  [[nodiscard]] std::vector<RuleRecord> published() override { return after(0); }
  [[nodiscard]] rules::Shelf shelf() override;
  RuleRecord publish(RuleText const& text, StaffId staff, StaffId second, UtcTime at) override;
  [[nodiscard]] std::vector<RuleProposal> waiting() override;
  [[nodiscard]] std::optional<RuleProposal> find_proposal(std::uint64_t id) override;
  RuleProposal propose(RuleText const& text, StaffId staff, UtcTime at) override;
  void rule_proposal(std::uint64_t id, RuleStanding standing, StaffId staff, UtcTime at) override;

  /// Publications after the one of that number, in their order.
  [[nodiscard]] std::vector<RuleRecord> after(std::uint64_t number);
  /// Units whose feeds do not have all of them.
  [[nodiscard]] std::vector<UnitId> units_behind();

 private:
  db::Connection& connection_;
  lists::UnitRules& rules_;
};

}  // namespace fieldnode::central
