#pragma once

#include <map>
#include <set>
#include <vector>

#include "node/lists/entry_lists.h"
#include "tests/sim/oracle/finding.h"
#include "tests/sim/oracle/seen_entry.h"

namespace fieldnode::sim {

/// An entry that was seen ahead of its list.
struct SeenAhead {
  SeenEntry entry;
  Hash leaf{};
};

/// One list as it was first seen. Whoever shows another entry at the same place later is found out (I3, I10).
struct SeenList {
  wire::ListName name{};
  std::vector<SeenEntry> entries;
  std::vector<Hash> leaves;
  std::vector<Hash> chain;
  std::map<std::uint64_t, SeenAhead> ahead;  ///< until the list comes to them

  /// Shape: those that were seen, in the list or ahead of it.
  [[nodiscard]] std::vector<SeenEntry> at(std::vector<std::uint64_t> const& seqs) const;
};

/// Who shows a list. Its writer must never show less than it once showed, nor may the other end.
enum class Holder : unsigned { kWriter = 0, kReader = 1 };

/// Every list of a city, gathered from what both ends have committed.
class SeenLists {
 public:
  explicit SeenLists(Findings& findings) : findings_(findings) {}

  /// Reads what is new in the newest list of the kind and compares what is old. Gives the assignments that new entries
  /// stand on.
  std::set<AssignmentId> look(lists::EntryLists& lists, wire::ListKind kind, Holder holder);

  [[nodiscard]] SeenList const* find(wire::ListKind kind, Epoch epoch) const;
  /// How far that end has shown it.
  [[nodiscard]] std::uint64_t shown(wire::ListKind kind, Epoch epoch, Holder holder) const;
  /// That end's disk is another one now: it may show less of its unit's lists.
  void forget(UnitId unit, wire::ListKind kind, Holder holder);

 private:
  void take(SeenList& list, lists::StoredEntry const& entry);
  void look_ahead(SeenList& list, lists::EntryLists& lists, std::set<AssignmentId>& touched);
  void take_ahead(SeenList& list, lists::StoredEntry const& entry);
  void compare(SeenList const& list, engine::ListHead const& head, lists::EntryLists& lists);

  Findings& findings_;
  std::map<std::pair<wire::ListKind, Epoch>, SeenList> lists_;
  std::map<std::tuple<wire::ListKind, Epoch, Holder>, std::uint64_t> shown_;
};

}  // namespace fieldnode::sim
