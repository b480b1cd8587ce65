#include "node/office/office_data.h"

#include <fmt/format.h>

#include "node/db/health.h"
#include "node/db/migrations.h"
#include "node/lists/master_key_file.h"
#include "node/office/projection.h"
#include "node/office/rule_state.h"
#include "node/office/schema.h"
#include "node/office/time_row.h"

namespace fieldnode::office {
namespace {

constexpr std::size_t kReaders = 6;  ///< more than cores; who finds none free waits for the end of a query

Refusal not_enrolled(DataDir const& dir) {
  return refuse("not_enrolled", fmt::format("There is no node in {}: run `fieldnode enrol --dir {} --centre "
                                            "https://HOST:PORT --code CODE` with a code from the centre.",
                                            dir.root.native(), dir.root.native()));
}

Result<void> require_database(DataDir const& dir) {
  std::error_code ignored;
  if (std::filesystem::exists(dir.database(), ignored)) return {};
  return not_enrolled(dir);
}

/// After a crash or a power cut nothing is served from a file that nobody has looked at.
Result<void> require_sound(DataDir const& dir, db::Connection& connection) {
  if (db::note_start(connection)) return {};
  auto const findings = db::quick_check(connection);
  if (findings.empty()) return {};
  return refuse("storage_damaged", fmt::format("{} is damaged ({}): restore it from a backup; the old file is left "
                                               "as it is.",
                                               dir.database().native(), findings.front()));
}

}  // namespace

struct OfficeData::Parts {
  DataDir dir;
  db::Connection connection;
  OfficeIdentity identity;
  lists::ContactVault::MasterKey master_key;
  crypto::KeyPair keys;
  engine::TimeState time;
  std::uint32_t drift_ppm{};  ///< of the policy in force
  std::unique_ptr<db::ReadPool> readers;
};

Result<std::unique_ptr<OfficeData>> OfficeData::open(DataDir const& dir, Clock const& clock, Random& random) {
  if (auto const there = require_database(dir); !there) return there.error();
  auto connection = db::Connection::open_writer(dir.database());
  if (!connection) return connection.error();
  if (auto const migrated = db::migrate(*connection, migrations()); !migrated) return migrated.error();
  auto identity = load_identity(*connection);
  if (!identity) return not_enrolled(dir);
  if (auto const sound = require_sound(dir, *connection); !sound) return sound.error();
  auto const master_key = lists::open_master_key(dir.master_key(), *connection, random);
  if (!master_key) return master_key.error();
  auto const keys = load_node_key(dir);
  if (!keys) return keys.error();
  lists::ContactVault vault(*master_key, random);
  lists::EntryLists lists(*connection, vault, identity->unit);
  auto const rules = lists::UnitRules(rules::built_in_rule_book()).on(*connection, vault, identity->unit);
  refresh_projection(*connection, lists, identity->journal_epoch, *rules->current());
  fill_state_digests(*connection, lists, identity->unit);
  // Named from the first start on: the next program may carry other notices than this one.
  save_rule_state(*connection, load_rule_state(*connection, *rules));
  auto readers = db::ReadPool::open(dir.database(), kReaders);
  if (!readers) return readers.error();
  auto time = load_time(*connection);
  Parts parts{dir,
              *std::move(connection),
              *std::move(identity),
              *master_key,
              *keys,
              std::move(time),
              rules->current()->policy.drift_ppm,
              *std::move(readers)};
  return std::unique_ptr<OfficeData>(new OfficeData(std::move(parts), clock, random));
}

OfficeData::OfficeData(Parts&& parts, Clock const& machine_clock, Random& chance)
    : dir(parts.dir),
      clock(machine_clock),
      random{chance},
      suite(crypto::ed25519_suite()),
      node{.unit = parts.identity.unit,
           .node = parts.identity.node,
           .keys = parts.keys,
           .city_key_id = parts.identity.city_key_id,
           .city_key = parts.identity.city_key},
      vault(parts.master_key, random),
      writer(std::move(parts.connection)),
      readers(std::move(parts.readers)),
      time{clock, {.drift_ppm = parts.drift_ppm, .build_date = build_date()}, std::move(parts.time)},
      store(writer, *readers, vault, rules::built_in_rule_book(), std::move(parts.identity)),
      blobs({.writer = writer, .readers = *readers, .files = {vault, random, dir.attachments()}}) {}

OfficeData::~OfficeData() {
  try {
    // Refused in safe mode, so that the next start checks the file.
    static_cast<void>(writer.run([](db::Connection& connection) { db::note_stop(connection); }));
  } catch (std::exception const&) {
    // The same: what was not noted is checked at the next start.
  }
}

Result<OfficeReading> read_office(DataDir const& dir, Random& random) {
  if (auto const there = require_database(dir); !there) return there.error();
  auto connection = db::Connection::open_reader(dir.database());
  if (!connection) return connection.error();
  if (auto const fits = db::require_schema(*connection, migrations()); !fits) return fits.error();
  auto identity = load_identity(*connection);
  if (!identity) return not_enrolled(dir);
  auto const key = lists::load_master_key(dir.master_key());
  if (!key) return key.error();
  return OfficeReading{*std::move(connection), *std::move(identity),
                       std::make_unique<lists::ContactVault>(*key, random)};
}

}  // namespace fieldnode::office
