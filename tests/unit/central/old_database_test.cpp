#include <gtest/gtest.h>

#include "node/central/store/assignment_rows.h"
#include "node/central/store/salt_keys.h"
#include "node/central/store/schema.h"
#include "node/central/store/sqlite_central_store.h"
#include "node/central/store/sqlite_unit_work.h"
#include "node/db/inline_writer.h"
#include "node/db/migrations.h"
#include "node/db/transaction.h"
#include "tests/support/landed_migrations.h"
#include "tests/unit/central/central_world.h"

/// A database as the first released program left it: made by its migrations alone, with rows as it wrote them.
namespace fieldnode::central {
namespace {

constexpr std::size_t kFirstProgramsSteps = 3;

struct OldDatabase : testing::Test {
  OldDatabase() {
    EXPECT_TRUE(db::migrate(connection, central_migrations().first(kFirstProgramsSteps)));
    db::Transaction transaction(connection);
    connection.execute("INSERT INTO sequence (name, last) VALUES ('unit', 1), ('case', 3), ('assignment', 1)");
    add_case(CaseId{1}, CaseState::kNew, "13800138000");
    add_case(CaseId{2}, CaseState::kDispatched, "");
    add_case(CaseId{3}, CaseState::kClosed, "139 0013 9000");
    connection.execute(
        "UPDATE city_case SET source = 'old', external_id = '3', opened_at = 0, closed_at_source = 1,"
        " content_hash = zeroblob(32), contact_hash = zeroblob(32) WHERE id = 3");
    dispatch_second_case();
    transaction.commit();
  }

  void add_case(CaseId id, CaseState state, std::string const& telephone) {
    std::optional<Bytes> sealed;
    if (!telephone.empty()) {
      wire::ContactData const contact{.fields = {{wire::ContactTag::kTelephone, telephone}}, .keys = {}};
      auto const encoded =
          wire::encode_entry({.kind = rules::EntryKind::kNote, .payload = rules::Note{}}, {}, contact).value();
      sealed = vault.seal(connection, UnitId{}, AssignmentId{id.value}, encoded.contact.bytes);
    }
    connection
        .prepare(
            "INSERT INTO city_case (id, number, title, text, place, category, kind, urgent, confidential, limits, "
            "contact,"
            " created_at, state) VALUES (:id, :number, '路灯不亮', '', '', 2, 3, 0, 0, '[]', :contact, :at, :state)")
        .bind(":id", id)
        .bind(":number", "20261008-00000" + std::to_string(id.value))
        .bind(":contact", sealed)
        .bind(":at", kThursday)
        .bind(":state", static_cast<int>(state))
        .run();
  }

  /// The program of today dispatches, in a database of today; the rows that the first program would have written too
  /// are carried over.
  void dispatch_second_case() {
    auto today = db::Connection::open_in_memory();
    EXPECT_TRUE(db::migrate(today, central_migrations()));
    UnitRecord const unit{.id = UnitId{1}, .code = "BH", .name = "BH office"};
    UnitRows(today).add(unit, kThursday);
    lists::UnitRules rules(book);
    ClockDoubt const sure{};
    SqliteUnitWork work(today, vault, {rules, random, sure}, unit);
    EXPECT_TRUE(work.open_feed(kThursday));
    EXPECT_TRUE(work.append({.kind = rules::EntryKind::kDispatch,
                             .assignment = AssignmentId{1},
                             .payload = rules::Dispatch{.case_id = CaseId{2},
                                                        .category = rules::Category::kA2,
                                                        .kind = rules::CaseKind::kComplaint,
                                                        .limits = {}},
                             .at = kThursday,
                             .body = {},
                             .contact = {.fields = {}, .keys = draw_salt_keys(random)}}));
    AssignmentRows(today).put(project(unit.id, *work.assignment(AssignmentId{1})));
    for (auto const table : {"unit", "list", "entry", "data_key", "assignment"}) carry_over(today, table);
  }

  void carry_over(db::Connection& today, std::string const& table) {
    auto const name = "'" + table + "'";
    auto const columns =
        connection.prepare("SELECT group_concat(name, ', ') FROM pragma_table_info(" + name + ")").one<std::string>();
    auto const values =
        connection
            .prepare("SELECT group_concat('quote(' || name || ')', ' || '', '' || ') FROM pragma_table_info(" + name +
                     ")")
            .one<std::string>();
    auto rows = today.prepare("SELECT " + values + " FROM " + table);
    while (auto const row = rows.next()) {
      connection.execute("INSERT INTO " + table + " (" + columns + ") VALUES (" + row->get<std::string>(0) + ")");
    }
  }

  SeededRandom random{3};
  rules::RuleBook book{rules::built_in_rule_book()};
  lists::ContactVault vault{crypto::make_seal_key(random), random};
  db::Connection connection{db::Connection::open_in_memory()};
};

TEST_F(OldDatabase, OpensWithEveryCaseInTheStateThatItHad) {
  ASSERT_TRUE(db::migrate(connection, central_migrations()));
  db::InlineWriter writer(std::move(connection));
  auto const readers = db::ReadPool::sharing(writer.connection());
  SqliteCentralStore store(writer, *readers, vault, random, book);
  ASSERT_TRUE(store.fill_in());
  auto const sound = store.verify();
  ASSERT_TRUE(sound) << sound.error().sentence;
  EXPECT_EQ(sound->assignments, 1U);
  EXPECT_EQ(store.counts().cases, (std::map<CaseState, std::uint64_t>{
                                      {CaseState::kNew, 1}, {CaseState::kDispatched, 1}, {CaseState::kClosed, 1}}));
  EXPECT_EQ(store.contact_of(CaseId{1}).at(0).text, "13800138000");
  EXPECT_TRUE(store.find_case(CaseId{3})->source->is_history);
  EXPECT_EQ(store.cases({.state = {}, .category = {}, .words = "路灯", .before = {}}).total, 3U);
  DispatchDesk desk(store, random);
  EXPECT_TRUE(desk.dispatch({}, "d", CaseId{1}, "BH", {}, kThursday));
  EXPECT_TRUE(IntakeDesk(store).refuse_case({}, "r", desk.create_case({}, "c", lamp_form(), kThursday)->id,
                                            {rules::ReturnReason::kN9, "已调解", {}, {}}, kThursday));
  EXPECT_TRUE(store.verify());
}

TEST_F(OldDatabase, ItsCallersAreRecognisedOnceItWasFilledIn) {
  ASSERT_TRUE(db::migrate(connection, central_migrations()));
  db::InlineWriter writer(std::move(connection));
  auto const readers = db::ReadPool::sharing(writer.connection());
  SqliteCentralStore store(writer, *readers, vault, random, book);
  auto form = lamp_form();
  form.title = "别的事";
  auto const id = DispatchDesk(store, random).create_case({}, "c", form, kThursday)->id;
  EXPECT_TRUE(store.case_file(id)->similar.empty());
  ASSERT_TRUE(store.fill_in());
  auto const similar = store.case_file(id)->similar;
  ASSERT_EQ(similar.size(), 1U);
  EXPECT_EQ(similar[0].first.id, CaseId{1});
  EXPECT_EQ(similar[0].second, Likeness::kTelephone);
}

TEST(LandedMigrations, KeepTheirText) {
  EXPECT_EQ(test::rows_of("central", central_migrations()), test::landed_rows("central"));
}

TEST_F(OldDatabase, AContactThatDoesNotOpenDoesNotKeepTheCityShut) {
  ASSERT_TRUE(db::migrate(connection, central_migrations()));
  connection.execute("UPDATE city_case SET contact = zeroblob(64) WHERE id = 1");
  db::InlineWriter writer(std::move(connection));
  auto const readers = db::ReadPool::sharing(writer.connection());
  SqliteCentralStore store(writer, *readers, vault, random, book);
  EXPECT_TRUE(store.fill_in());
  EXPECT_THROW((void)store.contact_of(CaseId{1}), BrokenWorld) << "it is told where it is asked for";
}

}  // namespace
}  // namespace fieldnode::central
