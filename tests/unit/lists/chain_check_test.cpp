#include "node/lists/chain_check.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "node/db/transaction.h"
#include "tests/unit/lists/lists_world.h"

namespace fieldnode::lists {
namespace {

using wire::ListKind;

constexpr AssignmentId kOne{1};

/// An office's database in which somebody has been at work with another program.
class Tampering : public testing::Test {
 protected:
  Tampering() {
    city_.handle(kOne);
    city_.handle(AssignmentId{2});
  }

  [[nodiscard]] db::Connection& connection() { return city_.office.connection; }

  [[nodiscard]] std::int64_t id_of(wire::ListName const& list) {
    auto select = connection().prepare("SELECT id FROM list WHERE epoch = :epoch");
    return select.bind(":epoch", list.epoch).one<std::int64_t>();
  }

  [[nodiscard]] std::string refusal() {
    auto const sound = city_.office.lists.verify();
    if (sound) return "sound";
    EXPECT_EQ(sound.error().code, "chain_broken");
    return sound.error().sentence;
  }

  /// Runs `sql` with :list, tells what verify says, and undoes it.
  [[nodiscard]] std::string after(std::string const& sql, wire::ListName const& list) {
    db::Transaction const undone(connection());
    connection().prepare(sql).bind(":list", id_of(list)).run();
    return refusal();
  }

  [[nodiscard]] Bytes column(std::string const& name, wire::ListName const& list, std::uint64_t seq) {
    auto select = connection().prepare("SELECT " + name + " FROM entry WHERE list = :list AND seq = :seq");
    return select.bind(":list", id_of(list)).bind(":seq", seq).one<Bytes>();
  }

  [[nodiscard]] std::string after_change(std::string const& name, wire::ListName const& list, std::uint64_t seq,
                                         Bytes const& bytes) {
    db::Transaction const undone(connection());
    connection()
        .prepare("UPDATE entry SET " + name + " = :bytes WHERE list = :list AND seq = :seq")
        .bind(":bytes", bytes)
        .bind(":list", id_of(list))
        .bind(":seq", seq)
        .run();
    return refusal();
  }

  /// Every byte of the column changed by one bit.
  void expect_every_byte_guarded(std::string const& name, wire::ListName const& list, std::uint64_t seq) {
    auto const place = place_of(list, seq) + ":";
    auto const bytes = column(name, list, seq);
    ASSERT_FALSE(bytes.empty());
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      auto changed = bytes;
      changed[at] ^= 1;
      auto const said = after_change(name, list, seq, changed);
      EXPECT_NE(said.find(place), std::string::npos) << name << ", byte " << at << ": " << said;
    }
  }

  TwoEnds city_;
};

bool names(std::string const& said, wire::ListName const& list, std::uint64_t seq) {
  return said.find(place_of(list, seq) + ":") != std::string::npos;
}

TEST_F(Tampering, NothingIsFoundWhereNothingWasDone) {
  EXPECT_EQ(refusal(), "sound");
  EXPECT_TRUE(city_.centre.lists.verify());
}

TEST_F(Tampering, AnEmptyListIsSound) {
  End end(3);
  EXPECT_TRUE(end.lists.verify());
  end.lists.open(kFeed);
  EXPECT_TRUE(end.lists.verify());
}

// Feed: 1 opening, 2 dispatch, 3 supervision note, ...  Journal: 1 opening, 2 acknowledgement, 3 contact, 4 resolution.
TEST_F(Tampering, EveryByteOfADispatchIsGuarded) {
  for (auto const* name : {"skeleton", "body", "contact", "leaf", "hash"}) expect_every_byte_guarded(name, kFeed, 2);
}

TEST_F(Tampering, EveryByteOfAnActIsGuarded) {
  for (auto const* name : {"skeleton", "body", "contact", "leaf", "hash"}) {
    expect_every_byte_guarded(name, kJournal, 3);
  }
}

TEST_F(Tampering, APartTakenAwayIsFound) {
  for (auto const* name : {"body", "contact"}) {
    auto const said = after(fmt::format("UPDATE entry SET {} = NULL WHERE list = :list AND seq = 3", name), kJournal);
    EXPECT_TRUE(names(said, kJournal, 3)) << said;
  }
}

TEST_F(Tampering, AMissingEntryIsNamed) {
  for (auto const& list : {kFeed, kJournal}) {
    auto const last = city_.office.lists.head(list.kind)->seq;
    for (std::uint64_t seq = 1; seq <= last; ++seq) {
      auto const said = after(fmt::format("DELETE FROM entry WHERE list = :list AND seq = {}", seq), list);
      EXPECT_TRUE(names(said, list, seq)) << said;
      EXPECT_NE(said.find("missing"), std::string::npos) << said;
    }
  }
}

TEST_F(Tampering, ReorderedEntriesAreFound) {
  db::Transaction const undone(connection());
  auto const journal = id_of(kJournal);
  for (auto const* sql : {"UPDATE entry SET seq = 1000 WHERE seq = 3 AND list = :list",
                          "UPDATE entry SET seq = 3 WHERE seq = 4 AND list = :list",
                          "UPDATE entry SET seq = 4 WHERE seq = 1000 AND list = :list"}) {
    connection().prepare(sql).bind(":list", journal).run();
  }
  EXPECT_TRUE(names(refusal(), kJournal, 3));
}

TEST_F(Tampering, AnEntryBeyondTheListsHeadIsFound) {
  auto const last = city_.office.lists.head(ListKind::kJournal)->seq;
  EXPECT_TRUE(names(after("UPDATE list SET seq = seq - 1 WHERE id = :list", kJournal), kJournal, last));
}

TEST_F(Tampering, AnotherHeadHashIsFound) {
  EXPECT_NE(after("UPDATE list SET hash = zeroblob(32) WHERE id = :list", kJournal).find("head"), std::string::npos);
}

TEST_F(Tampering, AnotherNameOfTheListIsFound) {
  EXPECT_NE(after("UPDATE list SET node = 22 WHERE id = :list", kJournal), "sound");
  EXPECT_NE(after("UPDATE list SET epoch = 22 WHERE id = :list", kFeed), "sound");
}

TEST_F(Tampering, ColumnsThatDoNotSayWhatTheSkeletonSaysAreFound) {
  for (auto const* change : {"assignment = 2", "kind = 8", "number = 9"}) {
    auto const said = after(fmt::format("UPDATE entry SET {} WHERE list = :list AND seq = 3", change), kJournal);
    EXPECT_TRUE(names(said, kJournal, 3)) << change << ": " << said;
  }
}

TEST_F(Tampering, AContactPartMovedToAnotherEntryIsFound) {
  auto const said = after(
      "UPDATE entry SET contact = (SELECT e.contact FROM entry AS e WHERE e.list = entry.list AND e.seq = 6)"
      " WHERE list = :list AND seq = 3",
      kJournal);
  EXPECT_TRUE(names(said, kJournal, 3)) << said;
}

TEST_F(Tampering, ALostDataKeyIsNamedAtTheFirstEntryThatNeedsIt) {
  db::Transaction const undone(connection());
  connection().execute("DELETE FROM data_key WHERE assignment = 2");
  EXPECT_TRUE(names(refusal(), kFeed, 4));
}

}  // namespace
}  // namespace fieldnode::lists
