#include "node/lists/unit_rules.h"

#include "node/lists/rule_entries.h"

namespace fieldnode::lists {

using wire::ListKind;

UnitRules::UnitRules(rules::RuleBook first) : first_(std::make_shared<rules::RuleBook const>(std::move(first))) {}

rules::Shelf UnitRules::on(db::Connection& connection, ContactVault& vault, UnitId unit) {
  EntryLists lists(connection, vault, unit);
  auto const name = lists.published_rules_name();
  auto const feeds = ListRegister(connection, unit).order(ListKind::kFeed);
  {
    std::lock_guard const lock(mutex_);
    auto const kept = kept_.find(unit);
    if (kept != kept_.end() && kept->second.name == name && kept->second.feeds == feeds) return kept->second.shelf;
  }
  auto shelf = made_from(lists, feeds);
  std::lock_guard const lock(mutex_);
  kept_.insert_or_assign(unit, Kept{name, feeds, shelf});
  return shelf;
}

rules::Book UnitRules::revised(rules::Book const& before, rules::RuleEdition const& edition) {
  std::lock_guard const lock(mutex_);
  auto& revision = books_[{before, rules::version_of(edition)}];
  if (!revision.book || revision.edition != edition) {
    revision = {edition, std::make_shared<rules::RuleBook const>(rules::revised(*before, edition))};
  }
  return revision.book;
}

rules::Shelf UnitRules::made_from(EntryLists& lists, rules::EpochOrder const& feeds) {
  auto shelf = std::make_shared<rules::RuleShelf>(first_, feeds);
  for (auto const& entry : rule_entries(lists)) {
    if (entry.edition) shelf->add(entry.stored.at, revised(shelf->current(), *entry.edition));
  }
  return shelf;
}

}  // namespace fieldnode::lists
