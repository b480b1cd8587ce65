#include "sync/rules/rule_shelf.h"

#include <algorithm>

#include "sync/base/check.h"

namespace fieldnode::rules {

RuleShelf::RuleShelf(Book first, EpochOrder feeds) : feeds_(std::move(feeds)), books_{std::move(first)} {
  check(books_.front() != nullptr, "a shelf has a first book");
}

void RuleShelf::add(Position from, Book book) {
  check(book != nullptr, "a shelf holds books");
  places_.push_back(from);
  books_.push_back(std::move(book));
}

Book const& RuleShelf::at(Position feed) const { return books_[known_at(feed)]; }

Book const& RuleShelf::book_for(AssignmentState const& state) const {
  return state.ending ? at(state.ending->at) : current();
}

RuleShelf RuleShelf::up_to(Position feed) const {
  RuleShelf shelf = *this;
  auto const known = known_at(feed);
  shelf.places_.resize(known);
  shelf.books_.resize(known + 1);
  return shelf;
}

std::size_t RuleShelf::known_at(Position feed) const {
  auto const is_known = [&](Position place) {
    return place.epoch == feed.epoch ? place.seq <= feed.seq : feeds_.covers(feed, place);
  };
  auto const first_unknown = std::ranges::find_if_not(places_, is_known);
  return static_cast<std::size_t>(first_unknown - places_.begin());
}

}  // namespace fieldnode::rules
