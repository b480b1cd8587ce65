#include "node/office/sync_loop.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>

#include "node/db/inline_writer.h"
#include "node/db/private_file.h"
#include "node/lists/master_key_file.h"
#include "node/office/centre_link.h"
#include "node/office/office_data.h"
#include "node/office/schema.h"
#include "tests/unit/office/centre_double.h"

namespace fieldnode::office {
namespace {

constexpr Milliseconds kLong{10'000};

/// A directory as an enrolment leaves it, and the centre that it was enrolled at.
class LinkWorld {
 public:
  LinkWorld() {
    std::string name = (std::filesystem::temp_directory_path() / "fieldnode-link-XXXXXX").native();
    dir_.root = ::mkdtemp(name.data());
    auto const suite = crypto::ed25519_suite();
    auto const city = suite->make_keys(random_);
    net::Validity const validity{clock_.wall() - std::chrono::days(1), clock_.wall() + std::chrono::days(1)};
    auto const ca = net::make_city_ca("city", validity, random_);
    auto const server = net::make_server_identity(ca, {{}, {"127.0.0.1"}}, validity, random_).value();
    auto const client = net::make_client_identity(ca, "unit-BH", validity, random_).value();
    EXPECT_TRUE(db::write_private_file(dir_.ca(), ca.certificate_pem));
    EXPECT_TRUE(db::write_private_file(dir_.tls_certificate(), client.certificate_pem));
    EXPECT_TRUE(db::write_private_file(dir_.tls_key(), client.private_key_pem));
    EXPECT_TRUE(load_or_make_node_key(dir_, *suite, random_));
    OfficeIdentity identity{.unit = kUnit, .unit_code = "BH", .unit_name = "滨河", .city = "示范市", .node = kNode};
    identity.journal_epoch = kJournalEpoch;
    identity.city_key_id = 3;
    identity.city_key = city.public_key;
    centre_ = std::make_unique<CentreDouble>(server, ca.certificate_pem, city, identity.journal());
    identity.centre = centre_->address();
    found(identity);
    data_ = OfficeData::open(dir_, clock_, random_).value();
    link_ = CentreLink::make(*data_).value();
    loop_ = std::make_unique<SyncLoop>(SyncLoop::World{.exchanger = link_->exchanger(),
                                                       .store = data_->store,
                                                       .time = data_->time,
                                                       .acts = link_->acts(),
                                                       .poll = link_->poll(),
                                                       .clock = clock_,
                                                       .random = random_,
                                                       .settings = {},
                                                       .on_change = [this] { ++changes; }});
  }
  ~LinkWorld() {
    loop_.reset();
    link_.reset();
    data_.reset();
    centre_.reset();
    std::filesystem::remove_all(dir_.root);
  }

  CentreDouble& centre() { return *centre_; }
  OfficeStore& store() { return data_->store; }
  SyncLoop& loop() { return *loop_; }

  /// An entry on the unit as a whole, so that no assignment is needed.
  void make_act() {
    NewAct const act{.kind = rules::EntryKind::kAnomaly, .payload = rules::Anomaly{rules::AnomalyKind::kSuspend, 1000}};
    EXPECT_TRUE(data_->store.append(act, data_->time.stamp()));
  }

  std::atomic<int> changes{0};

 private:
  void found(OfficeIdentity const& identity) {
    auto connection = db::Connection::open_writer(dir_.database()).value();
    ASSERT_TRUE(db::migrate(connection, migrations()));
    auto const key = lists::open_master_key(dir_.master_key(), connection, random_).value();
    lists::ContactVault vault(key, random_);
    db::InlineWriter writer(std::move(connection));
    NodeTime time(clock_, {.build_date = build_date()}, {});
    ASSERT_TRUE(OfficeStore::found(writer, vault, random_, identity, time.stamp()));
  }

  SystemClock clock_;
  SystemRandom random_;
  DataDir dir_;
  std::unique_ptr<CentreDouble> centre_;
  std::unique_ptr<OfficeData> data_;
  std::unique_ptr<CentreLink> link_;
  std::unique_ptr<SyncLoop> loop_;
};

bool has_parked(CentreDouble::Counters const& counters) { return counters.parked == 1; }

TEST(SyncLoop, ARoundDeliversAllActsAndFetchesTheFeed) {
  LinkWorld world;
  world.make_act();
  world.loop().start();
  auto const round = world.loop().round(kLong);
  ASSERT_TRUE(round) << round.error().sentence;
  EXPECT_EQ(world.store().undelivered(), 0U);
  EXPECT_EQ(world.store().snapshot().feed.seq, 1U);
  EXPECT_TRUE(world.loop().view().online);
}

TEST(SyncLoop, AnActLeavesAtOnceWhileAPollIsParked) {
  LinkWorld world;
  world.loop().start();
  // Each act finds the poll in another state: about to be parked, being sent, parked.
  for (std::uint64_t seq = 2; seq < 40; ++seq) {
    if (seq % 2 == 0) {
      ASSERT_TRUE(world.centre().comes_to(has_parked));
    }
    world.make_act();
    world.loop().nudge();
    ASSERT_TRUE(world.centre().comes_to([&](auto const& counters) { return counters.journal_seq == seq; }))
        << "act " << seq << " did not leave; a parked poll lasts 50 s";
  }
}

TEST(SyncLoop, AFailureIsShownAndANudgeTriesAgainAtOnce) {
  LinkWorld world;
  world.centre().refuse_all(503, "city_on_holiday");
  world.loop().start();
  auto const failed = world.loop().round(kLong);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, "city_on_holiday");
  EXPECT_FALSE(world.loop().view().online);
  auto const record = world.store().figures({}).link;
  ASSERT_TRUE(record.failure);
  EXPECT_EQ(record.failure->why.code, "city_on_holiday");
  world.centre().refuse_all(0, "");
  world.loop().nudge();  // a back-off is 2.5 s at least
  ASSERT_TRUE(world.centre().comes_to(has_parked));
  EXPECT_TRUE(world.loop().view().online);
  EXPECT_FALSE(world.store().figures({}).link.failure);
  EXPECT_GE(world.changes, 1);
}

TEST(SyncLoop, AForkStopsTheSendingOfActsUntilAnOperatorAsks) {
  LinkWorld world;
  world.loop().start();
  ASSERT_TRUE(world.loop().round(kLong));
  world.centre().refuse_acts("journal_fork");
  world.make_act();
  auto const failed = world.loop().round(kLong);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, "journal_fork");
  world.centre().refuse_acts("");
  for (int i = 0; i < 3; ++i) {
    world.make_act();
    world.loop().nudge();
    ASSERT_TRUE(world.centre().comes_to(has_parked));
  }
  ASSERT_TRUE(world.loop().view().alarm);
  EXPECT_EQ(world.loop().view().alarm->code, "journal_fork");
  EXPECT_EQ(world.store().undelivered(), 4U);
  ASSERT_TRUE(world.loop().round(kLong));
  EXPECT_EQ(world.store().undelivered(), 0U);
  EXPECT_FALSE(world.loop().view().alarm);
}

TEST(SyncLoop, StoppingEndsAParkedPoll) {
  LinkWorld world;
  world.loop().start();
  ASSERT_TRUE(world.centre().comes_to(has_parked));
  world.loop().stop();
  EXPECT_TRUE(world.centre().comes_to([](auto const& counters) { return counters.parked == 0; }));
  world.loop().stop();
}

}  // namespace
}  // namespace fieldnode::office
