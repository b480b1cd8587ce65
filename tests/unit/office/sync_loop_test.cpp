#include "node/office/sync_loop.h"

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <future>

#include "node/db/transaction.h"
#include "node/office/centre_link.h"
#include "node/office/office_data.h"
#include "node/office/time_row.h"
#include "tests/unit/office/enrolled_dir.h"

namespace fieldnode::office {
namespace {

constexpr Milliseconds kLong{10'000};

/// An enrolled office whose loop has not been started.
class LinkWorld {
 public:
  CentreDouble& centre() { return enrolled_.centre(); }
  OfficeStore& store() { return data_->store; }
  OfficeData& data() { return *data_; }
  CentreLink& link() { return *link_; }
  SyncLoop& loop() { return *loop_; }

  /// An entry on the unit as a whole, so that no assignment is needed.
  void make_act() {
    NewAct const act{.kind = rules::EntryKind::kAnomaly, .payload = rules::Anomaly{rules::AnomalyKind::kSuspend, 1000}};
    EXPECT_TRUE(data_->store.append(act, data_->time.stamp()));
  }

  std::atomic<int> changes{0};

 private:
  EnrolledDir enrolled_;
  std::unique_ptr<OfficeData> data_{OfficeData::open(enrolled_.dir(), enrolled_.clock(), enrolled_.chance()).value()};
  std::unique_ptr<CentreLink> link_{CentreLink::make(*data_).value()};
  std::unique_ptr<SyncLoop> loop_{std::make_unique<SyncLoop>(SyncLoop::World{.exchanger = link_->exchanger(),
                                                                             .store = data_->store,
                                                                             .time = data_->time,
                                                                             .acts = link_->acts(),
                                                                             .poll = link_->poll(),
                                                                             .clock = enrolled_.clock(),
                                                                             .random = enrolled_.chance(),
                                                                             .settings = {},
                                                                             .on_change = [this] { ++changes; }})};
};

bool has_parked(CentreDouble::Counters const& counters) { return counters.parked == 1; }

TEST(Exchanger, AnExchangeIsOneCommitWhateverItBrings) {
  LinkWorld world;
  auto const exchange = [&] {
    auto const before = world.data().writer.counts().commits;
    auto const outcome = world.link().exchanger().once(world.link().acts(), {});
    return std::pair(outcome.has_value(), world.data().writer.counts().commits - before);
  };
  using Exchanged = std::pair<bool, std::uint64_t>;
  EXPECT_EQ(exchange(), Exchanged(true, 1)) << "the first, which brings the feed";
  world.make_act();
  EXPECT_EQ(exchange(), Exchanged(true, 1)) << "one that delivers an act";
  EXPECT_EQ(exchange(), Exchanged(true, 1)) << "one with nothing to say";
  world.centre().refuse_all(503, "city_on_holiday");
  EXPECT_EQ(exchange(), Exchanged(false, 1)) << "and one that fails, with the reason and the clock's floor";
  EXPECT_EQ(exchange(), Exchanged(false, 0)) << "but not once more for every act that tries again";
  world.centre().refuse_all(503, "city_asleep");
  EXPECT_EQ(exchange(), Exchanged(false, 1)) << "another reason is news";
}

/// A link that does what the test says and brings nothing.
class LinkDouble final : public engine::Transport {
 public:
  explicit LinkDouble(std::function<void()> meanwhile) : meanwhile_(std::move(meanwhile)) {}

  Result<void> exchange(BytesView, std::chrono::seconds, engine::ReplySink const&) override {
    meanwhile_();
    return refuse("certificate_expired", "The certificate has ended.");
  }

 private:
  std::function<void()> meanwhile_;
};

TEST(Exchanger, NobodyCallsUnderACertificateThatIsOverWhileAnotherIsAskedFor) {
  LinkWorld world;
  LinkDouble told([] {});
  EXPECT_FALSE(world.link().exchanger().once(told, {})) << "the centre says that it is over";

  std::promise<void> asks;
  std::promise<void> second_calls;
  std::atomic<bool> is_asking{false};
  auto const called = second_calls.get_future();
  LinkDouble asking([&] {
    is_asking = true;
    asks.set_value();
    static_cast<void>(
        called.wait_for(std::chrono::milliseconds(200)));  // as long as the second one has for its mistake
    is_asking = false;
  });
  LinkDouble second([&] {
    EXPECT_FALSE(is_asking) << "it would be turned away";
    second_calls.set_value();
  });
  auto const first = std::async([&] { return world.link().exchanger().once(asking, {}).has_value(); });
  asks.get_future().wait();
  EXPECT_FALSE(world.link().exchanger().once(second, {}));
}

TEST(Exchanger, WhatBreaksWhileItAsksLeavesTheAskingToTheNext) {
  LinkWorld world;
  LinkDouble told([] {});
  EXPECT_FALSE(world.link().exchanger().once(told, {}));
  LinkDouble breaking([] { throw std::runtime_error("the disk is gone"); });
  EXPECT_THROW(static_cast<void>(world.link().exchanger().once(breaking, {})), std::runtime_error);
  bool called = false;
  LinkDouble next([&] { called = true; });
  EXPECT_FALSE(world.link().exchanger().once(next, {}));
  EXPECT_TRUE(called) << "and does not wait for ever";
}

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
  auto const record = world.store().figures({}, Clearance::kGeneral).link;
  ASSERT_TRUE(record.failure);
  EXPECT_EQ(record.failure->why.code, "city_on_holiday");
  world.centre().refuse_all(0, "");
  world.loop().nudge();  // a back-off is 2.5 s at least
  ASSERT_TRUE(world.centre().comes_to(has_parked));
  EXPECT_TRUE(world.loop().view().online);
  EXPECT_FALSE(world.store().figures({}, Clearance::kGeneral).link.failure);
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
