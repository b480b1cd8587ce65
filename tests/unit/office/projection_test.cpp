#include "node/office/projection.h"

#include <gtest/gtest.h>

#include "node/office/listing.h"
#include "node/office/schema.h"
#include "tests/unit/office/office_world.h"

namespace fieldnode::office {
namespace {

constexpr AssignmentId kLamp{5};
constexpr AssignmentId kSecret{6};

TEST(Projection, ADatabaseOfTheFirstReleaseMigratesWithItsRowsCounted) {
  auto connection = db::Connection::open_in_memory();
  ASSERT_TRUE(db::migrate(connection, migrations().first(3)));
  for (int id = 1; id <= 5; ++id) {
    connection
        .prepare(
            "INSERT INTO assignment (id, number, title, place, category, kind, urgent, stage, view, dispatched_at,"
            " due_clock, due_state, due_started_at, due_at, due_provisional, due_held, last_act, trouble, staff)"
            " VALUES (:id, 'n', 't', 'p', 2, 1, 0, 1, :view, 0, 1, 1, 0, :due, 0, 0, 0, 0, 0)")
        .bind(":id", id)
        .bind(":view", id <= 3 ? 1 : 3)
        .bind(":due", id <= 3 ? kStartMs + id : kNoDue)
        .run();
  }
  ASSERT_TRUE(db::migrate(connection, migrations()));
  Listing listing(connection);
  EXPECT_TRUE(listing.counts_are_right());
  EXPECT_EQ(listing.count(View::kOpen, Clearance::kGeneral), 3U);
  EXPECT_EQ(listing.count(View::kAll, Clearance::kGeneral), 5U);
  EXPECT_EQ(listing.count_due_before(utc_from_ms(kStartMs + 3), Clearance::kGeneral), 2U);
  EXPECT_EQ(listing.page({}).value().rows.size(), 3U);
  EXPECT_FALSE(Projection(connection).is_current()) << "the rows lack what only the lists can say";
}

TEST(Projection, RowsOfAnOlderProgramAreMadeAnewFromTheLists) {
  OfficeWorld world;
  world.feed.dispatch(kLamp, world.clock.truth());
  world.feed.dispatch_confidential(kSecret, world.clock.truth());
  world.settle(1);
  auto& connection = world.writer.connection();
  Projection projection(connection);
  auto const rows = std::pair(projection.find(kLamp), projection.find(kSecret));
  connection.execute("UPDATE assignment SET confidential = 0, words = ''");
  connection.execute("UPDATE projection_state SET version = 0");

  lists::EntryLists lists(connection, world.vault, kUnit);
  refresh_projection(connection, lists, kJournalEpoch, world.book);
  EXPECT_EQ(std::pair(projection.find(kLamp), projection.find(kSecret)), rows);
  EXPECT_TRUE(rows.second->confidential);
  EXPECT_EQ(world.store->list({.words = "路灯"}).value().page.rows.size(), 1U);
  EXPECT_TRUE(projection.is_current());
  EXPECT_TRUE(world.check());

  connection.execute("UPDATE assignment SET words = ''");
  refresh_projection(connection, lists, kJournalEpoch, world.book);
  EXPECT_EQ(world.store->list({.words = "路灯"}).value().page.rows.size(), 0U) << "what is current is left alone";
}

}  // namespace
}  // namespace fieldnode::office
