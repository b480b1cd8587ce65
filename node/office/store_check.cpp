#include "node/office/store_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "node/db/transaction.h"
#include "node/lists/entry_lists.h"
#include "node/lists/state_digests.h"
#include "node/lists/unit_rules.h"
#include "node/office/city_belief.h"
#include "node/office/deliveries.h"
#include "node/office/listing.h"
#include "node/office/projection.h"
#include "node/office/receipts.h"
#include "node/office/revocation.h"
#include "node/office/rule_state.h"
#include "sync/base/check.h"
#include "sync/wire/signing.h"
#include "sync/wire/state_digest.h"

namespace fieldnode::office {
namespace {

using wire::ListKind;

Refusal receipt_wrong(wire::Receipt const& receipt, std::string_view what) {
  return refuse("receipt_wrong", fmt::format("The receipt that covers act {} {}; restore the data from a backup.",
                                             receipt.journal_seq, what));
}

Result<void> check_receipt(lists::EntryLists& lists, wire::Receipt const& receipt, wire::CityKeyRing const& keys,
                           crypto::SignatureSuite const& suite) {
  auto const* const signer = keys.find(receipt.key_id);
  if (signer == nullptr || !wire::verify_receipt(receipt, suite, signer->key)) {
    return receipt_wrong(receipt, "does not carry the city's signature");
  }
  if (lists.hash_at(ListKind::kJournal, receipt.journal_seq) != receipt.journal_hash) {
    return receipt_wrong(receipt, "names another journal than the one held");
  }
  auto const feed = lists.head(ListKind::kFeed);
  bool const held = feed && feed->list.epoch == receipt.feed_epoch && feed->seq >= receipt.feed_head_seq;
  if (held && lists.hash_at(ListKind::kFeed, receipt.feed_head_seq) != receipt.feed_head_hash) {
    return receipt_wrong(receipt, "names another feed than the one held");
  }
  return {};
}

Result<std::uint64_t> check_receipts(db::Connection& connection, lists::EntryLists& lists,
                                     OfficeIdentity const& identity, crypto::SignatureSuite const& suite) {
  auto receipts = Receipts(connection, identity.journal_epoch).all();
  std::ranges::copy_if(Revocation(connection).receipts(), std::back_inserter(receipts),
                       [&](auto const& aside) { return aside.journal_epoch == identity.journal_epoch; });
  auto const keys = load_belief(connection).keys;
  for (auto const& receipt : receipts) {
    if (auto const right = check_receipt(lists, receipt, keys, suite); !right) return right.error();
  }
  return receipts.size();
}

/// While rows are being made anew by other rules, those that are not done yet are as the rules before say.
std::vector<rules::RuleBook> books_of_rows(db::Connection& connection, rules::RuleShelf const& shelf) {
  std::vector<rules::RuleBook> books{*shelf.current()};
  auto const state = load_rule_state(connection, shelf);
  if (state.follows(shelf)) return books;
  books.push_back(rules::recalled(shelf, state.made_by.policy, state.made_by.calendar));
  if (!state.target.empty()) books.push_back(rules::recalled(shelf, state.target.policy, state.target.calendar));
  return books;
}

/// Both ways: every assignment of the lists has its row, and there is no row beside them.
Result<std::uint64_t> check_projection(db::Connection& connection, lists::EntryLists& lists,
                                       OfficeIdentity const& identity, rules::UnitState const& replayed,
                                       rules::RuleShelf const& shelf) {
  Projection projection(connection);
  auto const books = books_of_rows(connection, shelf);
  std::uint64_t rows = 0;
  for (auto const& [id, state] : replayed.assignments) {
    auto const delivered_at = Deliveries(connection).of(id);
    auto const held = projection.find(id);
    auto const fits = [&](rules::RuleBook const& book) {
      if (state.dispatched_by.seq == 0) return !held.has_value();
      return held == project(lists, identity.journal_epoch, state, book, delivered_at);
    };
    if (lists.fold(id) != state || std::ranges::none_of(books, fits)) {
      return refuse("projection_differs",
                    fmt::format("The list's row of assignment {} is not what its entries say.", id.value));
    }
    if (held) ++rows;
  }
  if (auto const held = projection.ids().size(); held != rows) {
    return refuse("projection_differs",
                  fmt::format("The list has {} rows, the entries make {} assignments.", held, rows));
  }
  if (auto const id = lists::StateDigests(connection, lists, identity.unit).first_wrong(replayed)) {
    return refuse("projection_differs",
                  fmt::format("The kept digest of assignment {} is not that of its entries.", id.value));
  }
  if (!Listing(connection).counts_are_right()) {
    return refuse("projection_differs", "The kept numbers of assignments are not those of the list's rows.");
  }
  return rows;
}

}  // namespace

Result<CheckedStore> check_store(db::Connection& connection, lists::ContactVault& vault, OfficeIdentity const& identity,
                                 crypto::SignatureSuite const& suite, rules::RuleBook const& first) {
  db::Snapshot const one_view(connection);
  lists::EntryLists lists(connection, vault, identity.unit);
  if (auto const sound = lists.verify(); !sound) return sound.error();
  auto const receipts = check_receipts(connection, lists, identity, suite);
  if (!receipts) return receipts.error();
  auto const replayed = lists.replay(std::nullopt, std::nullopt);
  auto const rules = lists::UnitRules(first).on(connection, vault, identity.unit);
  auto const rows = check_projection(connection, lists, identity, replayed, *rules);
  if (!rows) return rows.error();

  CheckedStore checked{.receipts = *receipts, .digest = wire::state_digest(replayed, *rules)};
  auto const journal = lists.head(ListKind::kJournal);
  check(journal.has_value(), "an enrolled node has a journal");
  checked.journal = *journal;
  checked.feed = lists.head(ListKind::kFeed).value_or(engine::ListHead{});
  Receipts held(connection, identity.journal_epoch);
  checked.covered = held.covered_seq();
  checked.settled = held.settled_seq({checked.feed.list.epoch, checked.feed.seq});
  checked.assignments = *rows;
  return checked;
}

}  // namespace fieldnode::office
