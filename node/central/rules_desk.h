#pragma once

#include <optional>
#include <string_view>
#include <variant>

#include "node/central/store/central_store.h"

namespace fieldnode::central {

/// What would come of publishing a text now.
struct RuleTrial {
  RuleText text;
  bool published{};                              ///< this very text is published already
  std::optional<rules::CivilDay> first_changed;  ///< first day that works or rests otherwise than now
  bool needs_second{};                           ///< that day is past
  RulePreview effect;
};

/// A text as it came, with what stands in refusals as its name.
struct RuleDraft {
  rules::EntryKind kind{};  ///< kPolicy or kCalendar
  std::string_view document;
  std::string_view name;
};

/// Publishes policies and calendars: stored once, then appended to every unit's feed. A version is published once; the
/// same text again changes nothing and goes on telling units that were not told. `now` is the centre's time, handed in.
/// Thread: any.
/// Errors of every call that takes a draft: `bad_policy`, `bad_calendar`; `version_taken`, when the version stands for
/// another text, published or carried by the program. Those of the storage.
class RulesDesk {
 public:
  explicit RulesDesk(CentralStore& store) : store_(store) {}

  [[nodiscard]] Result<RuleTrial> preview(RuleDraft const& draft, UtcTime now);
  /// Errors: `needs_second_person` where it changes days that are past.
  [[nodiscard]] Result<RuleRecord> publish(StaffId who, RuleDraft const& draft, UtcTime now);
  /// Publishes, or, where it changes days that are past, has it wait for a second person. The same proposal again is
  /// the one that waits.
  [[nodiscard]] Result<std::variant<RuleRecord, RuleProposal>> publish_or_propose(StaffId who, RuleDraft const& draft,
                                                                                  UtcTime now);
  /// The second person's word. Errors: `no_such_proposal`, `proposal_settled`, `proposed_by_same_person`.
  [[nodiscard]] Result<RuleProposal> rule(StaffId who, std::uint64_t proposal, bool confirmed, UtcTime now);

  /// Tells the units that were not told everything yet: after a stop in between.
  [[nodiscard]] Result<void> finish(UtcTime now);

 private:
  CentralStore& store_;
};

}  // namespace fieldnode::central
