#pragma once

#include <string>
#include <vector>

#include "tests/sim/fault.h"
#include "tests/sim/oracle/oracle.h"
#include "tests/sim/trace.h"

namespace fieldnode::sim {

/// The people at the centre: they take cases in, give them to units and rule on what waits for them.
class Operators {
 public:
  Operators(Random& chance, Random& fault_chance, Faults& faults, Oracle& oracle, Trace& trace)
      : chance_(chance), fault_chance_(fault_chance), faults_(faults), oracle_(oracle), trace_(trace) {}

  void add_unit(UnitId id, std::string code) { units_.emplace_back(id, std::move(code)); }

  /// A new case for some unit.
  void dispatch(SimCentre& centre);
  /// Rules on what waits, or does something to an assignment by itself.
  void decide(SimCentre& centre);
  /// A policy or a calendar comes late.
  void publish_rules(SimCentre& centre);

 private:
  [[nodiscard]] central::DecisionForm draw(rules::AssignmentState const& state);
  [[nodiscard]] central::DecisionForm draw_by_itself(rules::AssignmentState const& state);
  /// The city changes its mind on something new, whatever its unit is doing with it. False: it does not.
  [[nodiscard]] bool takes_back(SimCentre& centre);
  /// The words of some act are nothing that a city may keep. False: none are found.
  [[nodiscard]] bool redacts(SimCentre& centre);
  /// Gives what was decided; nothing if it was refused.
  std::optional<central::Decided> rule(SimCentre& centre, AssignmentId id, central::DecisionForm const& form);
  [[nodiscard]] std::string request_id() { return "request-" + std::to_string(++requests_); }
  [[nodiscard]] UtcTime now(SimCentre& centre) const { return centre.clock().wall(); }
  void say(std::string_view what);

  Random& chance_;
  Random& fault_chance_;
  Faults& faults_;
  Oracle& oracle_;
  Trace& trace_;
  std::vector<std::pair<UnitId, std::string>> units_;
  std::vector<AssignmentId> given_;
  std::uint64_t requests_{0};
  unsigned policies_{0};
};

}  // namespace fieldnode::sim
