#include "tests/unit/lists/lists_world.h"

#include <gtest/gtest.h>

#include <array>

#include "node/db/migrations.h"
#include "schema_files.h"

namespace fieldnode::lists {

using rules::EntryKind;
using wire::ListKind;

void migrate_lists(db::Connection& connection) {
  std::array const migrations{
      db::Migration{1, "lists", schema::embedded_file("migrations/lists/001_lists.sql").value()},
      db::Migration{2, "named blobs", schema::embedded_file("migrations/lists/002_named_blobs.sql").value()}};
  ASSERT_TRUE(db::migrate(connection, migrations));
}

db::Connection migrated_in_memory() {
  auto connection = db::Connection::open_in_memory();
  migrate_lists(connection);
  return connection;
}

End::End(std::uint64_t seed, UnitId unit)
    : connection(migrated_in_memory()),
      chance(seed),
      vault(crypto::make_seal_key(chance), chance),
      lists(connection, vault, unit) {}

wire::SaltKeys keys_from(Random& random) {
  wire::SaltKeys keys;
  random.fill(keys.body);
  random.fill(keys.contact);
  return keys;
}

NewEntry new_entry(EntryKind kind, AssignmentId assignment, rules::Payload payload) {
  NewEntry entry;
  entry.skeleton.kind = kind;
  entry.skeleton.assignment = assignment;
  entry.skeleton.payload = std::move(payload);
  return entry;
}

NewEntry dispatch_of(AssignmentId assignment, Random& random) {
  auto entry = new_entry(EntryKind::kDispatch, assignment,
                         rules::Dispatch{.case_id = CaseId{assignment.value + 1000},
                                         .category = rules::Category::kA2,
                                         .kind = rules::CaseKind::kComplaint,
                                         .limits = {}});
  entry.body.texts = {{wire::TextTag::kTitle, "路灯不亮"}, {wire::TextTag::kText, "Since Monday the lamp is dark."}};
  entry.contact.fields = {{wire::ContactTag::kName, "王小明"}, {wire::ContactTag::kTelephone, "13800001234"}};
  entry.contact.keys = keys_from(random);
  return entry;
}

NewEntry contact_with(AssignmentId assignment, std::string note) {
  auto entry = new_entry(
      EntryKind::kContact, assignment,
      rules::Contact{
          .channel = rules::Channel::kTelephone, .outcome = rules::ContactOutcome::kReached, .completes = {}});
  entry.body.texts = {{wire::TextTag::kNote, std::move(note)}};
  entry.contact.fields = {{wire::ContactTag::kNumberUsed, "13800001234"}};
  return entry;
}

StoredEntry append(EntryLists& lists, ListKind kind, NewEntry entry) {
  auto stored = lists.append(kind, std::move(entry));
  EXPECT_TRUE(stored) << (stored ? "" : stored.error().sentence);
  return stored.value();
}

StoredEntry receive(EntryLists& to, ListKind kind, wire::EncodedEntry const& bytes) {
  auto const head = to.head(kind).value();
  StoredEntry entry{{head.list.epoch, head.seq + 1}, {}, {}, wire::decode_skeleton(bytes.skeleton).value(), bytes};
  auto const own = wire::own_keys(kind, entry.at.seq, entry.skeleton.kind, bytes).value();
  auto const keys = own ? own : to.keys_of(kind, entry.skeleton.assignment);
  entry.leaf = wire::leaf_of(bytes, head.list, entry.at.seq, keys).value();
  entry.hash = wire::chain_next(head.hash, entry.leaf);
  to.append_received(kind, entry);
  return entry;
}

TwoEnds::TwoEnds() {
  for (auto* end : {&office, &centre}) {
    end->lists.open(kJournal);
    end->lists.open(kFeed);
  }
  auto feed = new_entry(EntryKind::kFeedOpening, {}, rules::Opening{});
  feed.contact.keys = keys_from(centre.chance);
  say(ListKind::kFeed, std::move(feed));
  auto journal = new_entry(EntryKind::kJournalOpening, {}, rules::Opening{});
  journal.contact.keys = keys_from(office.chance);
  say(ListKind::kJournal, std::move(journal));
}

StoredEntry TwoEnds::say(ListKind kind, NewEntry entry) {
  auto& from = kind == ListKind::kFeed ? centre : office;
  auto& to = kind == ListKind::kFeed ? office : centre;
  auto stored = append(from.lists, kind, based(kind, std::move(entry)));
  auto const sent = from.lists.after(kind, stored.at.seq - 1, 1).at(0);
  EXPECT_EQ(sent, stored.entry);
  EXPECT_EQ(receive(to.lists, kind, sent), stored);
  return stored;
}

NewEntry TwoEnds::based(ListKind kind, NewEntry entry) {
  auto& end = kind == ListKind::kFeed ? centre : office;
  auto const other = end.lists.head(kind == ListKind::kFeed ? ListKind::kJournal : ListKind::kFeed).value();
  entry.skeleton.basis = {other.list.epoch, other.seq};
  at_ms += 60'000;
  entry.skeleton.time = rules::central_time(utc_from_ms(at_ms));
  if (kind == ListKind::kJournal) entry.skeleton.time.clock_class = rules::ClockClass::kAnchored;
  return entry;
}

void TwoEnds::handle(AssignmentId assignment) {
  say(ListKind::kFeed, dispatch_of(assignment, centre.chance));
  say(ListKind::kJournal, new_entry(EntryKind::kAcknowledgement, assignment, rules::Acknowledgement{}));
  say(ListKind::kJournal, contact_with(assignment, "The citizen wants the lamp back by Friday."));
  say(ListKind::kFeed, new_entry(EntryKind::kSupervisionNote, assignment,
                                 rules::SupervisionNote{.ground = rules::SupervisionGround::kSlowData, .veto = false}));
  auto resolution = new_entry(
      EntryKind::kResolution, assignment,
      rules::Resolution{.verified = rules::Degree::kYes, .beyond_duty = false, .solved = rules::Degree::kYes});
  resolution.body.texts = {{wire::TextTag::kPublicAnswer, "The lamp was replaced."}};
  say(ListKind::kJournal, std::move(resolution));
}

}  // namespace fieldnode::lists
