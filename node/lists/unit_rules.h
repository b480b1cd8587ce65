#pragma once

#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "node/lists/contact_vault.h"
#include "node/lists/entry_lists.h"
#include "sync/rules/rule_shelf.h"

namespace fieldnode::lists {

/// By which rules units count: what the program carries, then what each unit's feed has brought. The lists are the
/// truth; what stands here is remembered and made anew when a feed has gone on or a transaction was undone.
/// Thread: any.
class UnitRules {
 public:
  /// `first`: what holds where nothing was published.
  explicit UnitRules(rules::RuleBook first);

  /// The unit's rules as `connection` sees its feed now. Costs one look at an index while nothing is new.
  [[nodiscard]] rules::Shelf on(db::Connection& connection, ContactVault& vault, UnitId unit);
  /// The book after `edition`; the same for all who ask, because a city of many units has few books.
  [[nodiscard]] rules::Book revised(rules::Book const& before, rules::RuleEdition const& edition);
  [[nodiscard]] rules::Book const& first() const { return first_; }

 private:
  struct Kept {
    std::optional<Hash> name;  ///< of what the feed had brought
    rules::EpochOrder feeds;
    rules::Shelf shelf;
  };
  struct Revision {
    rules::RuleEdition edition;
    rules::Book book;
  };
  [[nodiscard]] rules::Shelf made_from(EntryLists& lists, rules::EpochOrder const& feeds);

  rules::Book const first_;
  std::mutex mutex_;
  std::map<UnitId, Kept> kept_;  // guarded by mutex_, as the next
  std::map<std::pair<rules::Book, std::string>, Revision> books_;
};

}  // namespace fieldnode::lists
