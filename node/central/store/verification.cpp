#include "node/central/store/verification.h"

#include <fmt/format.h>

#include <limits>

#include "node/central/store/aside_rows.h"
#include "node/central/store/assignment_rows.h"
#include "node/central/store/case_state.h"
#include "node/central/store/receipt_rows.h"
#include "node/central/store/rule_rows.h"
#include "node/central/store/unit_rows.h"
#include "node/lists/entry_lists.h"
#include "node/lists/rule_entries.h"
#include "node/lists/state_digests.h"
#include "sync/wire/state_digest.h"

namespace fieldnode::central {
namespace {

using wire::ListKind;

Refusal projection_differs(UnitRecord const& unit, AssignmentId id, std::string_view how) {
  return refuse(
      "projection_differs",
      fmt::format("Unit {}, assignment {}: {}. The lists are sound; stop the service and restore a backup, or "
                  "ask for the projection to be made again.",
                  unit.code, id.value, how));
}

Refusal receipt_differs(UnitRecord const& unit, wire::Receipt const& receipt, std::string_view how) {
  return refuse(
      "receipt_differs",
      fmt::format("Unit {}, the receipt over act {} of node {}: {}. What was signed is no longer what is held: "
                  "restore a backup.",
                  unit.code, receipt.journal_seq, receipt.node.value, how));
}

/// The chain's hash at a place of any list of the unit, not only the newest.
std::optional<Hash> hash_at(lists::EntryLists& lists, wire::ListName const& list, std::uint64_t seq) {
  if (seq == 0) return wire::chain_start(list);
  auto const entry = lists.entry_at(list.kind, {list.epoch, seq});
  if (!entry) return std::nullopt;
  return entry->hash;
}

}  // namespace

Result<Verification> Verifier::run() {
  for (auto const& unit : UnitRows(connection_).all()) {
    if (auto const sound = check_unit(unit); !sound) return sound.error();
  }
  if (auto const sound = check_case_states(); !sound) return sound.error();
  return done_;
}

Result<void> Verifier::check_unit(UnitRecord const& unit) {
  lists::EntryLists lists(connection_, vault_, unit.id);
  if (auto const sound = lists.verify(); !sound) {
    return refuse(sound.error().code, fmt::format("Unit {}: {}", unit.code, sound.error().sentence));
  }
  if (auto const sound = AsideRows(connection_, vault_, unit.id).verify(); !sound) {
    return refuse(sound.error().code, fmt::format("Unit {}: {}", unit.code, sound.error().sentence));
  }
  auto const replayed = lists.replay({}, {});
  if (auto const sound = check_rules(unit); !sound) return sound;
  if (auto const sound = check_projection(unit, replayed); !sound) return sound;
  if (auto const sound = check_receipts(unit); !sound) return sound;
  if (auto const id = lists::StateDigests(connection_, lists, unit.id).first_wrong(replayed)) {
    return projection_differs(unit, id, "the kept digest is not that of its entries");
  }
  auto const head_of = [&](ListKind kind) {
    auto const head = lists.head(kind);
    return head ? Position{head->list.epoch, head->seq} : Position{};
  };
  UnitDigest const digest{.code = unit.code,
                          .feed = head_of(ListKind::kFeed),
                          .journal = head_of(ListKind::kJournal),
                          .digest = wire::state_digest(replayed, *rules_.on(connection_, vault_, unit.id))};
  done_.entries += digest.feed.seq + digest.journal.seq;
  done_.units.push_back(digest);
  return {};
}

/// A unit's feed brings what the city has published, in its order; the last ones may still be on their way.
Result<void> Verifier::check_rules(UnitRecord const& unit) {
  auto const published = RuleRows(connection_, rules_).published();
  auto const brought = lists::EntryLists(connection_, vault_, unit.id).published_rules();
  for (std::size_t i = 0; i < brought.size(); ++i) {
    bool const same = i < published.size() && brought[i].skeleton.kind == published[i].text.kind &&
                      lists::document_of(brought[i]) == published[i].text.document;
    if (same) continue;
    return refuse(
        "projection_differs",
        fmt::format("Unit {}, entry {} of its feed brings another policy or calendar than the city published. "
                    "The lists are sound; restore a backup.",
                    unit.code, brought[i].at.seq));
  }
  return {};
}

Result<void> Verifier::check_projection(UnitRecord const& unit, rules::UnitState const& replayed) {
  constexpr auto kAll = std::numeric_limits<std::int64_t>::max();
  auto const rows = AssignmentRows(connection_).of_unit(unit.id, {}, kAll);
  std::size_t dispatched = 0;
  for (auto const& [id, state] : replayed.assignments) dispatched += state.dispatched_by.seq != 0 ? 1 : 0;
  for (auto const& row : rows) {
    auto const state = replayed.assignments.find(row.id);
    if (state == replayed.assignments.end()) return projection_differs(unit, row.id, "the lists do not have it");
    if (project(unit.id, state->second) != row) {
      return projection_differs(unit, row.id, "its line is not what its entries say");
    }
  }
  if (rows.size() != dispatched) {
    return projection_differs(unit, {}, fmt::format("{} were dispatched, {} have a line", dispatched, rows.size()));
  }
  done_.assignments += rows.size();
  return {};
}

Result<void> Verifier::check_receipts(UnitRecord const& unit) {
  lists::EntryLists lists(connection_, vault_, unit.id);
  ReceiptRows receipts(connection_, unit.id);
  auto nodes = connection_.prepare("SELECT id FROM node WHERE unit = :unit ORDER BY id");
  std::vector<NodeId> ids;
  for (db::Row const row : nodes.bind(":unit", unit.id)) ids.push_back(row.get<NodeId>(0));
  for (auto const node : ids) {
    for (auto const& receipt : receipts.covering(node)) {
      wire::ListName const journal{ListKind::kJournal, unit.id, node, receipt.journal_epoch};
      wire::ListName const feed{ListKind::kFeed, unit.id, {}, receipt.feed_epoch};
      if (hash_at(lists, journal, receipt.journal_seq) != receipt.journal_hash) {
        return receipt_differs(unit, receipt, "the journal has another hash there");
      }
      if (hash_at(lists, feed, receipt.feed_head_seq) != receipt.feed_head_hash) {
        return receipt_differs(unit, receipt, "the feed has another hash there");
      }
      ++done_.receipts;
    }
  }
  return {};
}

Result<void> Verifier::check_case_states() {
  auto const wrong = find_wrong_state(connection_);
  if (!wrong) return {};
  return refuse("projection_differs",
                fmt::format("Case {} is not in the state that its assignments and its intake say.", wrong->value));
}

}  // namespace fieldnode::central
