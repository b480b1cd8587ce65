#include "node/db/statement.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "node/db/connection.h"

namespace fieldnode::db {
namespace {

class StatementTest : public testing::Test {
 protected:
  StatementTest() { connection.execute("CREATE TABLE things (id INTEGER PRIMARY KEY, value ANY) STRICT"); }

  template <class T>
  T through_the_database(T const& value) {
    connection.prepare("INSERT OR REPLACE INTO things (id, value) VALUES (1, :value)").bind(":value", value).run();
    return connection.prepare("SELECT value FROM things WHERE id = 1").one<T>();
  }

  Connection connection = Connection::open_in_memory();
};

TEST_F(StatementTest, EachTypeComesBackAsItWentIn) {
  EXPECT_EQ(through_the_database<std::int64_t>(std::numeric_limits<std::int64_t>::min()),
            std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(through_the_database<std::uint64_t>(UINT64_MAX), UINT64_MAX);
  EXPECT_EQ(through_the_database<int>(-7), -7);
  EXPECT_TRUE(through_the_database(true));
  EXPECT_EQ(through_the_database(0.5), 0.5);
  EXPECT_EQ(through_the_database(std::string("诉求\0x", 8)), std::string("诉求\0x", 8));
  EXPECT_EQ(through_the_database(Bytes{0, 1, 255}), (Bytes{0, 1, 255}));
  EXPECT_EQ(through_the_database(Hash{1, 2, 3}), (Hash{1, 2, 3}));
  EXPECT_EQ(through_the_database(Epoch{UINT64_MAX - 1}), Epoch{UINT64_MAX - 1});
  EXPECT_EQ(through_the_database(utc_from_ms(-5)), utc_from_ms(-5));
  EXPECT_EQ(through_the_database(Milliseconds(9)), Milliseconds(9));
  EXPECT_EQ(through_the_database(std::optional<int>()), std::nullopt);
  EXPECT_EQ(through_the_database(std::optional<int>(4)), 4);
}

TEST_F(StatementTest, EmptyTextAndEmptyBlobAreNotNull) {
  EXPECT_EQ(through_the_database(std::string()), "");
  EXPECT_EQ(through_the_database(Bytes{}), Bytes{});
  connection.prepare("UPDATE things SET value = :value").bind(":value", std::string_view()).run();
  EXPECT_EQ(connection.prepare("SELECT typeof(value) FROM things").one<std::string>(), "text");
  connection.prepare("UPDATE things SET value = :value").bind(":value", BytesView()).run();
  EXPECT_EQ(connection.prepare("SELECT typeof(value) FROM things").one<std::string>(), "blob");
}

TEST_F(StatementTest, LiteralBindsAsTextAndNullptrAsNull) {
  connection.prepare("INSERT INTO things (value) VALUES (:value)").bind(":value", "text").run();
  EXPECT_EQ(connection.prepare("SELECT value FROM things").one<std::string>(), "text");
  connection.prepare("UPDATE things SET value = :value").bind(":value", nullptr).run();
  EXPECT_EQ(connection.prepare("SELECT value FROM things").one<std::optional<std::string>>(), std::nullopt);
}

TEST_F(StatementTest, WrongTypeInTheFileIsAnErrorThatNamesTheColumn) {
  connection.execute("INSERT INTO things (value) VALUES ('seven')");
  try {
    (void)connection.prepare("SELECT value FROM things").one<int>();
    FAIL() << "text was read as an integer";
  } catch (DatabaseError const& error) {
    EXPECT_NE(std::string(error.what()).find("(value) holds text, wanted an integer"), std::string::npos)
        << error.what();
  }
}

TEST_F(StatementTest, NullOutOfRangeAndShortHashAreErrors) {
  EXPECT_THROW((void)connection.prepare("SELECT NULL").one<int>(), DatabaseError);
  EXPECT_THROW((void)connection.prepare("SELECT NULL").one<std::string>(), DatabaseError);
  EXPECT_THROW((void)connection.prepare("SELECT 4294967296").one<std::uint32_t>(), DatabaseError);
  EXPECT_THROW((void)connection.prepare("SELECT -1").one<std::uint32_t>(), DatabaseError);
  EXPECT_THROW((void)connection.prepare("SELECT 2").one<bool>(), DatabaseError);
  EXPECT_THROW((void)connection.prepare("SELECT x'00'").one<Hash>(), DatabaseError);
}

TEST_F(StatementTest, RowsComeInOrderAndOnce) {
  auto insert = connection.prepare("INSERT INTO things (id, value) VALUES (:id, :value)");
  insert.bind(":value", "kept");
  for (int id = 1; id <= 3; ++id) EXPECT_EQ(insert.bind(":id", id).run(), 1);
  auto select = connection.prepare("SELECT id, value FROM things ORDER BY id DESC");
  std::string seen;
  for (Row const row : select)
    seen += std::to_string(row.get<int>(0)) + std::string(row.get<std::string_view>(1)) + " ";
  EXPECT_EQ(seen, "3kept 2kept 1kept ");
  EXPECT_FALSE(select.next()) << "the end must stay the end";
}

TEST_F(StatementTest, OneAndMaybeInsistOnTheNumberOfRows) {
  EXPECT_THROW((void)connection.prepare("SELECT id FROM things").one<int>(), DatabaseError);
  EXPECT_EQ(connection.prepare("SELECT id FROM things").maybe<int>(), std::nullopt);
  connection.execute("INSERT INTO things (id) VALUES (1), (2)");
  EXPECT_THROW((void)connection.prepare("SELECT id FROM things").one<int>(), DatabaseError);
  EXPECT_THROW((void)connection.prepare("SELECT id FROM things").maybe<int>(), DatabaseError);
}

TEST_F(StatementTest, RunCountsTheRowsThatItChangedItself) {
  EXPECT_EQ(connection.execute("INSERT INTO things (id) VALUES (1), (2), (3)"), 3);
  EXPECT_EQ(connection.execute("UPDATE things SET value = 1 WHERE id > 1"), 2);
  EXPECT_EQ(connection.execute("DELETE FROM things WHERE id = 9"), 0);
  EXPECT_EQ(connection.execute("CREATE TABLE more (x)"), 0);
}

TEST_F(StatementTest, SameTextIsUsedTwiceAtATime) {
  connection.execute("INSERT INTO things (id) VALUES (1), (2)");
  auto pairs = 0;
  auto outer = connection.prepare("SELECT id FROM things");
  for ([[maybe_unused]] Row const row : outer) {
    auto inner = connection.prepare("SELECT id FROM things");
    for ([[maybe_unused]] Row const other : inner) ++pairs;
  }
  EXPECT_EQ(pairs, 4);
}

TEST_F(StatementTest, CachedStatementForgetsItsValues) {
  (void)connection.prepare("SELECT :a").bind(":a", 1).one<int>();
  auto again = connection.prepare("SELECT :a");
  EXPECT_DEATH((void)again.next(), "a parameter is not bound in: SELECT :a");
}

TEST_F(StatementTest, PragmaTakesEffectEachTime) {
  for (int const wanted : {5, 9, 5}) {
    (void)connection.prepare("PRAGMA busy_timeout = " + std::to_string(wanted)).one<int>();
    EXPECT_EQ(connection.prepare("PRAGMA busy_timeout").one<int>(), wanted);
  }
}

TEST_F(StatementTest, HalfReadStatementLetsGoOfItsSnapshot) {
  connection.execute("INSERT INTO things (id) VALUES (1), (2)");
  { EXPECT_TRUE(connection.prepare("SELECT id FROM things").next()); }
  connection.execute("DROP TABLE things");  // SQLite would say "locked" while a read is open
}

TEST_F(StatementTest, ConstraintsAreToldApart) {
  connection.execute_script(
      "CREATE TABLE parents (id INTEGER PRIMARY KEY);"
      "CREATE TABLE children (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, size INTEGER CHECK (size > 0),"
      " parent INTEGER REFERENCES parents (id));"
      "INSERT INTO children (id, name) VALUES (1, 'first')");
  auto const kind_of = [&](std::string_view sql) {
    try {
      connection.execute(sql);
    } catch (ConstraintError const& error) {
      return error.kind();
    }
    return ConstraintKind::kOther;
  };
  EXPECT_EQ(kind_of("INSERT INTO children (id, name) VALUES (1, 'x')"), ConstraintKind::kUnique);
  EXPECT_EQ(kind_of("INSERT INTO children (name) VALUES ('first')"), ConstraintKind::kUnique);
  EXPECT_EQ(kind_of("INSERT INTO children (name) VALUES (NULL)"), ConstraintKind::kNotNull);
  EXPECT_EQ(kind_of("INSERT INTO children (name, size) VALUES ('y', 0)"), ConstraintKind::kCheck);
  EXPECT_EQ(kind_of("INSERT INTO children (name, parent) VALUES ('z', 5)"), ConstraintKind::kForeignKey);
  EXPECT_FALSE(connection.storage_fault()) << "a constraint is no fault of the disk";
}

TEST_F(StatementTest, StatementWorksAgainAfterAConstraint) {
  auto insert = connection.prepare("INSERT INTO things (id) VALUES (:id)");
  insert.bind(":id", 1).run();
  EXPECT_THROW(insert.run(), ConstraintError);
  EXPECT_EQ(insert.bind(":id", 2).run(), 1);
}

TEST_F(StatementTest, ErrorsNameTheTextButNeverTheValues) {
  connection.execute("CREATE TABLE citizens (phone TEXT UNIQUE) STRICT");
  auto insert = connection.prepare("INSERT INTO citizens (phone) VALUES (:phone)");
  insert.bind(":phone", "13800000000").run();
  try {
    insert.run();
    FAIL();
  } catch (ConstraintError const& error) {
    std::string const message = error.what();
    EXPECT_NE(message.find("INSERT INTO citizens"), std::string::npos) << message;
    EXPECT_EQ(message.find("13800000000"), std::string::npos) << message;
  }
}

using StatementDeathTest = StatementTest;

TEST_F(StatementDeathTest, MisuseEndsTheProgram) {
  EXPECT_DEATH(connection.prepare("SELECT :a").bind(":b", 1), "no parameter :b in: SELECT :a");
  EXPECT_DEATH((void)connection.prepare("SELECT 1; SELECT 2"), "one SQL statement");
  EXPECT_DEATH((void)connection.prepare("  "), "empty SQL text");
  EXPECT_DEATH(connection.execute("SELECT 1"), "returns rows");
  auto select = connection.prepare("SELECT :a");
  select.bind(":a", 1);
  auto const row = select.next();
  EXPECT_DEATH(select.bind(":a", 2), "between two rows");
  EXPECT_DEATH((void)row->get<int>(1), "past the end of the row");
}

TEST_F(StatementDeathTest, StatementMustNotOutliveItsConnection) {
  EXPECT_DEATH(
      {
        auto other = std::make_unique<Connection>(Connection::open_in_memory());
        auto select = other->prepare("SELECT 1");
        other.reset();
      },
      "outlives its Connection");
}

}  // namespace
}  // namespace fieldnode::db
