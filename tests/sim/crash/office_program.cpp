#include "tests/sim/crash/office_program.h"

#include "node/db/health.h"
#include "node/db/migrations.h"
#include "node/db/transaction.h"
#include "node/office/projection.h"
#include "node/office/rule_state.h"
#include "node/office/schema.h"
#include "node/office/store_check.h"
#include "node/office/time_row.h"
#include "tests/sim/crash/must.h"

namespace fieldnode::sim {
namespace {

db::Connection started(SimDisk& disk, CrashCity const& city, Random& random, bool synchronous,
                       std::string const& file) {
  auto connection = open_office_file(disk, file);
  if (!synchronous) connection.execute("PRAGMA synchronous = OFF");
  migrate_office(connection);
  if (!db::note_start(connection)) {
    auto const findings = db::quick_check(connection);
    if (!findings.empty()) throw BrokenWorld(findings.front());
  }
  make_office_rows_anew(connection, city, random);
  name_office_rules(connection, city, random);
  return connection;
}

/// As the database names it: after a restore the journal is another than the one that the city began with.
office::OfficeIdentity identity_in(db::Connection& connection) {
  auto identity = office::load_identity(connection);
  if (!identity) throw BrokenWorld("no node is enrolled in this database");  // rot may have taken the row
  return *std::move(identity);
}

}  // namespace

db::Connection open_office_file(SimDisk& disk, std::string const& file) {
  return must(db::Connection::open_writer(file, {.vfs = disk.name(), .exclusive = true}));
}

void migrate_office(db::Connection& connection) { (void)must(db::migrate(connection, office::migrations())); }

void make_office_rows_anew(db::Connection& connection, CrashCity const& city, Random& random) {
  lists::ContactVault vault({}, random);
  auto const identity = identity_in(connection);
  lists::EntryLists lists(connection, vault, identity.unit);
  office::refresh_projection(connection, lists, identity.journal_epoch, city.book);
}

void fill_office_digests(db::Connection& connection, CrashCity const& city, Random& random) {
  lists::ContactVault vault({}, random);
  lists::EntryLists lists(connection, vault, city.identity.unit);
  office::fill_state_digests(connection, lists, city.identity.unit);
}

void name_office_rules(db::Connection& connection, CrashCity const& city, Random& random) {
  lists::ContactVault vault({}, random);
  auto const rules = lists::UnitRules(city.book).on(connection, vault, city.identity.unit);
  office::save_rule_state(connection, office::load_rule_state(connection, *rules));
}

OfficeProgram::OfficeProgram(SimDisk& disk, CrashCity const& city, Random& random, test::TestClock& clock,
                             bool synchronous, std::string const& file)
    : city_(city),
      node_{city.identity.unit, city.identity.node, city.node_keys, city.key.id, city.key.keys.public_key},
      vault_({}, random),
      writer_(started(disk, city, random, synchronous, file)),
      readers_(db::ReadPool::sharing(writer_.connection())),
      store_(writer_, *readers_, vault_, city.book, identity_in(writer_.connection())),
      time_(clock, {.build_date = office::build_date()}, office::load_time(writer_.connection())),
      journal_(store_, time_),
      client_(node_, *city.suite, journal_, random, clock) {}

Result<void> OfficeProgram::act(std::string const& id, AssignmentId assignment, rules::EntryKind kind,
                                rules::Payload payload, std::string const& note, std::vector<wire::BlobRef> files) {
  office::NewAct act;
  act.act_id = id;
  act.assignment = assignment;
  act.staff = StaffId{7};
  act.kind = kind;
  act.payload = std::move(payload);
  if (!note.empty()) act.body.texts.push_back({wire::TextTag::kNote, note});
  act.body.blobs = std::move(files);
  auto const recorded = store_.append(act, time_.stamp());
  if (!recorded) return recorded.error();
  return {};
}

Result<void> OfficeProgram::exchange(engine::Transport& transport) {
  engine::ExchangeOptions options;
  options.known_time = time_.now().interval;
  auto const done = client_.exchange_once(transport, options);
  if (!done) return done.error();
  return {};
}

std::string OfficeProgram::faults() {
  auto const checked = office::check_store(connection(), vault_, identity_in(connection()), *city_.suite, city_.book);
  if (!checked) return checked.error().code + ": " + checked.error().sentence;
  auto const whole = db::require_whole(connection());
  return whole ? "" : whole.error().code + ": " + whole.error().sentence;
}

Result<void> OfficeProgram::note_stop() {
  return writer_.run([](db::Connection& connection) -> Result<void> {
    db::note_stop(connection);
    return {};
  });
}

}  // namespace fieldnode::sim
