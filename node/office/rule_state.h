#pragma once

#include <string>

#include "node/db/connection.h"
#include "sync/rules/rule_effect.h"
#include "sync/rules/rule_shelf.h"

namespace fieldnode::office {

/// A policy and a calendar by their versions. Both empty: none.
struct RuleNames {
  std::string policy;
  std::string calendar;

  [[nodiscard]] bool empty() const { return policy.empty(); }
  friend bool operator==(RuleNames const&, RuleNames const&) = default;
};

[[nodiscard]] RuleNames names_of(rules::RuleBook const& book);

/// By which rules the list's rows were made, and how far they are being made anew.
struct RuleState {
  RuleNames made_by;
  RuleNames target;           ///< none: nothing is being made anew
  AssignmentId done_upto{};   ///< rows up to this id follow the target
  rules::EffectCounts moved;  ///< of those done

  /// True when every row is as `shelf` says.
  [[nodiscard]] bool follows(rules::RuleShelf const& shelf) const;
};

/// In the caller's transaction. A database whose rows nobody has made anew yet goes by the first book of `shelf`.
[[nodiscard]] RuleState load_rule_state(db::Connection& connection, rules::RuleShelf const& shelf);
void save_rule_state(db::Connection& connection, RuleState const& state);

}  // namespace fieldnode::office
