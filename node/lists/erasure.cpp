#include <fmt/format.h>

#include "node/lists/entry_lists.h"

/// What retention and redaction do to stored entries. Both write the salts of what stays out beside it first, so that
/// every leaf can still be computed when the keys are gone.
namespace fieldnode::lists {
namespace {

using wire::ListKind;

/// Shape: every part that is not empty has its salt or its inner hash beside it, so that no keys are needed.
void erase(StoredEntry& entry, wire::Erase what, wire::ListName const& list) {
  auto erased = wire::erased(entry.entry, what, list, entry.at.seq, std::nullopt);
  if (!erased) throw BrokenWorld(fmt::format("{}: {}", place_of(list, entry.at.seq), erased.error().sentence));
  entry.entry = *std::move(erased);
}

wire::EncodedEntry salted(ListRow const& list, StoredEntry const& entry, std::optional<wire::SaltKeys> const& keys) {
  auto done = wire::with_salts(entry.entry, list.head.list, entry.at.seq, keys);
  if (!done) throw BrokenWorld(fmt::format("{}: {}", place_of(list.head.list, entry.at.seq), done.error().sentence));
  return *std::move(done);
}

}  // namespace

std::vector<EntryLists::Held> EntryLists::with_salts(AssignmentId assignment) {
  std::vector<Held> held;
  for (auto const kind : {ListKind::kFeed, ListKind::kJournal}) {
    for (auto const& list : register_.all(kind)) {
      auto select = rows_.on(list, assignment);
      for (auto const row : select) held.push_back({list, rows_.require(list, row)});
    }
  }
  // A feed's entries behind a redact are salted with the keys that it brought, whatever older ones are still there:
  // they may be held ahead, before it is applied.
  std::optional<wire::SaltKeys> brought;
  for (auto& [list, entry] : held) {
    auto const in_feed = list.head.list.kind == ListKind::kFeed;
    auto const own = require_keys(list, entry);
    if (own && in_feed && (!brought || entry.skeleton.kind == rules::EntryKind::kRedact)) brought = own;
    auto const keys = own ? own : in_feed && brought ? brought : salting_of(list, assignment).keys;
    if (keys) entry.entry = salted(list, entry, keys);
  }
  return held;
}

void EntryLists::write_out_salts(AssignmentId assignment) {
  for (auto const& [list, entry] : with_salts(assignment)) {
    if (list.head.list.kind == ListKind::kJournal) rows_.replace_parts(list, entry);
  }
}

void EntryLists::erase_contacts(AssignmentId assignment) {
  for (auto& [list, entry] : with_salts(assignment)) {
    erase(entry, {.body = false, .contact = true}, list.head.list);
    rows_.replace_parts(list, entry);
  }
  vault_.destroy(connection_, unit_, assignment);
}

Result<void> EntryLists::apply_redact(Position at) {
  auto const redact = entry_at(ListKind::kFeed, at);
  auto const* order = redact ? std::get_if<rules::Redact>(&redact->skeleton.payload) : nullptr;
  if (order == nullptr) {
    return refuse("no_such_redact",
                  fmt::format("Entry {} of the feed {:016x} is no redact that is held here.", at.seq, at.epoch.value));
  }
  auto const kind = order->in_journal ? ListKind::kJournal : ListKind::kFeed;
  auto const assignment = redact->skeleton.assignment;
  bool found = false;
  bool before_redact = true;
  for (auto& [list, entry] : with_salts(assignment)) {
    auto const in_feed = list.head.list.kind == ListKind::kFeed;
    if (in_feed && entry.at == at) {
      before_redact = false;
      continue;
    }
    auto const is_target = list.head.list.kind == kind && entry.at == order->target;
    auto const is_old_key =
        in_feed && before_redact && assignment && wire::brings_keys(ListKind::kFeed, entry.at.seq, entry.skeleton.kind);
    erase(entry, {.body = is_target, .contact = is_old_key}, list.head.list);
    if (is_target) names_.forget(list, entry.at.seq);
    rows_.replace_parts(list, entry);
    found = found || is_target;
  }
  if (found) return {};
  return refuse("redact_target_missing",
                fmt::format("Entry {} of the feed {:016x} redacts an entry that is not held here on the same "
                            "assignment; it is to be applied again when that entry has come.",
                            at.seq, at.epoch.value));
}

}  // namespace fieldnode::lists
