#include "node/central/store/schema.h"
#include "node/db/health.h"
#include "node/db/migrations.h"
#include "node/db/transaction.h"
#include "node/office/schema.h"
#include "tests/sim/crash/centre_program.h"
#include "tests/sim/crash/crash_tales.h"
#include "tests/sim/crash/must.h"
#include "tests/sim/crash/office_program.h"

namespace fieldnode::sim {
namespace {

using Migrations = std::span<db::Migration const>;

/// As many steps had the schema of the first released program.
constexpr std::size_t kFirstProgramsSteps = 3;
constexpr char const* kNewFile = "new.db";

/// Columns that a table of the older schema shares with the one of today.
std::string shared_columns(db::Connection& connection, std::string const& table) {
  std::string columns;
  auto statement = connection.prepare(
      "SELECT old.name FROM pragma_table_info(:table, 'main') AS old"
      " JOIN pragma_table_info(:table, 'new') AS new ON new.name = old.name ORDER BY old.cid");
  statement.bind(":table", table);
  for (db::Row const row : statement) columns += (columns.empty() ? "\"" : ", \"") + row.get<std::string>(0) + "\"";
  return columns;
}

void copy_rows(db::Connection& connection) {
  std::vector<std::string> tables;
  {
    auto statement = connection.prepare(
        "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> "
        "'schema_migrations'");
    for (db::Row const row : statement) tables.push_back(row.get<std::string>(0));
  }
  connection.execute("PRAGMA foreign_keys = OFF");
  db::Transaction transaction(connection);
  for (auto const& table : tables) {
    auto const columns = shared_columns(connection, table);
    if (columns.empty()) continue;
    // What a trigger has counted meanwhile gives way to what the table itself holds.
    connection.execute("INSERT OR REPLACE INTO main.\"" + table + "\" (" + columns + ") SELECT " + columns +
                       " FROM new.\"" + table + "\"");
  }
  transaction.commit();
}

/// The disk as the first released program would have left it with the same work done: its schema, and of today's rows
/// what its columns hold.
DiskImage old_disk(DiskImage const& today, std::string const& file, std::uint32_t application_id, Migrations all) {
  SeededRandom random(4);
  SimDisk disk(random);
  DiskImage renamed;
  for (auto const& [name, content] : today) renamed.emplace(kNewFile + name.substr(file.size()), content);
  disk.replace(renamed);
  {
    auto connection = must(
        db::Connection::open_writer(file, {.application_id = application_id, .vfs = disk.name(), .exclusive = true}));
    (void)must(db::migrate(connection, all.first(kFirstProgramsSteps)));
    connection.execute(std::string("ATTACH DATABASE '") + kNewFile + "' AS new");
    copy_rows(connection);
    connection.execute("DETACH DATABASE new");
  }
  auto image = disk.image();
  std::erase_if(image, [](auto const& entry) { return entry.first.starts_with(kNewFile); });
  return image;
}

/// Planted: an upgrade that commits after each step of the schema.
void migrate_step_by_step(db::Connection& connection, Migrations all) {
  for (std::size_t steps = kFirstProgramsSteps + 1; steps <= all.size(); ++steps) {
    (void)must(db::migrate(connection, all.first(steps)));
  }
}

/// An old database meets this program: the upgrade is one commit, and each thing that is made anew is another.
class OldOfficeStory final : public CrashStory {
 public:
  OldOfficeStory(CrashCity const& city, SimDisk& disk, Planted planted) : city_(city), disk_(disk), planted_(planted) {}

  [[nodiscard]] std::size_t steps() const override { return 8; }
  [[nodiscard]] Result<void> perform(std::size_t step) override {
    clock_.advance(std::chrono::seconds(7));
    switch (step) {
      case 0:
        open();
        return {};
      case 1:
        migrate();
        return {};
      case 2:
        (void)db::note_start(*connection_);
        return {};
      case 3:
        make_office_rows_anew(*connection_, city_, chance_);
        return {};
      case 4:
        fill_office_digests(*connection_, city_, chance_);
        return {};
      case 5:
        name_office_rules(*connection_, city_, chance_);
        return {};
      case 6:
        run();
        return {};
      default:
        return program_->act("act-1", city_.manhole, rules::EntryKind::kAcknowledgement, rules::Acknowledgement{});
    }
  }
  void abandon() override {
    program_.reset();
    connection_.reset();
  }
  [[nodiscard]] std::string faults() override { return program_ == nullptr ? "" : program_->faults(); }
  [[nodiscard]] std::string unfinished() override {
    auto const lamp = program_->store().file_of(city_.lamp);
    return lamp && lamp->acts.size() == 1 ? "" : "the act of the older program is gone";
  }

 private:
  void open() {
    abandon();
    connection_.emplace(open_office_file(disk_));
    if (planted_ == Planted::kNoSync) connection_->execute("PRAGMA synchronous = OFF");
  }
  void migrate() {
    if (planted_ == Planted::kTwoTransactions) {
      migrate_step_by_step(*connection_, office::migrations());
    } else {
      migrate_office(*connection_);
    }
  }
  void run() {
    abandon();
    program_ = std::make_unique<OfficeProgram>(disk_, city_, chance_, clock_, planted_ != Planted::kNoSync);
  }

  CrashCity const& city_;
  SimDisk& disk_;
  Planted planted_;
  SeededRandom chance_{1};
  test::TestClock clock_{clock_after_cut()};
  std::optional<db::Connection> connection_;
  std::unique_ptr<OfficeProgram> program_;
};

class OldCentreStory final : public CrashStory {
 public:
  OldCentreStory(CrashCity const& city, SimDisk& disk, Planted planted) : city_(city), disk_(disk), planted_(planted) {}

  [[nodiscard]] std::size_t steps() const override { return 4; }
  [[nodiscard]] Result<void> perform(std::size_t step) override {
    switch (step) {
      case 0:
        abandon();
        connection_.emplace(open_centre_file(disk_));
        if (planted_ == Planted::kNoSync) connection_->execute("PRAGMA synchronous = OFF");
        return {};
      case 1:
        if (planted_ == Planted::kTwoTransactions) {
          migrate_step_by_step(*connection_, central::central_migrations());
        } else {
          migrate_centre(*connection_);
        }
        return {};
      case 2:
        (void)db::note_start(*connection_);
        return {};
      default:
        abandon();
        program_ = std::make_unique<CentreProgram>(disk_, city_, chance_, clock_, planted_ != Planted::kNoSync);
        return program_->store().fill_in();
    }
  }
  void abandon() override {
    program_.reset();
    connection_.reset();
  }
  [[nodiscard]] std::string faults() override { return program_ == nullptr ? "" : program_->faults(); }
  [[nodiscard]] std::string unfinished() override {
    return program_->store().dossier(city_.lamp) ? "" : "an assignment of the older program is gone";
  }

 private:
  CrashCity const& city_;
  SimDisk& disk_;
  Planted planted_;
  SeededRandom chance_{1};
  test::TestClock clock_{clock_after_cut()};
  std::optional<db::Connection> connection_;
  std::unique_ptr<CentreProgram> program_;
};

template <class Story>
std::unique_ptr<CrashStory> tell(CrashCity const& city, SimDisk& disk, Planted planted) {
  return std::make_unique<Story>(city, disk, planted);
}

}  // namespace

CrashTale tale_of_old_office(CrashCity const& city) {
  return {"migration of an older office's database",
          city,
          old_disk(city.office, kOfficeFile, kOfficeId, office::migrations()),
          kOfficeFile,
          kOfficeId,
          tell<OldOfficeStory>};
}

CrashTale tale_of_old_centre(CrashCity const& city) {
  return {"migration of an older centre's database",
          city,
          old_disk(city.centre, kCentreFile, kCentreId, central::central_migrations()),
          kCentreFile,
          kCentreId,
          tell<OldCentreStory>};
}

}  // namespace fieldnode::sim
