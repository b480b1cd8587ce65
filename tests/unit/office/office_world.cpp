#include "tests/unit/office/office_world.h"

#include <gtest/gtest.h>

#include "node/office/schema.h"
#include "sync/wire/signing.h"

namespace fieldnode::office {

using rules::EntryKind;
using wire::ListKind;

db::Connection migrated_in_memory() {
  auto connection = db::Connection::open_in_memory();
  EXPECT_TRUE(db::migrate(connection, migrations()));
  return connection;
}

FeedWriter::FeedWriter(Random& random)
    : random_(random),
      writer_(migrated_in_memory()),
      vault_(crypto::make_seal_key(random), random),
      lists_(writer_.connection(), vault_, kUnit) {
  lists_.open(kFeed);
  opening();
}

void FeedWriter::opening() {
  lists::NewEntry opening;
  opening.skeleton.kind = EntryKind::kFeedOpening;
  opening.skeleton.payload = rules::Opening{};
  opening.contact.keys.emplace();
  random_.fill(opening.contact.keys->body);
  random_.fill(opening.contact.keys->contact);
  EXPECT_TRUE(lists_.append(ListKind::kFeed, std::move(opening)));
}

void FeedWriter::dispatch(AssignmentId assignment, UtcTime at, std::string title) {
  append_dispatch(assignment, {.category = rules::Category::kA2, .kind = rules::CaseKind::kComplaint}, at,
                  std::move(title));
}

void FeedWriter::dispatch_confidential(AssignmentId assignment, UtcTime at, std::string title) {
  append_dispatch(assignment,
                  {.category = rules::Category::kA5, .kind = rules::CaseKind::kReport, .confidential = true}, at,
                  std::move(title));
}

void FeedWriter::append_dispatch(AssignmentId assignment, rules::Dispatch const& fields, UtcTime at,
                                 std::string title) {
  lists::NewEntry entry;
  entry.skeleton.kind = EntryKind::kDispatch;
  entry.skeleton.assignment = assignment;
  entry.skeleton.time = rules::central_time(at);
  auto dispatch = fields;
  dispatch.case_id = CaseId{assignment.value + 1000};
  entry.skeleton.payload = std::move(dispatch);
  entry.body.texts = {{wire::TextTag::kNumber, "2026-" + std::to_string(assignment.value)},
                      {wire::TextTag::kTitle, std::move(title)},
                      {wire::TextTag::kPlace, "幸福路 8 号"}};
  entry.contact.fields = {{wire::ContactTag::kName, "王小明"}, {wire::ContactTag::kTelephone, "13800001234"}};
  entry.contact.keys.emplace();
  random_.fill(entry.contact.keys->body);
  random_.fill(entry.contact.keys->contact);
  EXPECT_TRUE(lists_.append(ListKind::kFeed, std::move(entry)));
}

void FeedWriter::entry(EntryKind kind, AssignmentId assignment, rules::Payload payload, UtcTime at, Position basis) {
  lists::NewEntry entry;
  entry.skeleton.kind = kind;
  entry.skeleton.assignment = assignment;
  entry.skeleton.time = rules::central_time(at);
  entry.skeleton.basis = basis;
  entry.skeleton.payload = std::move(payload);
  EXPECT_TRUE(lists_.append(ListKind::kFeed, std::move(entry)));
}

void FeedWriter::publish(EntryKind kind, std::string version, std::string document, UtcTime at) {
  lists::NewEntry entry;
  entry.skeleton.kind = kind;
  entry.skeleton.time = rules::central_time(at);
  if (kind == EntryKind::kPolicy) entry.skeleton.payload = rules::PolicyVersion{std::move(version)};
  if (kind == EntryKind::kCalendar) entry.skeleton.payload = rules::CalendarVersion{std::move(version), {}};
  entry.body.texts = {{wire::TextTag::kDocument, std::move(document)}};
  EXPECT_TRUE(lists_.append(ListKind::kFeed, std::move(entry)));
}

void FeedWriter::append(wire::EncodedEntry bytes) {
  auto const end = head();
  lists::StoredEntry entry{
      {end.list.epoch, end.seq + 1}, {}, {}, wire::decode_skeleton(bytes.skeleton).value(), std::move(bytes)};
  auto const own = wire::own_keys(ListKind::kFeed, entry.at.seq, entry.skeleton.kind, entry.entry).value();
  auto const keys = own ? own : lists_.keys_of(ListKind::kFeed, entry.skeleton.assignment);
  entry.leaf = wire::leaf_of(entry.entry, end.list, entry.at.seq, keys).value();
  entry.hash = wire::chain_next(end.hash, entry.leaf);
  lists_.append_received(ListKind::kFeed, entry);
}

engine::ListHead FeedWriter::head() { return lists_.head(ListKind::kFeed).value(); }

std::vector<engine::FeedArrival> FeedWriter::arrivals(std::uint64_t seq, std::uint64_t upto) {
  std::vector<engine::FeedArrival> arrivals;
  for (++seq; seq <= upto; ++seq) {
    auto stored = lists_.entry_at(ListKind::kFeed, {kFeed.epoch, seq}).value();
    arrivals.push_back({seq, stored.leaf, stored.hash, stored.skeleton, stored.entry});
  }
  return arrivals;
}

namespace {

crypto::PublicKey made_key() {
  SeededRandom random{815};
  return crypto::simulated_suite()->make_keys(random).public_key;
}

/// The simulated suite's secret begins with the public key and keeps nothing.
crypto::SecretKey simulated_secret(crypto::PublicKey const& key) {
  crypto::SecretKey secret{};
  std::ranges::copy(key, secret.begin());
  return secret;
}

}  // namespace

OfficeWorld::OfficeWorld() : OfficeWorld(made_key()) {}

OfficeWorld::OfficeWorld(crypto::PublicKey const& key)
    : city{.public_key = key, .secret_key = simulated_secret(key)},
      identity{.unit = kUnit,
               .unit_code = "BH",
               .unit_name = "滨河街道办事处",
               .city = "示范市",
               .node = kNode,
               .journal_epoch = kJournalEpoch,
               .centre = "https://centre.example:8440",
               .city_key_id = 3,
               .city_key = city.public_key} {
  EXPECT_TRUE(OfficeStore::found(writer, vault, random, identity, stamp()));
  store = std::make_unique<OfficeStore>(writer, *readers, vault, book, identity);
}

Stamp OfficeWorld::stamp() {
  auto const evidence = time.now();
  return {evidence, time.state()};
}

NewAct OfficeWorld::act(EntryKind kind, AssignmentId assignment, rules::Payload payload) {
  NewAct act{.act_id = "act-" + std::to_string(++acts_made),
             .assignment = assignment,
             .staff = StaffId{7},
             .kind = kind,
             .payload = std::move(payload)};
  act.content.fill(static_cast<std::uint8_t>(acts_made));
  return act;
}

NewAct OfficeWorld::acknowledgement(AssignmentId assignment) {
  return act(EntryKind::kAcknowledgement, assignment, rules::Acknowledgement{});
}

NewAct OfficeWorld::reached(AssignmentId assignment) {
  auto contact = act(EntryKind::kContact, assignment,
                     rules::Contact{rules::Channel::kTelephone, rules::ContactOutcome::kReached, std::nullopt});
  contact.body.texts = {{wire::TextTag::kNote, "The citizen wants the lamp back by Friday."}};
  contact.contact.fields = {{wire::ContactTag::kNumberUsed, "13800001234"}};
  return contact;
}

engine::SettledExchange OfficeWorld::reply(std::uint64_t journal_seq, std::uint64_t upto) {
  auto const head = feed.head();
  auto const held = store->snapshot().feed;
  auto entries = feed.arrivals(held.seq, upto == 0 ? head.seq : upto);
  wire::Receipt receipt{.unit = kUnit, .node = kNode};
  random.fill(receipt.nonce);
  receipt.key_id = identity.city_key_id;
  receipt.journal_epoch = kJournalEpoch;
  receipt.journal_seq = journal_seq;
  receipt.journal_hash = store->hash_at(journal_seq).value();
  receipt.feed_epoch = kFeed.epoch;
  receipt.feed_head_seq = head.seq;
  receipt.feed_head_hash = head.hash;
  receipt.answer_seq = entries.empty() ? held.seq : entries.back().seq;
  receipt.answer_hash = entries.empty() ? held.hash : entries.back().hash;
  receipt.received_at = receipt.sent_at = clock.truth();
  if (journal_seq > 0) receipt.marks = {{journal_seq, clock.truth()}};
  wire::sign_receipt(receipt, *suite, city.secret_key);
  return {receipt, kFeed, std::move(entries)};
}

void OfficeWorld::settle(std::uint64_t journal_seq, std::uint64_t upto) {
  auto const settled = store->settle(reply(journal_seq, upto));
  EXPECT_TRUE(settled) << settled.error().sentence;
}

Truth OfficeWorld::truth(AssignmentId assignment, std::uint64_t act_seq) {
  auto const file = store->file_of(assignment).value();
  for (auto const& act : file.acts) {
    if (act.entry.at.seq != act_seq) continue;
    return truth_of(*file.state.act(act.entry.at), act.coverage.delivery);
  }
  ADD_FAILURE() << "no act " << act_seq;
  return {};
}

Result<CheckedStore> OfficeWorld::check() { return check_store(writer.connection(), vault, identity, *suite, book); }

}  // namespace fieldnode::office
