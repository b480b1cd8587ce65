#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "node/lists/entry_lists.h"
#include "sync/rules/assessment.h"
#include "sync/rules/proofs.h"

/// A unit's assessment read from its lists, with the words that people wrote beside it. The same at both ends.
namespace fieldnode::lists {

/// An entry on the unit as a whole, and what it says.
struct Saying {
  Position at{};
  StaffId staff{};
  rules::TimeEvidence time{};
  wire::Body words;
};

struct VetoStory {
  rules::VetoFact fact;
  Saying veto;
  rules::SupervisionGround ground{};  ///< of the note that it rests on; none if that is not held
  Saying cause;
  std::vector<Saying> steps;     ///< as in the fact
  std::vector<Saying> contests;  ///< as in the fact
};

/// Q8: a snapshot as it was published.
struct PublishedAssessment {
  rules::PublicationFact fact;
  StaffId staff{};
  std::string figures;  ///< JSON, as `web::figures_text` makes it
  std::string reason;   ///< of a correction
};

/// A supervision note, on the unit (assignment none) or on one of its assignments.
struct NoteLine {
  AssignmentId assignment{};
  rules::SupervisionNote note{};
  Saying said;
};

struct UnitAssessment {
  rules::Assessment figures;
  std::vector<VetoStory> vetoes;                  ///< those of `figures`
  std::vector<PublishedAssessment> publications;  ///< of exactly this period, in feed order
  std::vector<NoteLine> notes;                    ///< of the period, in feed order
  std::map<StaffId, std::string> staff;           ///< names of the unit's people, as its journal says
};

struct AssessmentOrder {
  rules::Period period{};
  TimeInterval now{};
  std::function<void(rules::ClockLine const&)> each{};  ///< may be empty
};

/// Folds the whole unit once: some seconds for hundreds of thousands of assignments. In the caller's snapshot.
/// Errors: a BrokenWorld when an entry that the fold names is not held or does not decode.
[[nodiscard]] UnitAssessment assess_unit(EntryLists& lists, rules::Witness& witness, rules::RuleShelf const& rules,
                                         AssessmentOrder const& order);

}  // namespace fieldnode::lists
