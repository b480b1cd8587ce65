#include "sync/rules/rule_shelf.h"

#include <fmt/format.h>

#include <algorithm>

#include "sync/base/check.h"

namespace fieldnode::rules {
namespace {

/// `version`: as Calendar::version gives it, names joined by '+'.
bool is_named_in(std::string_view version, std::string const& name) {
  return fmt::format("+{}+", version).find("+" + name + "+") != std::string::npos;
}

}  // namespace

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

RuleBook recalled(RuleShelf const& shelf, std::string_view policy, std::string_view calendar) {
  auto const& known = *shelf.current();
  if (known.policy.version == policy && known.calendar.version() == calendar) return known;
  auto const book = std::ranges::find(shelf.books(), policy, [](Book const& one) { return one->policy.version; });
  auto notices = known.notices;
  std::erase_if(notices, [&](Notice const& notice) { return !is_named_in(calendar, notice.name()); });
  return rule_book_of(book == shelf.books().end() ? known.policy : (*book)->policy, std::move(notices));
}

std::size_t RuleShelf::known_at(Position feed) const {
  auto const is_known = [&](Position place) {
    return place.epoch == feed.epoch ? place.seq <= feed.seq : feeds_.covers(feed, place);
  };
  auto const first_unknown = std::ranges::find_if_not(places_, is_known);
  return static_cast<std::size_t>(first_unknown - places_.begin());
}

}  // namespace fieldnode::rules
