#pragma once

#include <map>
#include <set>
#include <string>

#include "tests/sim/oracle/finding.h"
#include "tests/sim/sim_centre.h"
#include "tests/sim/sim_office.h"

namespace fieldnode::sim {

/// The id under which an act was pressed, which a clerk's act bears in its body. Empty: no clerk made it, or its words
/// are gone.
[[nodiscard]] std::string act_id_in(lists::StoredEntry const& act);

/// The acts of units by what they say, since after a restore or a copy an act may stand at another place: each bears
/// the id under which it was pressed in its body. What was told to be saved counts once at both ends when all has come
/// over, unless every machine that held it is gone; nothing counts twice. A machine is known by its address.
class ActRoll {
 public:
  explicit ActRoll(Findings& findings) : findings_(findings) {}

  void told(SimOffice const& machine, std::string const& act_id, AssignmentId assignment);
  /// Its words are gone: it can no longer be counted by them.
  void forget(UnitId unit, std::string const& act_id);
  [[nodiscard]] std::uint64_t size() const;
  /// What that machine certainly holds.
  [[nodiscard]] std::set<std::string> on(SimOffice const& machine) const;
  /// Notes what has come back to it.
  void look_at(SimOffice& machine);

  void put_back(SimOffice const& machine, std::set<std::string> const& acts, SimCentre& centre);
  void copied(SimOffice const& original, SimOffice const& copy);
  void gone(SimOffice const& machine, SimCentre& centre);
  /// Another node serves the unit: what the centre does not hold of this machine's acts must never count.
  void replaced(SimOffice const& machine, SimCentre& centre);
  /// Only what a machine or the centre still holds can come over. Shape: the centre runs.
  void recount(UnitId unit, SimCentre& centre);

  /// I1, I2, I4, I9: after everything has come over.
  void compare(SimOffice& office, SimCentre& centre);

 private:
  struct Machine {
    UnitId unit{};
    std::set<std::string> acts;
  };
  struct Unit {
    std::map<std::string, AssignmentId> told;  ///< ever
    std::set<std::string> awaited;             ///< that must come over
    std::set<std::string> outside;             ///< of a revoked node, and not at the centre when it was revoked
  };

  void judge(UnitId unit, std::string const& act_id, unsigned at_office, unsigned at_centre);

  Findings& findings_;
  std::map<SimOffice const*, Machine> machines_;
  std::map<SimOffice const*, std::set<std::string>> revoked_;  ///< what the centre held of the unit's acts then
  std::map<UnitId, Unit> units_;
};

}  // namespace fieldnode::sim
