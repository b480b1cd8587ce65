#include "tests/sim/sim_office.h"

#include <fmt/format.h>

#include "node/db/health.h"
#include "node/db/migrations.h"
#include "node/office/journal_state.h"
#include "node/office/new_journal.h"
#include "node/office/projection.h"
#include "node/office/rule_follower.h"
#include "node/office/rule_state.h"
#include "node/office/schema.h"
#include "node/office/time_row.h"
#include "sync/base/check.h"
#include "tests/sim/planted.h"

namespace fieldnode::sim {
namespace {

constexpr std::string_view kDatabase = "office.db";

engine::TimeBounds bounds() { return {.build_date = office::build_date()}; }

/// As `OfficeData` does: after an unclean stop nothing is served from a file that nobody has looked at.
Result<void> require_sound(db::Connection& connection) {
  if (db::note_start(connection)) return {};
  auto const findings = db::quick_check(connection);
  if (findings.empty()) return {};
  return refuse("storage_damaged", findings.front());
}

}  // namespace

std::uint64_t stream_of(std::uint64_t seed, std::uint64_t purpose) {
  return SeededRandom(seed * 0x9E3779B97F4A7C15 + purpose).bits64();
}

SimOffice::SimOffice(OfficeGround const& ground, office::OfficeIdentity identity, crypto::KeyPair const& keys,
                     std::uint64_t seed)
    : SimOffice(ground, identity, keys, seed, fmt::format("node-{}", identity.node.value)) {}

SimOffice::SimOffice(SimOffice const& original, std::uint64_t seed)
    : SimOffice(original.ground_, original.identity_, original.node_.keys, seed, fmt::format("copy-{:x}", seed)) {
  master_key_ = original.master_key_;
}

SimOffice::SimOffice(OfficeGround const& ground, office::OfficeIdentity identity, crypto::KeyPair const& keys,
                     std::uint64_t seed, std::string machine)
    : ground_(ground),
      identity_(std::move(identity)),
      node_{identity_.unit, identity_.node, keys, identity_.city_key_id, identity_.city_key},
      disk_chance_(stream_of(seed, 1)),
      chance_(stream_of(seed, 2)),
      master_key_(crypto::make_seal_key(chance_)),
      disk_(disk_chance_),
      clock_(ground.timeline, std::move(machine), static_cast<int>(chance_.below(101)) - 50) {}

Result<db::Connection> SimOffice::open() {
  return db::Connection::open_writer(kDatabase, {.vfs = disk_.name(), .exclusive = true});
}

void SimOffice::found() {
  auto connection = open().value();
  check(db::migrate(connection, office::migrations()).has_value(), "the office's tables");
  db::InlineWriter writer(std::move(connection));
  lists::ContactVault vault(master_key_, chance_);
  engine::TrustedTime first(clock_, bounds(), {});
  auto const evidence = first.now();
  auto const founded = office::OfficeStore::found(writer, vault, chance_, identity_, {evidence, first.state()});
  check(founded.has_value(), "the office is founded");
}

Result<void> SimOffice::start() try {
  disk_.skip_syncs(planted("fsync_skipped"));
  auto connection = open();
  if (!connection) return connection.error();
  if (auto const migrated = db::migrate(*connection, office::migrations()); !migrated) return migrated.error();
  if (auto const sound = require_sound(*connection); !sound) return sound.error();
  lists::ContactVault vault(master_key_, chance_);
  lists::EntryLists lists(*connection, vault, identity_.unit);
  identity_.journal_epoch = office::JournalState(*connection).live();
  auto const rules = lists::UnitRules(ground_.book).on(*connection, vault, identity_.unit);
  office::refresh_projection(*connection, lists, identity_.journal_epoch, *rules->current());
  office::save_rule_state(*connection, office::load_rule_state(*connection, *rules));
  program_ = std::make_unique<Program>(*this, *std::move(connection));
  return {};
} catch (BrokenWorld const& broken) {
  return refuse("storage_failed", broken.what());
}

SimOffice::Program::Program(SimOffice& machine, db::Connection connection)
    : vault(machine.master_key_, machine.chance_),
      writer(std::move(connection)),
      readers(db::ReadPool::sharing(writer.connection())),
      time(machine.clock_, bounds(), office::load_time(writer.connection())),
      store(writer, *readers, vault, machine.ground_.book, machine.identity_),
      outages({writer, *readers, store, time, machine.clock_}),
      certificates(office::DataDir{"no-such-directory"}),
      exchanger(exchanger_world(machine)),
      blobs({writer, *readers, {vault, machine.chance_, "no-such-directory"}}),
      desk(store, blobs, time, [] {}) {}

office::Exchanger::World SimOffice::Program::exchanger_world(SimOffice& machine) {
  return {.store = store,
          .time = time,
          .outages = outages,
          .identity = machine.node_,
          .suite = machine.ground_.suite,
          .random = machine.chance_,
          .clock = machine.clock_,
          .certificates = certificates,
          .renew = [](std::string const&, office::Exchanger::Attempt const&) -> Result<void> { return {}; }};
}

void SimOffice::stop() {
  if (!program_) return;
  // Refused in safe mode, so that the next start checks the file.
  (void)program_->writer.run([](db::Connection& connection) { db::note_stop(connection); });
  program_.reset();
}

void SimOffice::kill() {
  disk_.cut_power();
  program_.reset();
  disk_.reboot(LossMode::kKeepAll);
}

void SimOffice::cut_power() {
  disk_.cut_power();
  program_.reset();
}

void SimOffice::reboot(LossMode loss, UtcTime wall) {
  disk_.reboot(loss);
  clock_.boot(wall);
}

void SimOffice::put_in(DiskImage const& image, UtcTime wall) {
  program_.reset();
  disk_.never_stop();
  disk_.mend();
  disk_.make_room();
  reboot(LossMode::kKeepAll, wall);
  disk_.replace(image);
}

Result<void> SimOffice::begin_journal() { return store().begin_journal(office::draw_journal(chance_), time().stamp()); }

void SimOffice::hold_file(AssignmentId assignment, Hash const& address) {
  blobs::BlobOwner const owner{identity_.unit, assignment};
  // Refused in safe mode: then the act is, too.
  (void)writer().run([&](db::Connection& connection) {
    blobs::BlobRows rows(connection);
    if (rows.find(owner, address)) return;
    blobs::BlobRow const row{
        .owner = owner, .size = 1000, .wrapped = vault().seal(connection, owner.unit, assignment, Hash{})};
    rows.publish(rows.add(row), {address, blobs::MediaKind::kPdf});
  });
}

std::vector<AssignmentId> SimOffice::assignments() { return office::Projection(connection()).ids(); }

}  // namespace fieldnode::sim
