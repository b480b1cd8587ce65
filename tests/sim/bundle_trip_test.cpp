#include <gtest/gtest.h>

#include "node/central/bundle_desk.h"
#include "node/central/bundle_traffic.h"
#include "node/central/decision_desk.h"
#include "node/central/store/schema.h"
#include "node/central/store/sqlite_central_store.h"
#include "node/db/inline_writer.h"
#include "node/office/bundle_traffic.h"
#include "node/office/new_journal.h"
#include "node/office/schema.h"
#include "sync/engine/bundle_memory.h"
#include "sync/engine/bundle_reader.h"
#include "sync/wire/state_digest.h"
#include "tests/support/test_clock.h"

namespace fieldnode {
namespace {

using namespace std::chrono_literals;
using engine::MemoryBundle;

db::Connection with_tables(std::span<db::Migration const> migrations) {
  auto connection = db::Connection::open_in_memory();
  EXPECT_TRUE(db::migrate(connection, migrations));
  return connection;
}

/// A city with one unit and its office, real stores in memory, and nothing between both but files.
class BundleTrip : public testing::Test {
 protected:
  BundleTrip() {
    auto const added = central_.add_unit("XF", "幸福街道办事处", clock_.wall());
    EXPECT_TRUE(added) << added.error().sentence;
    unit_ = added->id;
    EXPECT_TRUE(central_.with_unit(unit_, [&](central::UnitWork& work) -> Result<void> {
      identity_.node = work.next_node();
      return work.register_node({.id = identity_.node,
                                 .public_key = node_keys_.public_key,
                                 .journal_epoch = Epoch{77},
                                 .fingerprint = {},
                                 .certificate = {},
                                 .at = clock_.wall()});
    }));
    identity_ = {.unit = unit_,
                 .unit_code = "XF",
                 .unit_name = "幸福街道办事处",
                 .city = "测试市",
                 .node = identity_.node,
                 .journal_epoch = Epoch{77},
                 .centre = "https://centre.example:8440",
                 .city_key_id = city_.id,
                 .city_key = city_.keys.public_key};
    engine::TrustedTime first(clock_, {}, {});
    auto const evidence = first.now();
    EXPECT_TRUE(
        office::OfficeStore::found(office_writer_, office_vault_, random_, identity_, {evidence, first.state()}));
    node_ = {unit_, identity_.node, node_keys_, city_.id, city_.keys.public_key};
    office_ = std::make_unique<office::OfficeStore>(office_writer_, *office_readers_, office_vault_, book_, identity_);
    office_desk_ = std::make_unique<office::BundleDesk>(office::BundleDesk::World{.store = *office_,
                                                                                  .writer = office_writer_,
                                                                                  .readers = *office_readers_,
                                                                                  .time = time_,
                                                                                  .identity = node_,
                                                                                  .suite = *suite_,
                                                                                  .random = random_,
                                                                                  .clock = clock_,
                                                                                  .on_taken = [] {}});
  }

  [[nodiscard]] office::BundleKit office_kit() {
    return {[this](auto step, auto const& arguments) { return office_desk_->run(step, arguments); }, node_keys_,
            *suite_, random_};
  }
  [[nodiscard]] central::BundleKit central_kit() {
    return {[this](auto step, auto const& arguments) { return central_desk_.run(step, arguments); }, city_.keys,
            *suite_, random_};
  }

  void dispatch(AssignmentId id) {
    EXPECT_TRUE(central_.with_unit(unit_, [&](central::UnitWork& work) -> Result<void> {
      wire::ContactData contact;
      contact.keys.emplace();
      random_.fill(contact.keys->body);
      random_.fill(contact.keys->contact);
      rules::Dispatch dispatched;
      dispatched.case_id = CaseId{id.value};
      dispatched.cycle = 1;
      auto const appended = work.append({.kind = rules::EntryKind::kDispatch,
                                         .assignment = id,
                                         .payload = dispatched,
                                         .at = clock_.wall(),
                                         .contact = contact});
      if (!appended) return appended.error();
      return {};
    }));
  }
  void note(AssignmentId id) {
    office::NewAct act{.act_id = "act-" + std::to_string(++acts_),
                       .assignment = id,
                       .staff = StaffId{1},
                       .kind = rules::EntryKind::kNote,
                       .payload = rules::Note{}};
    act.body.texts = {{wire::TextTag::kNote, "备注"}};
    auto const recorded = office_->append(act, time_.stamp());
    ASSERT_TRUE(recorded) << recorded.error().sentence;
  }

  struct Exported {
    Bytes bytes;
    office::BundleMade made;
  };
  [[nodiscard]] Exported export_at_office(std::uint32_t reply_bytes = 1 << 20) {
    MemoryBundle file;
    auto const kit = office_kit();
    auto made = office::make_bundle(kit, reply_bytes, [&](auto const&) { return Result<engine::BundleSink*>(&file); });
    EXPECT_TRUE(made) << made.error().sentence;
    EXPECT_TRUE(office::bundle_finished(kit, *made));
    return {file.bytes(), *made};
  }
  [[nodiscard]] Result<central::BundleTakenIn> take_at_centre(Bytes bytes) {
    MemoryBundle file(std::move(bytes));
    return central::take_bundle(central_kit(), file);
  }
  [[nodiscard]] Bytes answer_of(central::BundleStart const& start) {
    MemoryBundle file;
    auto const kit = central_kit();
    auto const made = central::make_bundle(kit, start, [&](auto const&) { return Result<engine::BundleSink*>(&file); });
    EXPECT_TRUE(made) << made.error().sentence;
    EXPECT_TRUE(central::bundle_finished(kit, *made));
    return file.bytes();
  }
  [[nodiscard]] Result<office::BundleTakenIn> take_at_office(Bytes bytes) {
    MemoryBundle file(std::move(bytes));
    return office::take_bundle(office_kit(), file);
  }
  /// There and back.
  void round_trip() {
    auto const taken = take_at_centre(export_at_office().bytes);
    ASSERT_TRUE(taken) << taken.error().sentence;
    auto const back = take_at_office(answer_of(taken->answer));
    ASSERT_TRUE(back) << back.error().sentence;
  }
  void begin_journal() {
    auto const begun = office_->begin_journal(office::draw_journal(random_), time_.stamp());
    ASSERT_TRUE(begun) << begun.error().sentence;
  }
  [[nodiscard]] std::uint64_t on_the_way() { return office_desk_->news().acts_on_the_way; }
  void expect_one_state() {
    auto const held = office_->snapshot();
    Position const feed{held.feed.list.epoch, held.feed.seq};
    Position const acts{held.journal.list.epoch, held.journal.seq};
    EXPECT_EQ(office_->digest(feed, acts),
              wire::state_digest(central_.replay(unit_, feed, acts),
                                 rules::RuleShelf(std::make_shared<rules::RuleBook const>(book_))));
  }

  test::TestClock clock_{utc_from_ms(1'790'000'000'000)};
  SeededRandom random_{20260311};
  std::unique_ptr<crypto::SignatureSuite> suite_ = crypto::ed25519_suite();
  rules::RuleBook book_{rules::built_in_rule_book()};
  crypto::KeyPair node_keys_ = suite_->make_keys(random_);
  engine::CityKey city_{5, suite_->make_keys(random_)};

  lists::ContactVault central_vault_{crypto::make_seal_key(random_), random_};
  db::InlineWriter central_writer_{with_tables(central::central_migrations())};
  std::unique_ptr<db::ReadPool> central_readers_{db::ReadPool::sharing(central_writer_.connection())};
  central::SqliteCentralStore central_{central_writer_, *central_readers_, central_vault_, random_, book_};
  central::ClockGuard guard_{clock_, nullptr};
  central::BundleDesk central_desk_{{.store = central_,
                                     .writer = central_writer_,
                                     .readers = *central_readers_,
                                     .city_key = city_,
                                     .suite = *suite_,
                                     .guard = guard_,
                                     .clock = clock_,
                                     .random = random_}};

  lists::ContactVault office_vault_{crypto::make_seal_key(random_), random_};
  db::InlineWriter office_writer_{with_tables(office::migrations())};
  std::unique_ptr<db::ReadPool> office_readers_{db::ReadPool::sharing(office_writer_.connection())};
  office::NodeTime time_{clock_, {}, {}};
  office::OfficeIdentity identity_;
  engine::NodeIdentity node_;
  UnitId unit_;
  std::unique_ptr<office::OfficeStore> office_;
  std::unique_ptr<office::BundleDesk> office_desk_;
  int acts_{};
};

TEST_F(BundleTrip, ThereAndBackEverythingIsInForceAndBothEndsAgree) {
  dispatch(AssignmentId{9});
  round_trip();
  ASSERT_TRUE(office_->row_of(AssignmentId{9})) << "the first trip brings the feed";
  note(AssignmentId{9});
  auto const out = export_at_office();
  EXPECT_EQ(out.made.acts, 1U);
  EXPECT_EQ(on_the_way(), 1U);
  auto const taken = take_at_centre(out.bytes);
  ASSERT_TRUE(taken) << taken.error().sentence;
  EXPECT_EQ(taken->admitted, 1U);
  EXPECT_EQ(on_the_way(), 1U) << "only the return bundle acknowledges";
  auto const back = take_at_office(answer_of(taken->answer));
  ASSERT_TRUE(back) << back.error().sentence;
  EXPECT_EQ(back->header.answers, out.made.header.number);
  EXPECT_EQ(on_the_way(), 0U);
  EXPECT_EQ(office_->undelivered(), 0U);
  expect_one_state();
}

TEST_F(BundleTrip, LostSwappedAndRepeatedBundlesCostNothing) {
  dispatch(AssignmentId{9});
  round_trip();
  note(AssignmentId{9});
  auto const lost = export_at_office();
  note(AssignmentId{9});
  auto const second = export_at_office();
  note(AssignmentId{9});
  auto const third = export_at_office();
  EXPECT_EQ(third.made.acts, 3U) << "it carries what no receipt covers yet";
  auto const by_third = take_at_centre(third.bytes);
  ASSERT_TRUE(by_third);
  EXPECT_EQ(by_third->admitted, 3U);
  auto const by_second = take_at_centre(second.bytes);
  ASSERT_TRUE(by_second);
  EXPECT_EQ(by_second->admitted, 0U);
  auto const again = take_at_centre(third.bytes);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->times, 2U);
  auto const newer = answer_of(by_second->answer);
  auto const older = answer_of(by_third->answer);
  for (auto const& file : {newer, older, newer}) EXPECT_TRUE(take_at_office(file));
  EXPECT_EQ(office_->undelivered(), 0U);
  EXPECT_EQ(take_at_centre(lost.bytes)->admitted, 0U) << "found again";
  expect_one_state();
}

TEST_F(BundleTrip, CutAtEveryByteNothingOfItIsTakenIn) {
  dispatch(AssignmentId{9});
  round_trip();
  note(AssignmentId{9});
  auto const out = export_at_office().bytes;
  for (std::size_t size = 0; size < out.size(); ++size) {
    auto const taken = take_at_centre(Bytes(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(size)));
    ASSERT_FALSE(taken) << size;
    ASSERT_EQ(taken.error().code, "bundle_unfinished") << size;
  }
  for (std::size_t at = 0; at < out.size(); ++at) {
    auto flipped = out;
    flipped[at] ^= 0x40;
    ASSERT_FALSE(take_at_centre(flipped)) << at;
  }
  EXPECT_EQ(take_at_centre(out)->admitted, 1U) << "and whole it is";
}

TEST_F(BundleTrip, TheWrongEndAndTheWrongCityAreToldSo) {
  dispatch(AssignmentId{9});
  auto const out = export_at_office().bytes;
  EXPECT_EQ(take_at_office(out).error().code, "bundle_wrong_way");
  auto const taken = take_at_centre(out);
  ASSERT_TRUE(taken);
  auto const back = answer_of(taken->answer);
  EXPECT_EQ(take_at_centre(back).error().code, "bundle_wrong_way");
  city_.id += 1;
  EXPECT_EQ(take_at_centre(out).error().code, "bundle_other_city");
}

TEST_F(BundleTrip, NewWorkComesUnaskedAndItsReceiptRaisesTheFloorOnly) {
  round_trip();
  dispatch(AssignmentId{9});
  auto const party = central_kit().ask("whose", {{"unit", "XF"}});
  ASSERT_TRUE(party) << party.error().sentence;
  auto const sent_at = clock_.truth();
  auto const file = answer_of({.party = *party, .place = *party, .nonce = {}, .answers = 0, .most_bytes = 1 << 20});
  clock_.advance(24h);
  ASSERT_TRUE(take_at_office(file));
  EXPECT_TRUE(office_->row_of(AssignmentId{9}));
  EXPECT_FALSE(time_.now().interval.latest) << "a file is no anchor";
  EXPECT_GE(time_.now().interval.earliest, sent_at);
  ASSERT_TRUE(take_at_office(file)) << "a repeat is harmless";
}

TEST_F(BundleTrip, AnAnswerAsSmallAsThePeopleChoseComesInPieces) {
  round_trip();
  for (std::uint64_t id = 1; id <= 40; ++id) dispatch(AssignmentId{id});
  auto taken = take_at_centre(export_at_office(1024).bytes);
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->answer.most_bytes, 1024U);
  auto const first = answer_of(taken->answer);
  EXPECT_LT(first.size(), 4096U);
  ASSERT_TRUE(take_at_office(first));
  EXPECT_FALSE(office_->row_of(AssignmentId{40}));
  auto const later = take_at_centre(export_at_office().bytes);
  ASSERT_TRUE(later);
  ASSERT_TRUE(take_at_office(answer_of(later->answer)));
  EXPECT_TRUE(office_->row_of(AssignmentId{40}));
  expect_one_state();
}

TEST_F(BundleTrip, AReturnBundleThatSkipsOneNamesTheGap) {
  round_trip();
  dispatch(AssignmentId{1});
  auto const first = take_at_centre(export_at_office().bytes);
  ASSERT_TRUE(first);
  auto start = first->answer;
  start.place["feed_seq"] = office_->snapshot().feed.seq + 1;
  EXPECT_EQ(take_at_office(answer_of(start)).error().code, "bundle_gap");
}

TEST_F(BundleTrip, ARestoredNodeIsToldThatItNeedsALineOnce) {
  dispatch(AssignmentId{9});
  round_trip();
  begin_journal();
  auto const begun = office_desk_->run("begin", {});
  ASSERT_FALSE(begun);
  EXPECT_EQ(begun.error().code, "bundle_needs_line");
  EXPECT_FALSE(office_desk_->news().out) << "nothing of it is noted as under way";
}

TEST_F(BundleTrip, ALongJournalGoesInSeveralRecords) {
  for (std::uint64_t id = 1; id <= 100; ++id) dispatch(AssignmentId{id});
  round_trip();
  for (std::uint64_t i = 0; i < 3000; ++i) note(AssignmentId{1 + i % 100});
  auto const out = export_at_office();
  EXPECT_EQ(out.made.acts, 3000U);
  MemoryBundle file(out.bytes);
  auto reader = engine::BundleReader::open(file, *suite_, [&](auto const&) {
    return Result<engine::BundleReader::Keys>(engine::BundleReader::Keys{city_.keys, node_keys_.public_key});
  });
  ASSERT_TRUE(reader);
  EXPECT_GT(reader->messages(), 1U);
  EXPECT_EQ(take_at_centre(out.bytes)->admitted, 3000U);
}

}  // namespace
}  // namespace fieldnode
