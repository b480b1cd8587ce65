#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "node/central/store/rule_records.h"
#include "sync/rules/rule_shelf.h"

namespace fieldnode::central {

/// What the city has published and what waits for a second person, within one transaction.
class RuleLog {
 public:
  virtual ~RuleLog() = default;

  /// In the order of publication.
  [[nodiscard]] virtual std::vector<RuleRecord> published() = 0;
  /// The books that they make, one after the other; their places are the numbers of the publications.
  [[nodiscard]] virtual rules::Shelf shelf() = 0;
  /// Gives the number. Shape: `text` names a version that was not published.
  virtual RuleRecord publish(RuleText const& text, StaffId staff, StaffId second, UtcTime at) = 0;

  /// Those that wait, the oldest first.
  [[nodiscard]] virtual std::vector<RuleProposal> waiting() = 0;
  [[nodiscard]] virtual std::optional<RuleProposal> find_proposal(std::uint64_t id) = 0;
  virtual RuleProposal propose(RuleText const& text, StaffId staff, UtcTime at) = 0;
  virtual void rule_proposal(std::uint64_t id, RuleStanding standing, StaffId staff, UtcTime at) = 0;
};

}  // namespace fieldnode::central
