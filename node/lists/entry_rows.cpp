#include "node/lists/entry_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace fieldnode::lists {
namespace {

std::int64_t number_of(rules::EntryKind kind) { return static_cast<std::int64_t>(kind); }

Result<void> require_same_columns(rules::Skeleton const& skeleton, db::Row const& row) {
  if (skeleton.assignment == row.get<AssignmentId>(1) && number_of(skeleton.kind) == row.get<std::int64_t>(2) &&
      skeleton.number == row.get<std::uint64_t>(3)) {
    return {};
  }
  return refuse("malformed_entry",
                "The row's assignment, kind or number is not what the entry's skeleton says: restore the last backup "
                "that verifies.");
}

}  // namespace

std::string place_of(wire::ListName const& list, std::uint64_t seq) {
  auto const kind = list.kind == wire::ListKind::kFeed ? "feed" : "journal";
  return fmt::format("entry {} of the {} {:016x} of unit {}", seq, kind, list.epoch.value, list.unit.value);
}

rules::Skeleton require_skeleton(wire::ListName const& list, std::uint64_t seq, BytesView bytes) {
  auto skeleton = wire::decode_skeleton(bytes);
  if (skeleton) return *std::move(skeleton);
  throw BrokenWorld(fmt::format("{}: {}", place_of(list, seq), skeleton.error().sentence));
}

std::optional<wire::SaltKeys> require_keys(ListRow const& list, StoredEntry const& entry) {
  auto const keys = wire::own_keys(list.head.list.kind, entry.at.seq, entry.skeleton.kind, entry.entry);
  if (keys) return *keys;
  throw BrokenWorld(fmt::format("{}: {}", place_of(list.head.list, entry.at.seq), keys.error().sentence));
}

void EntryRows::remove_after(ListRow const& list, std::uint64_t seq) {
  connection_.prepare("DELETE FROM entry WHERE list = :list AND seq > :seq")
      .bind(":list", list.id)
      .bind(":seq", seq)
      .run();
}

void EntryRows::insert(ListRow const& list, StoredEntry const& entry) {
  auto const assignment = entry.skeleton.assignment;
  connection_
      .prepare(
          "INSERT INTO entry (list, seq, assignment, kind, number, leaf, hash, skeleton, body, contact)"
          " VALUES (:list, :seq, :assignment, :kind, :number, :leaf, :hash, :skeleton, :body, :contact)")
      .bind(":list", list.id)
      .bind(":seq", entry.at.seq)
      .bind(":assignment", assignment)
      .bind(":kind", number_of(entry.skeleton.kind))
      .bind(":number", entry.skeleton.number)
      .bind(":leaf", entry.leaf)
      .bind(":hash", entry.hash)
      .bind(":skeleton", entry.entry.skeleton)
      .bind(":body", SealedParts::body_column(entry.entry.body))
      .bind(":contact", parts_.contact_column(assignment, entry.entry.contact))
      .run();
}

void EntryRows::place(ListRow const& list, std::uint64_t seq, Hash const& hash) {
  connection_.prepare("UPDATE entry SET hash = :hash WHERE list = :list AND seq = :seq")
      .bind(":hash", hash)
      .bind(":list", list.id)
      .bind(":seq", seq)
      .run();
}

void EntryRows::replace_parts(ListRow const& list, StoredEntry const& entry) {
  connection_.prepare("UPDATE entry SET body = :body, contact = :contact WHERE list = :list AND seq = :seq")
      .bind(":body", SealedParts::body_column(entry.entry.body))
      .bind(":contact", parts_.contact_column(entry.skeleton.assignment, entry.entry.contact))
      .bind(":list", list.id)
      .bind(":seq", entry.at.seq)
      .run();
}

db::Statement EntryRows::after(ListRow const& list, std::uint64_t seq) {
  auto select = connection_.prepare(
      "SELECT seq, assignment, kind, number, leaf, hash, skeleton, body, contact FROM entry"
      " WHERE list = :list AND seq > :seq ORDER BY seq");
  select.bind(":list", list.id).bind(":seq", seq);
  return select;
}

db::Statement EntryRows::on(ListRow const& list, AssignmentId assignment) {
  auto select = connection_.prepare(
      "SELECT seq, assignment, kind, number, leaf, hash, skeleton, body, contact FROM entry"
      " WHERE assignment = :assignment AND list = :list ORDER BY seq");
  select.bind(":assignment", assignment).bind(":list", list.id);
  return select;
}

/// The end of a live list is greater than what SQLite counts to.
db::Statement EntryRows::assignments_between(ListRow const& list, std::uint64_t after, std::uint64_t upto) {
  constexpr std::uint64_t kMost = std::numeric_limits<std::int64_t>::max();
  auto select = connection_.prepare(
      "SELECT DISTINCT assignment FROM entry WHERE list = :list AND seq > :after AND seq <= :upto AND assignment <> 0");
  select.bind(":list", list.id).bind(":after", std::min(after, kMost)).bind(":upto", std::min(upto, kMost));
  return select;
}

db::Statement EntryRows::unit_wide(ListRow const& list, rules::EntryKind kind) {
  auto select = connection_.prepare(
      "SELECT seq, assignment, kind, number, leaf, hash, skeleton, body, contact FROM entry"
      " WHERE assignment = 0 AND list = :list AND kind = :kind ORDER BY seq");
  select.bind(":list", list.id).bind(":kind", number_of(kind));
  return select;
}

/// 84 policy, 85 calendar: as literals, so that SQLite sees that the partial index `entry_rules` fits.
db::Statement EntryRows::published_rules(ListRow const& list) {
  auto select = connection_.prepare(
      "SELECT seq, assignment, kind, number, leaf, hash, skeleton, body, contact FROM entry"
      " WHERE list = :list AND assignment = 0 AND kind IN (84, 85) ORDER BY seq");
  select.bind(":list", list.id);
  return select;
}

std::optional<std::pair<std::uint64_t, Hash>> EntryRows::last_rule(ListRow const& list) {
  auto select = connection_.prepare(
      "SELECT seq, hash FROM entry WHERE list = :list AND assignment = 0 AND kind IN (84, 85)"
      " ORDER BY seq DESC LIMIT 1");
  auto const row = select.bind(":list", list.id).next();
  if (!row) return std::nullopt;
  return std::pair(row->get<std::uint64_t>(0), row->get<Hash>(1));
}

db::Statement EntryRows::last_unit_wide(ListRow const& list, std::size_t most) {
  auto select = connection_.prepare(
      "SELECT seq, assignment, kind, number, leaf, hash, skeleton, body, contact FROM entry"
      " WHERE assignment = 0 AND list = :list ORDER BY seq DESC LIMIT :most");
  select.bind(":list", list.id).bind(":most", std::uint64_t{most});
  return select;
}

db::Statement EntryRows::skeletons_on(ListRow const& list, AssignmentId assignment) {
  auto select = connection_.prepare(
      "SELECT seq, skeleton FROM entry WHERE assignment = :assignment AND list = :list ORDER BY seq");
  select.bind(":assignment", assignment).bind(":list", list.id);
  return select;
}

db::Statement EntryRows::skeletons_after(ListRow const& list, std::uint64_t seq, std::size_t most) {
  auto select =
      connection_.prepare("SELECT seq, skeleton FROM entry WHERE list = :list AND seq > :seq ORDER BY seq LIMIT :most");
  select.bind(":list", list.id).bind(":seq", seq).bind(":most", std::uint64_t{most});
  return select;
}

std::optional<rules::Skeleton> EntryRows::skeleton_at(ListRow const& list, std::uint64_t seq) {
  auto const bytes = connection_.prepare("SELECT skeleton FROM entry WHERE list = :list AND seq = :seq")
                         .bind(":list", list.id)
                         .bind(":seq", seq)
                         .maybe<Bytes>();
  if (!bytes) return std::nullopt;
  return require_skeleton(list.head.list, seq, *bytes);
}

Result<StoredEntry> EntryRows::read(ListRow const& list, db::Row const& row) {
  StoredEntry entry;
  entry.at = {list.head.list.epoch, row.get<std::uint64_t>(0)};
  entry.leaf = row.get<Hash>(4);
  entry.hash = row.get<Hash>(5);
  entry.entry.skeleton = row.get<Bytes>(6);
  auto skeleton = wire::decode_skeleton(entry.entry.skeleton);
  if (!skeleton) return skeleton.error();
  if (auto const same = require_same_columns(*skeleton, row); !same) return same.error();
  auto body = SealedParts::body_of(row.get<std::optional<BytesView>>(7));
  if (!body) return body.error();
  auto contact = parts_.contact_of(skeleton->assignment, row.get<std::optional<BytesView>>(8));
  if (!contact) return contact.error();
  entry.skeleton = *std::move(skeleton);
  entry.entry.body = *std::move(body);
  entry.entry.contact = *std::move(contact);
  return entry;
}

StoredEntry EntryRows::require(ListRow const& list, db::Row const& row) {
  auto entry = read(list, row);
  if (entry) return *std::move(entry);
  throw BrokenWorld(fmt::format("{}: {}", place_of(list.head.list, row.get<std::uint64_t>(0)), entry.error().sentence));
}

std::optional<Hash> EntryRows::leaf_at(ListRow const& list, std::uint64_t seq) {
  auto select = connection_.prepare("SELECT leaf FROM entry WHERE list = :list AND seq = :seq");
  return select.bind(":list", list.id).bind(":seq", seq).maybe<Hash>();
}

db::Statement EntryRows::ahead(ListRow const& list) {
  auto select = connection_.prepare("SELECT seq FROM entry WHERE list = :list AND seq > :head ORDER BY seq");
  select.bind(":list", list.id).bind(":head", list.head.seq);
  return select;
}

std::optional<std::uint64_t> EntryRows::last_ahead(ListRow const& list, AssignmentId assignment) {
  return connection_
      .prepare(
          "SELECT max(seq) FROM entry WHERE list = :list AND seq > :head AND assignment IN (0, :assignment)"
          " AND EXISTS (SELECT 1 FROM entry WHERE list = :list AND seq > :head AND assignment = :assignment)")
      .bind(":list", list.id)
      .bind(":head", list.head.seq)
      .bind(":assignment", assignment)
      .one<std::optional<std::uint64_t>>();
}

std::optional<Hash> EntryRows::hash_at(ListRow const& list, std::uint64_t seq) {
  auto select = connection_.prepare("SELECT hash FROM entry WHERE list = :list AND seq = :seq");
  return select.bind(":list", list.id).bind(":seq", seq).maybe<Hash>();
}

std::optional<std::uint64_t> EntryRows::last_number(ListRow const& list, AssignmentId assignment) {
  auto select = connection_.prepare(
      "SELECT number FROM entry WHERE assignment = :assignment AND list = :list ORDER BY seq DESC LIMIT 1");
  return select.bind(":assignment", assignment).bind(":list", list.id).maybe<std::uint64_t>();
}

std::optional<wire::SaltKeys> EntryRows::opening_keys(ListRow const& list) {
  auto select = after(list, 0);
  auto const row = select.next();
  if (!row) return std::nullopt;
  return require_keys(list, require(list, *row));
}

std::optional<BroughtKeys> EntryRows::keys_on(ListRow const& feed, AssignmentId assignment) {
  auto select = connection_.prepare(
      "SELECT seq, assignment, kind, number, leaf, hash, skeleton, body, contact FROM entry"
      " WHERE assignment = :assignment AND list = :list AND kind IN (:dispatch, :redact) ORDER BY seq");
  select.bind(":assignment", assignment)
      .bind(":list", feed.id)
      .bind(":dispatch", number_of(rules::EntryKind::kDispatch))
      .bind(":redact", number_of(rules::EntryKind::kRedact));
  for (auto const row : select) {
    auto const entry = require(feed, row);
    if (auto const keys = require_keys(feed, entry)) return BroughtKeys{*keys, entry.skeleton.kind};
  }
  return std::nullopt;
}

}  // namespace fieldnode::lists
