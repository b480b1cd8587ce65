#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

#include "sync/wire/signing.h"
#include "tests/unit/wire/random_messages.h"

/// The format as bytes on record. A failure here means that stored entries or signatures of running offices would no
/// longer be read or verified: append fields and raise the version instead of changing the rows.
namespace fieldnode::wire {
namespace {

/// Rows `name hex`; `#` begins a comment.
std::map<std::string, std::string> golden(std::string const& file) {
  std::map<std::string, std::string> rows;
  std::ifstream stream(std::string(FIELDNODE_TEST_DATA) + "/wire/" + file);
  for (std::string line; std::getline(stream, line);) {
    std::istringstream words(line);
    std::string name, hex;
    if (line.starts_with('#') || !(words >> name)) continue;
    words >> hex;
    rows[name] = hex;
  }
  return rows;
}

void expect_golden(std::map<std::string, std::string> const& rows, std::string const& name, BytesView bytes) {
  auto const row = rows.find(name);
  EXPECT_EQ(row == rows.end() ? "no such row" : row->second, to_hex(bytes)) << "row " << name;
}

constexpr Position kPlace{Epoch{0x1122334455667788}, 300};

struct KindExample {
  rules::EntryKind kind;
  rules::Payload payload;
};

rules::Opening opening() {
  Hash parent_hash{};
  parent_hash.fill(0xab);
  return {kPlace, parent_hash};
}

/// Each field another number, so that two fields that change places are noticed.
std::vector<KindExample> act_examples() {
  using enum rules::EntryKind;
  using rules::Degree;
  rules::Resolution const resolution{Degree::kYes, true, Degree::kPartly, false};
  return {
      {kJournalOpening, opening()},
      {kAcknowledgement, rules::Acknowledgement{}},
      {kContact, rules::Contact{rules::Channel::kTelephone, rules::ContactOutcome::kNoAnswer, resolution}},
      {kResolution, resolution},
      {kExtensionApplication, rules::ExtensionApplication{rules::ExtensionGround::kSiteWork, 5}},
      {kReturnApplication, rules::ReturnApplication{rules::ReturnReason::kNotOurs, UnitId{77}}},
      {kSpecialApplication, rules::SpecialApplication{20}},
      {kNote, rules::Note{}},
      {kStaffAssignment, rules::StaffAssignment{StaffId{9}, utc_from_ms(1'760'000'000'000)}},
      {kCorrection, rules::Correction{kPlace, rules::ContactOutcome::kReached}},
      {kWithdrawal, rules::Withdrawal{kPlace}},
      {kUnmasking, rules::Unmasking{}},
      {kAnomaly, rules::Anomaly{rules::AnomalyKind::kSuspend, -1'234'567}},
      {kStaffChange, rules::StaffChange{StaffId{9}, rules::StaffRole::kData, true}},
      {kOutage, rules::LinkOutage{{utc_from_ms(1'760'000'000'000), utc_from_ms(1'760'000'001'000)},
                                  {utc_from_ms(1'760'000'600'000), {}},
                                  12,
                                  rules::OutageCause::kBroken}},
      {kEvidenceExport,
       rules::EvidenceExport{{{true, kPlace.epoch, 7}, {false, kPlace.epoch, 9}}, {{true, kPlace.epoch, 3}}}},
      {kVetoContest, rules::VetoContest{kPlace}},
      {kRulesApplied, rules::RulesApplied{"measures-v1", "measures-v2", "2026/2025-11-04", "2026/2026-01-05", 1, 2, 3}},
  };
}

std::vector<KindExample> entry_examples() {
  using enum rules::EntryKind;
  using rules::Degree;
  rules::OwnLimit const limit{rules::ClockKind::kResolve, 15, rules::LimitUnit::kWorkingDays, "law 1, art. 2"};
  return {
      {kFeedOpening, opening()},
      {kDispatch,
       rules::Dispatch{
           CaseId{500}, 2, rules::Category::kA3, rules::CaseKind::kComplaint, true, false, true, 4, false, {limit}}},
      {kTakeBack, rules::TakeBack{}},
      {kExtensionDecision, rules::ExtensionDecision{kPlace, true, 3}},
      {kReturnDecision, rules::ReturnDecision{kPlace, false, true}},
      {kSpecialDecision, rules::SpecialDecision{kPlace, true, 10}},
      {kUnreachableDecision, rules::UnreachableDecision{kPlace, true}},
      {kRefusal, rules::RefusalOfAct{kPlace, "not_contacted"}},
      {kConflict, rules::Conflict{kPlace}},
      {kSettlement, rules::Settlement{kPlace, true}},
      {kSetAside, rules::SetAside{kPlace, "old_epoch"}},
      {kAdopt, rules::Adopt{kPlace}},
      {kCallBack, rules::CallBack{true, Degree::kPartly, Degree::kNo}},
      {kSupervisionNote, rules::SupervisionNote{rules::SupervisionGround::kSlowData, true}},
      {kPause, rules::Pause{}},
      {kResume, rules::Resume{}},
      {kRedo, rules::Redo{AssignmentId{70'124}}},
      {kClose, rules::Close{}},
      {kRedact, rules::Redact{kPlace, true}},
      {kTimeCorrection, rules::TimeCorrection{0x8899aabbccddeeff}},
      {kPolicy, rules::PolicyVersion{"measures-v1"}},
      {kCalendar, rules::CalendarVersion{"2026"}},
      {kCaseUpdate, rules::CaseUpdate{}},
      {kTimeRuling, rules::TimeRuling{kPlace, rules::ClockKind::kResolve, true}},
      {kOutageSeen, rules::OutageSeen{rules::OutageView::kCentreDown, utc_from_ms(1'760'000'000'000),
                                      utc_from_ms(1'760'000'600'000)}},
      {kPhoneReceipt, rules::PhoneReceipt{kPlace, 0x0102030405060708, 0x1112131415161718}},
      {kPhoneCheck, rules::PhoneCheck{kPlace, true}},
      {kVeto, rules::Veto{{utc_from_ms(1'760'000'000'000), utc_from_ms(1'762'000'000'000)}, kPlace, StaffId{5}}},
      {kVetoStep, rules::VetoStep{kPlace, rules::VetoMove::kWithdrawn}},
      {kPublication, rules::Publication{{utc_from_ms(1'760'000'000'000), utc_from_ms(1'762'000'000'000)}, kPlace}},
      {kEvidenceIssue,
       rules::EvidenceExport{{{true, kPlace.epoch, 7}, {false, kPlace.epoch, 9}}, {{true, kPlace.epoch, 3}}}},
  };
}

std::vector<KindExample> examples() {
  auto all = act_examples();
  std::ranges::move(entry_examples(), std::back_inserter(all));
  return all;
}

rules::Skeleton skeleton_of(KindExample const& example) {
  auto const earliest = utc_from_ms(1'760'000'000'000);
  rules::Skeleton skeleton;
  skeleton.kind = example.kind;
  skeleton.assignment = AssignmentId{70'123};
  skeleton.number = 3;
  skeleton.staff = StaffId{4};
  skeleton.basis = {Epoch{0x0123456789abcdef}, 9'001};
  skeleton.time = rules::central_time(earliest);
  skeleton.payload = example.payload;
  return skeleton;
}

/// Every optional field of the header is there.
rules::Skeleton fullest_skeleton() {
  auto skeleton = skeleton_of({rules::EntryKind::kNote, rules::Note{}});
  auto const earliest = skeleton.time.interval.earliest;
  skeleton.time = {rules::ClockClass::kCarried,
                   {earliest, earliest + Milliseconds(2'400)},
                   earliest - Milliseconds(7),
                   0x0102030405060708};
  skeleton.previewed = 9'050;
  skeleton.origin = kPlace;
  skeleton.blobs = 2;
  return skeleton;
}

TEST(Golden, SkeletonsOfEveryKind) {
  auto const rows = golden("skeletons.hex");
  ASSERT_EQ(examples().size(), known_kinds().size()) << "a new kind wants its example";
  for (auto const& example : examples()) {
    auto const name = "kind-" + std::to_string(static_cast<int>(example.kind));
    auto const skeleton = skeleton_of(example);
    auto const bytes = encode_entry(skeleton, {}, {}).value().skeleton;
    expect_golden(rows, name, bytes);
    EXPECT_EQ(decode_skeleton(bytes).value(), skeleton) << name;
  }
  auto const fullest = encode_entry(fullest_skeleton(), {}, {}).value().skeleton;
  expect_golden(rows, "fullest", fullest);
  EXPECT_EQ(decode_skeleton(fullest).value(), fullest_skeleton());
}

template <class Array>
Array counting(std::uint8_t from) {
  Array array{};
  for (auto& byte : array) byte = from++;
  return array;
}

ListName const kJournal{ListKind::kJournal, UnitId{17}, NodeId{21}, Epoch{0x1122334455667788}};
SaltKeys const kKeys{counting<SaltKey>(0x10), counting<SaltKey>(0x20)};

EncodedEntry example_entry() {
  Body const body{.texts = {{TextTag::kNote, "已到现场"}, {TextTag::kPublicAnswer, "fixed"}},
                  .blobs = {{counting<Hash>(1), 70'000, 3, "照片.jpg"}}};
  ContactData const contact{.fields = {{ContactTag::kTelephone, "13800000000"}}, .keys = kKeys};
  return encode_entry(fullest_skeleton(), body, contact).value();
}

TEST(Golden, PartsFormsLeavesAndChain) {
  auto const rows = golden("entries.hex");
  auto const entry = example_entry();
  expect_golden(rows, "body", entry.body.bytes);
  expect_golden(rows, "contact", entry.contact.bytes);
  expect_golden(rows, "packed-whole", pack_entry(entry));
  auto const salted = with_body_salt(entry, kJournal, 5, kKeys).value();
  expect_golden(rows, "packed-salted-and-erased",
                pack_entry(erased(salted, {.contact = true}, kJournal, 5, kKeys).value()));
  expect_golden(rows, "salt", salt_of(kKeys.body, kJournal, 5));
  auto const leaf = leaf_of(entry, kJournal, 5, kKeys).value();
  expect_golden(rows, "leaf", leaf);
  expect_golden(rows, "chain-start", chain_start(kJournal));
  expect_golden(rows, "chain-next", chain_next(chain_start(kJournal), leaf));
}

SignedHead example_head() { return {SuiteId::kEd25519, kJournal, 12, counting<Hash>(0x40), counting<Signature>(0x80)}; }

Receipt example_receipt() {
  Receipt receipt;
  receipt.suite = SuiteId::kEd25519;
  receipt.key_id = 0x0a0b0c0d0e0f0102;
  receipt.nonce = counting<Nonce>(1);
  receipt.unit = UnitId{17};
  receipt.node = NodeId{21};
  receipt.journal_epoch = kJournal.epoch;
  receipt.journal_seq = 12;
  receipt.journal_hash = counting<Hash>(0x40);
  receipt.feed_epoch = Epoch{0x99aabbccddeeff00};
  receipt.feed_head_seq = 300;
  receipt.feed_head_hash = counting<Hash>(0x50);
  receipt.answer_seq = 290;
  receipt.answer_hash = counting<Hash>(0x60);
  receipt.previewed = counting<Hash>(0x70);
  receipt.received_at = utc_from_ms(1'760'000'000'000);
  receipt.sent_at = utc_from_ms(1'760'000'000'003);
  receipt.marks = {{10, utc_from_ms(1'759'999'000'000)}, {12, utc_from_ms(1'760'000'000'000)}};
  receipt.aside = true;
  receipt.signature = counting<Signature>(0xc0);
  return receipt;
}

ExchangeRequest example_request() {
  ExchangeRequest request;
  request.nonce = counting<Nonce>(1);
  request.unit = UnitId{17};
  request.node = NodeId{21};
  request.journal_epoch = kJournal.epoch;
  request.feed = {Epoch{0x99aabbccddeeff00}, 280};
  request.feed_hash = counting<Hash>(0x30);
  request.marked_seq = 10;
  request.head = example_head();
  request.first_act = 12;
  request.acts = {example_entry()};
  request.clock = {utc_from_ms(1'760'000'000'500), utc_from_ms(1'760'000'000'000), utc_from_ms(1'760'000'000'900)};
  request.wait_seconds = 55;
  request.byte_budget = 262'144;
  request.status = {44, "fieldnode 0.1.0", 3, 90'000'000'000};
  request.greatest = example_receipt();
  return request;
}

ExchangeReply example_reply() {
  ExchangeReply reply;
  reply.receipt = example_receipt();
  reply.have = 13;
  reply.first_entry = 281;
  reply.feed = {{.held = true, .entry = {}}, {.held = false, .entry = example_entry()}};
  reply.previews = {{295, example_entry()}};
  reply.more = true;
  reply.next_seconds = 60;
  reply.hold_off_seconds = 5;
  return reply;
}

ListRun example_run(ListName const& list) { return {list, 12, 11, {example_entry()}}; }

/// The same messages with every tagged block.
ExchangeRequest example_request_with_blocks() {
  auto request = example_request();
  Position const feed{Epoch{0x99aabbccddeeff00}, 280};
  request.state = StateClaim{feed, {kJournal.epoch, 12}, counting<Hash>(0x21), AssignmentId{7}, {AssignmentId{5}}};
  request.handed_back = HandedBack{example_run({ListKind::kFeed, UnitId{17}, {}, feed.epoch}), {example_receipt()}};
  request.journals_held = {{kJournal, 12, counting<Hash>(0x22)}};
  return request;
}

ExchangeReply example_reply_with_blocks() {
  auto reply = example_reply();
  ListName const feed{ListKind::kFeed, UnitId{17}, {}, Epoch{0x99aabbccddeeff00}};
  reply.earlier_journals = EarlierJournals{{example_run(kJournal)}, true, {example_head()}};
  reply.state = StateVerdict{false, {{AssignmentId{7}, counting<Hash>(0x23)}}, true};
  reply.report_wanted = ReportWanted{{feed, 280, counting<Hash>(0x24)}};
  reply.earlier_feeds = {example_run(feed)};
  return reply;
}

TEST(Golden, SignedBytesAndReceipts) {
  auto const rows = golden("signed.hex");
  expect_golden(rows, "head-signed-bytes", signed_bytes(example_head()));
  expect_golden(rows, "receipt-signed-bytes", signed_bytes(example_receipt()));
  expect_golden(rows, "receipt-packed", pack_receipt(example_receipt()));
  auto short_receipt = example_receipt();
  short_receipt.answer_seq = short_receipt.feed_head_seq;
  short_receipt.answer_hash = short_receipt.feed_head_hash;
  short_receipt.previewed = {};
  short_receipt.received_at.reset();
  short_receipt.sent_at.reset();
  short_receipt.marks.clear();
  short_receipt.aside = false;
  expect_golden(rows, "receipt-packed-shortest", pack_receipt(short_receipt));
  auto const anchor = anchor_id(example_receipt());
  Bytes anchor_bytes;
  for (int shift = 56; shift >= 0; shift -= 8) anchor_bytes.push_back(static_cast<std::uint8_t>(anchor >> shift));
  expect_golden(rows, "anchor", anchor_bytes);
  expect_golden(rows, "previewed", previewed_hash({{295, counting<Hash>(1)}}));
}

template <class Message>
void expect_recorded(std::map<std::string, std::string> const& rows, std::string const& name,
                     Result<Message> (*decode)(BytesView), Message const& expected, Bytes const& encoded) {
  auto const row = rows.find(name);
  auto const message = decode(from_hex(row == rows.end() ? "" : row->second).value());
  EXPECT_TRUE(message && *message == expected) << "row " << name << " " << to_hex(encoded);
}

/// Compressed bytes may change with the library; what must stay is that recorded ones are read, those of older versions
/// for as long as these may call.
TEST(Golden, MessagesOnRecordAreStillRead) {
  auto const rows = golden("messages.hex");
  auto const request = example_request();
  auto const reply = example_reply();
  expect_recorded(rows, "request", decode_request, request, encode_request(request, 9));
  expect_recorded(rows, "reply", decode_reply, reply, encode_reply(reply, 9));
  auto const later_request = example_request_with_blocks();
  auto const later_reply = example_reply_with_blocks();
  expect_recorded(rows, "request-blocks", decode_request, later_request, encode_request(later_request, 9));
  expect_recorded(rows, "reply-blocks", decode_reply, later_reply, encode_reply(later_reply, 9));
}

}  // namespace
}  // namespace fieldnode::wire
