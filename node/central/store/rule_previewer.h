#pragma once

#include <map>

#include "node/central/store/rule_records.h"
#include "node/db/connection.h"
#include "node/lists/entry_lists.h"
#include "node/lists/unit_rules.h"

namespace fieldnode::central {

/// Counts what a version would move, within the reader's snapshot; nothing is changed by it.
class RulePreviewer {
 public:
  RulePreviewer(db::Connection& connection, lists::ContactVault& vault, lists::UnitRules& rules)
      : connection_(connection), vault_(vault), rules_(rules) {}

  [[nodiscard]] RulePreview preview(rules::RuleEdition const& edition, UtcTime now);

 private:
  void look_at(UnitRecord const& unit, rules::RuleChange const& change);
  void note(UnitEffect& effect, AssignmentId id, rules::MovedDue const& moved);
  void name_the_most_pressing();

  db::Connection& connection_;
  lists::ContactVault& vault_;
  lists::UnitRules& rules_;
  RulePreview preview_;
};

}  // namespace fieldnode::central
