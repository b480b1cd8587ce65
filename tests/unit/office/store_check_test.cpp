#include "node/office/store_check.h"

#include <gtest/gtest.h>

#include "tests/unit/office/office_world.h"

namespace fieldnode::office {
namespace {

using rules::EntryKind;
constexpr AssignmentId kLamp{5};

struct HandledWorld : OfficeWorld {
  HandledWorld() {
    feed.dispatch(kLamp, clock.truth());
    settle(1);
    EXPECT_TRUE(append(acknowledgement(kLamp)));
    EXPECT_TRUE(append(reached(kLamp)));
    settle(3);
  }
  void spoil(std::string_view sql) { EXPECT_EQ(writer.connection().execute(sql), 1) << sql; }
  std::string finding() {
    auto const checked = check();
    return checked ? "sound" : checked.error().code;
  }
};

TEST(StoreCheck, ASoundStoreIsFoundSound) {
  HandledWorld world;
  auto const checked = world.check();
  ASSERT_TRUE(checked) << checked.error().sentence;
  EXPECT_EQ(checked->journal.seq, 3U);
  EXPECT_EQ(checked->feed.seq, 2U);
  EXPECT_EQ(checked->covered, 3U);
  EXPECT_EQ(checked->settled, 3U);
  EXPECT_EQ(checked->assignments, 1U);
  EXPECT_EQ(checked->digest, world.store->digest(std::nullopt, std::nullopt));
}

TEST(StoreCheck, TheDigestNamesTheStateAtItsPosition) {
  HandledWorld world;
  auto const before = world.store->digest(Position{kFeed.epoch, 2}, Position{kJournalEpoch, 2});
  auto const after = world.store->digest(Position{kFeed.epoch, 2}, Position{kJournalEpoch, 3});
  EXPECT_NE(before, after);
  ASSERT_TRUE(world.append(world.act(EntryKind::kNote, kLamp, rules::Note{})));
  EXPECT_EQ(world.store->digest(Position{kFeed.epoch, 2}, Position{kJournalEpoch, 3}), after);
}

TEST(StoreCheck, AChangedListRowIsFound) {
  HandledWorld world;
  world.spoil("UPDATE assignment SET due_at = due_at + 1");
  EXPECT_EQ(world.finding(), "projection_differs");
}

TEST(StoreCheck, AMissingListRowIsFound) {
  HandledWorld world;
  world.spoil("DELETE FROM assignment");
  EXPECT_EQ(world.finding(), "projection_differs");
}

TEST(StoreCheck, ARowBesideTheListsIsFound) {
  HandledWorld world;
  world.spoil(
      "INSERT INTO assignment (id, number, title, place, category, kind, urgent, stage, view, dispatched_at, due_clock,"
      " due_state, due_started_at, due_at, due_provisional, due_held, last_act, trouble, staff)"
      " SELECT 99, number, title, place, category, kind, urgent, stage, view, dispatched_at, due_clock, due_state,"
      " due_started_at, due_at, due_provisional, due_held, last_act, trouble, staff FROM assignment");
  EXPECT_EQ(world.finding(), "projection_differs");
}

TEST(StoreCheck, ANumberThatIsNotThatOfTheRowsIsFound) {
  HandledWorld world;
  world.spoil("UPDATE assignment_tally SET assignments = assignments + 1");
  EXPECT_EQ(world.finding(), "projection_differs");
}

TEST(StoreCheck, AReceiptThatTheCityDidNotSignIsFound) {
  HandledWorld world;
  auto receipt = world.store->snapshot().greatest.value();
  receipt.journal_seq = 2;
  world.writer.connection()
      .prepare("UPDATE receipt SET bytes = :bytes WHERE number = (SELECT max(number) FROM receipt)")
      .bind(":bytes", wire::pack_receipt(receipt))
      .run();
  EXPECT_EQ(world.finding(), "receipt_wrong");
}

TEST(StoreCheck, AChangedActIsFound) {
  HandledWorld world;
  world.spoil("UPDATE entry SET body = CAST(replace(body, 'Friday', 'Monday') AS BLOB) WHERE kind = 3");
  EXPECT_EQ(world.finding(), "chain_broken");
}

}  // namespace
}  // namespace fieldnode::office
