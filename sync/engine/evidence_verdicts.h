#pragma once

#include "sync/engine/evidence_file.h"
#include "sync/rules/proofs.h"

namespace fieldnode::engine {

/// What an assignment of the case comes to, by the entries in the file alone.
struct EvidenceFinding {
  UnitId unit{};
  std::string number;  ///< of the case, as the dispatch says it; empty where its words were redacted
  rules::AssignmentState state;
  Result<std::vector<rules::ClockVerdict>> verdicts;  ///< refusal: `outside_calendar`
};

/// Replays the unit's assignments of the case and judges each clock by the rules that the feed brought; `built_in`:
/// what holds where it brought none. Shape: the chains were walked. Faults: `rules_unreadable`, `assignment_missing`.
[[nodiscard]] std::vector<EvidenceFinding> judge_case(UnitInFile const& unit, rules::RuleBook const& built_in,
                                                      EvidenceFaults& faults);

}  // namespace fieldnode::engine
