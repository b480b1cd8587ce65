#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "sync/rules/assignment.h"
#include "sync/rules/epoch_order.h"
#include "sync/rules/rule_book.h"

namespace fieldnode::rules {

/// Shared because a newer version takes its place while somebody still counts by it.
using Book = std::shared_ptr<RuleBook const>;

/// The rule books of one unit in the order of its feed: each holds from the entry that brought it until the next.
/// Thread: any number of readers; who adds a book makes a shelf of their own first.
class RuleShelf {
 public:
  /// `first`: what holds before the city has published anything. `feeds`: the unit's feed epochs in registered order.
  explicit RuleShelf(Book first, EpochOrder feeds = {});

  /// `book` holds from the feed entry at `from` on. Shape: later in the feed than every place before.
  void add(Position from, Book book);

  /// What running clocks are counted by.
  [[nodiscard]] Book const& current() const { return books_.back(); }
  /// The book in force once the feed was known up to and with `feed`; seq 0: the first.
  [[nodiscard]] Book const& at(Position feed) const;
  /// What the clocks of `state` are counted by: an ended cycle keeps the rules under which it ended.
  [[nodiscard]] Book const& book_for(AssignmentState const& state) const;
  /// D12: the calendar that a node knew when it made an act on `basis`.
  [[nodiscard]] Calendar const& calendar_then(Position basis) const { return at(basis)->calendar; }
  /// All of them, the first one first.
  [[nodiscard]] std::span<Book const> books() const { return books_; }
  /// The unit's feed epochs, in registered order.
  [[nodiscard]] EpochOrder const& feeds() const { return feeds_; }
  /// The shelf as it was when the feed was known up to and with `feed`.
  [[nodiscard]] RuleShelf up_to(Position feed) const;

 private:
  /// How many of the places are known at `feed`.
  [[nodiscard]] std::size_t known_at(Position feed) const;

  EpochOrder feeds_;
  std::vector<Position> places_;
  std::vector<Book> books_;  ///< one longer than `places_`: the first holds from the beginning
};

using Shelf = std::shared_ptr<RuleShelf const>;

/// The book of a policy and a calendar that were in force once, by their versions: of the policies of `shelf` the one
/// of that name, and the notices that the calendar's version names. What `shelf` does not know (a newer program has it
/// no more) is left out; of an unknown policy the current one stands in its place.
[[nodiscard]] RuleBook recalled(RuleShelf const& shelf, std::string_view policy, std::string_view calendar);

}  // namespace fieldnode::rules
