#pragma once

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
#include "sync/wire/state_digest.h"
#include "tests/support/test_clock.h"
#include "tests/unit/db/temp_directory.h"

namespace fieldnode {

inline db::Connection with_tables(std::span<db::Migration const> migrations) {
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
                                                                                  .blobs = office_blobs_,
                                                                                  .on_taken = [] {},
                                                                                  .on_file = {}});
  }

  [[nodiscard]] office::BundleKit office_kit() {
    return {[this](auto step, auto const& arguments) { return office_desk_->run(step, arguments); }, node_keys_,
            *suite_, random_};
  }
  [[nodiscard]] central::BundleKit central_kit() {
    return {[this](auto step, auto const& arguments) { return central_desk_.run(step, arguments); }, city_.keys,
            *suite_, random_};
  }

  void dispatch(AssignmentId id, wire::Body const& body = {}) {
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
                                         .body = body,
                                         .contact = contact});
      if (!appended) return appended.error();
      return {};
    }));
  }
  void note(AssignmentId id, std::vector<wire::BlobRef> const& files = {}) {
    office::NewAct act{.act_id = "act-" + std::to_string(++acts_),
                       .assignment = id,
                       .staff = StaffId{1},
                       .kind = rules::EntryKind::kNote,
                       .payload = rules::Note{}};
    act.body.texts = {{wire::TextTag::kNote, "备注"}};
    act.body.blobs = files;
    auto const recorded = office_->append(act, time_.stamp());
    ASSERT_TRUE(recorded) << recorded.error().sentence;
  }

  struct Exported {
    Bytes bytes;
    office::BundleMade made;
  };
  [[nodiscard]] Exported export_at_office(std::uint32_t reply_bytes = 1 << 20, std::uint64_t attachment_bytes = 0) {
    engine::MemoryBundle file;
    auto const kit = office_kit();
    auto made = office::make_bundle(kit, {reply_bytes, attachment_bytes},
                                    [&](auto const&) { return Result<engine::BundleSink*>(&file); });
    EXPECT_TRUE(made) << made.error().sentence;
    EXPECT_TRUE(office::bundle_finished(kit, *made));
    return {file.bytes(), *made};
  }
  [[nodiscard]] Result<central::BundleTakenIn> take_at_centre(Bytes bytes) {
    engine::MemoryBundle file(std::move(bytes));
    return central::take_bundle(central_kit(), file);
  }
  [[nodiscard]] Bytes answer_of(central::BundleStart const& start) {
    engine::MemoryBundle file;
    auto const kit = central_kit();
    auto const made = central::make_bundle(kit, start, [&](auto const&) { return Result<engine::BundleSink*>(&file); });
    EXPECT_TRUE(made) << made.error().sentence;
    EXPECT_TRUE(central::bundle_finished(kit, *made));
    return file.bytes();
  }
  [[nodiscard]] Result<office::BundleTakenIn> take_at_office(Bytes bytes) {
    engine::MemoryBundle file(std::move(bytes));
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

  db::TempDirectory temp_;
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
  blobs::BlobStore central_blobs_{{.writer = central_writer_,
                                   .readers = *central_readers_,
                                   .files = {central_vault_, random_, temp_.path() / "centre"}}};
  central::ClockGuard guard_{clock_, nullptr};
  central::BundleDesk central_desk_{{.store = central_,
                                     .writer = central_writer_,
                                     .readers = *central_readers_,
                                     .city_key = city_,
                                     .suite = *suite_,
                                     .guard = guard_,
                                     .clock = clock_,
                                     .random = random_,
                                     .blobs = central_blobs_}};

  lists::ContactVault office_vault_{crypto::make_seal_key(random_), random_};
  db::InlineWriter office_writer_{with_tables(office::migrations())};
  std::unique_ptr<db::ReadPool> office_readers_{db::ReadPool::sharing(office_writer_.connection())};
  blobs::BlobStore office_blobs_{{.writer = office_writer_,
                                  .readers = *office_readers_,
                                  .files = {office_vault_, random_, temp_.path() / "office"}}};
  office::NodeTime time_{clock_, {}, {}};
  office::OfficeIdentity identity_;
  engine::NodeIdentity node_;
  UnitId unit_;
  std::unique_ptr<office::OfficeStore> office_;
  std::unique_ptr<office::BundleDesk> office_desk_;
  int acts_{};
};

}  // namespace fieldnode
