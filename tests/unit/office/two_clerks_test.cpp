#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <thread>

#include "node/db/writer_thread.h"
#include "node/office/assignment_view.h"
#include "node/office/desk.h"
#include "node/office/schema.h"
#include "sync/wire/signing.h"
#include "tests/unit/db/temp_directory.h"
#include "tests/unit/office/office_world.h"

namespace fieldnode::office {
namespace {

constexpr int kRounds = 30;

/// An office as it runs: one thread that writes, readers beside it, and two clerks who press at the same instant.
class BusyOffice {
 public:
  BusyOffice() {
    EXPECT_TRUE(OfficeStore::found(writer_, vault_, random_, identity_, time_.stamp()));
    store_ = std::make_unique<OfficeStore>(writer_, *readers_, vault_, book_, identity_);
    desk_ = std::make_unique<Desk>(*store_, blobs_, time_, [this] { ++nudges_; });
  }

  AssignmentId dispatched() {
    AssignmentId const id{++dispatched_};
    feed_.dispatch(id, clock_.truth());
    auto const head = feed_.head();
    wire::Receipt receipt{.unit = kUnit, .node = kNode, .journal_epoch = kJournalEpoch};
    receipt.feed_epoch = kFeed.epoch;
    receipt.feed_head_seq = head.seq;
    receipt.feed_head_hash = head.hash;
    receipt.journal_hash = store_->hash_at(0).value();
    wire::sign_receipt(receipt, *suite_, city_.secret_key);
    auto const held = store_->snapshot().feed.seq;
    EXPECT_TRUE(store_->settle({receipt, kFeed, feed_.arrivals(held, head.seq)}));
    return id;
  }

  Result<RecordedAct> perform(AssignmentId id, std::string const& json, StaffId clerk) {
    return desk_->perform(id, web::read_act_form(json).value(), {clerk, Clearance::kGeneral});
  }

  using Answers = std::array<std::optional<Result<RecordedAct>>, 2>;
  Answers at_once(AssignmentId id, std::string const& first, std::string const& second) {
    Answers answers;
    std::barrier together(2);
    auto const clerk = [&](std::size_t which, std::string const& json) {
      together.arrive_and_wait();
      answers[which] = perform(id, json, StaffId{7 + which});
    };
    std::thread other([&] { clerk(1, second); });
    clerk(0, first);
    other.join();
    return answers;
  }

  std::string act(std::string_view fields) {
    return R"({"act_id":"page-)" + std::to_string(10'000 + ++acts_) + R"(",)" + std::string(fields) + "}";
  }

  AssignmentFile file(AssignmentId id) { return store_->file_of(id).value(); }
  std::string notice(AssignmentId id, RecordedAct const& recorded) {
    auto const told = notice_view(file(id), recorded.entry);
    return told.is_null() ? std::string() : std::string(told.at("code").as_string());
  }
  int nudges() const { return nudges_; }
  Result<CheckedStore> check() {
    auto reader = db::Connection::open_reader(dir_.database()).value();
    return check_store(reader, vault_, identity_, *suite_, book_);
  }

 private:
  static db::Connection migrated(std::filesystem::path const& path) {
    auto connection = db::Connection::open_writer(path).value();
    EXPECT_TRUE(db::migrate(connection, migrations()));
    return connection;
  }

  db::TempDirectory dir_;
  test::TestClock clock_{utc_from_ms(kStartMs)};
  SeededRandom random_{4711};
  std::unique_ptr<crypto::SignatureSuite> suite_{crypto::simulated_suite()};
  crypto::KeyPair city_{suite_->make_keys(random_)};
  rules::RuleBook book_{rules::built_in_rule_book()};
  db::WriterThread writer_{migrated(dir_.database())};
  std::unique_ptr<db::ReadPool> readers_{db::ReadPool::open(dir_.database(), 2).value()};
  lists::ContactVault vault_{crypto::make_seal_key(random_), random_};
  NodeTime time_{clock_, {}, {}};
  FeedWriter feed_{random_};
  OfficeIdentity identity_{.unit = kUnit,
                           .unit_code = "BH",
                           .unit_name = "滨河",
                           .city = "示范市",
                           .node = kNode,
                           .journal_epoch = kJournalEpoch,
                           .city_key = city_.public_key};
  std::unique_ptr<OfficeStore> store_;
  blobs::BlobStore blobs_{{writer_, *readers_, {vault_, random_, dir_.path() / "attachments"}}};
  std::unique_ptr<Desk> desk_;
  std::atomic<int> nudges_{0};
  std::uint64_t dispatched_{0};
  int acts_{0};
};

TEST(TwoClerks, BothAcknowledgementsAreKeptAndOneHearsThatTheOtherCounts) {
  BusyOffice office;
  for (int round = 0; round < kRounds; ++round) {
    auto const id = office.dispatched();
    auto const acknowledge = [&] { return office.act(R"("kind":"acknowledgement")"); };
    auto const answers = office.at_once(id, acknowledge(), acknowledge());
    ASSERT_TRUE(*answers[0]) << answers[0]->error().sentence;
    ASSERT_TRUE(*answers[1]) << answers[1]->error().sentence;
    std::multiset<std::string> const notices{office.notice(id, **answers[0]), office.notice(id, **answers[1])};
    EXPECT_EQ(notices, (std::multiset<std::string>{"", "already_acknowledged"}));
    EXPECT_EQ(office.file(id).acts.size(), 2U);
  }
  EXPECT_EQ(office.nudges(), 2 * kRounds);
}

TEST(TwoClerks, OneResolutionOrApplicationIsTakenAndTheOtherClerkHearsWhyNot) {
  struct Row {
    std::string_view act;
    std::string_view code;
  };
  BusyOffice office;
  for (auto const& row :
       {Row{R"("kind":"resolution","verified":"yes","solved":"yes")", "already_resolved"},
        Row{R"("kind":"extension_application","ground":"other","days":1,"text":"等配件")", "application_pending"},
        Row{R"("kind":"return_application","reason":"not_ours","basis":"三定方案")", "application_pending"}}) {
    for (int round = 0; round < kRounds; ++round) {
      auto const id = office.dispatched();
      ASSERT_TRUE(
          office.perform(id, office.act(R"("kind":"contact","channel":"telephone","outcome":"reached")"), StaffId{7}));
      auto const answers = office.at_once(id, office.act(row.act), office.act(row.act));
      bool const first_won = answers[0]->has_value();
      ASSERT_NE(first_won, answers[1]->has_value());
      auto const& lost = first_won ? *answers[1] : *answers[0];
      EXPECT_EQ(lost.error().code, row.code);
      EXPECT_EQ(office.file(id).acts.size(), 2U) << "the contact and one more";
    }
  }
  auto const checked = office.check();
  EXPECT_TRUE(checked) << checked.error().sentence;
}

TEST(TwoClerks, OneActSentFromTwoTabsIsOneAct) {
  BusyOffice office;
  for (int round = 0; round < kRounds; ++round) {
    auto const id = office.dispatched();
    auto const note = office.act(R"("kind":"note","note":"已到现场")");
    auto const answers = office.at_once(id, note, note);
    ASSERT_TRUE(*answers[0] && *answers[1]);
    EXPECT_NE((*answers[0])->repeated, (*answers[1])->repeated);
    EXPECT_EQ((*answers[0])->entry.at, (*answers[1])->entry.at);
    EXPECT_EQ(office.file(id).acts.size(), 1U);
  }
  EXPECT_EQ(office.nudges(), kRounds);
}

}  // namespace
}  // namespace fieldnode::office
