#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/sim/oracle/finding.h"
#include "tests/sim/sim_centre.h"
#include "tests/sim/sim_office.h"

namespace fieldnode::sim {

/// An operator took the words of an act away.
struct Redaction {
  Position entry{};  ///< in the unit's feed
  Position act{};
  std::string act_id;
};

/// I8: wherever the feed tells of a redact that counts, the words of its act are gone, whatever was put back from a
/// backup.
class Redactions {
 public:
  explicit Redactions(Findings& findings) : findings_(findings) {}

  void add(UnitId unit, Redaction const& redaction);
  /// Such an act no longer says which it is.
  [[nodiscard]] bool has(UnitId unit, std::string const& act_id) const;
  void look_at(SimOffice& office);
  void look_at(SimCentre& centre, UnitId unit);

 private:
  void look_at(lists::EntryLists& lists, UnitId unit, std::string_view place);

  Findings& findings_;
  std::map<UnitId, std::vector<Redaction>> all_;
};

}  // namespace fieldnode::sim
