#pragma once

#include <optional>
#include <vector>

#include "sync/engine/journal.h"
#include "sync/engine/state_book.h"

namespace fieldnode::engine {

/// Whether both ends hold the same, asked by the node once for each place at which its lists come to rest: everything
/// delivered, everything received. Where they differ it searches for the assignments, page by page, and at the end
/// tells the centre which. Lives as long as its ExchangeClient.
class StateSearch {
 public:
  /// What the next request claims; nothing while something is on its way, or when this place was compared.
  [[nodiscard]] std::optional<wire::StateClaim> claim(JournalSnapshot const& held, StateBook& book);
  /// What the centre says to a claim; nothing when its lists had moved on.
  void hear(wire::StateClaim const& claim, std::optional<wire::StateVerdict> const& verdict, StateBook& book);

  /// At the place compared last; empty: the same at both ends, as far as is known.
  [[nodiscard]] std::vector<AssignmentId> const& differing() const { return found_; }
  /// The search is not over: ask again at once.
  [[nodiscard]] bool goes_on() const { return stage_ == Stage::kSearching || stage_ == Stage::kTelling; }

 private:
  enum class Stage : std::uint8_t { kAsking, kSearching, kTelling, kDone };

  void begin_at(Position const& feed, Position const& journal);
  void compare(wire::StateVerdict const& verdict, StateReading const& own);

  Position feed_{};
  Position journal_{};
  Stage stage_{Stage::kDone};
  AssignmentId after_{};
  std::vector<AssignmentId> differing_;  ///< by the search that runs
  std::vector<AssignmentId> found_;      ///< by the last one that was done
};

}  // namespace fieldnode::engine
