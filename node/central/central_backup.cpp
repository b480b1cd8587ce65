#include "node/central/central_backup.h"

#include <fmt/format.h>

#include <fstream>

#include "node/blobs/blob_sweep.h"
#include "node/central/centre.h"
#include "node/central/store/restore_marks.h"
#include "node/central/store/schema.h"
#include "node/central/store/verification.h"
#include "node/db/backup.h"
#include "node/db/migrations.h"
#include "node/db/transaction.h"
#include "node/lists/master_key_file.h"
#include "node/lists/new_directory.h"
#include "node/lists/recovery_key.h"
#include "node/lists/sealed_backup.h"

namespace fieldnode::central {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> key_files(CityPaths const& paths) {
  return {paths.master_key(), paths.city_key(),           paths.ca_key(),      paths.ca_certificate(),
          paths.server_key(), paths.server_certificate(), paths.recovery_key()};
}

Result<Verification> check_copy(db::Connection& copy, CityPaths const& paths, Random& random) {
  auto const key = lists::load_master_key(paths.master_key());
  if (!key) return key.error();
  lists::ContactVault vault(*key, random);
  lists::UnitRules rules(rules::built_in_rule_book());
  db::Snapshot const one_view(copy);
  return Verifier(copy, vault, rules).run();
}

/// The first thing that the restored database is told, before anything that serves opens it.
Result<void> mark_database(fs::path const& database, UtcTime now) {
  auto connection = db::Connection::open_writer(database, {.application_id = kCentralFile});
  if (!connection) return connection.error();
  if (auto const migrated = db::migrate(*connection, central_migrations()); !migrated) return migrated.error();
  db::Transaction transaction(*connection);
  mark_restored(*connection, now);
  transaction.commit();
  return {};
}

}  // namespace

Result<std::string> ensure_recovery_key(CityPaths const& paths, Random& random) {
  auto const held = lists::load_recovery_key(paths.recovery_key());
  if (!held) return held.error();
  if (*held) return std::string();
  return lists::make_recovery_key(paths.recovery_key(), random);
}

Result<CityBackup> back_up_city(CityPaths const& paths, fs::path const& target, blobs::InBackup which, Random& random) {
  auto source = db::Connection::open_reader(paths.database(), {.application_id = kCentralFile});
  if (!source) return source.error();
  if (auto const fits = db::require_schema(*source, central_migrations()); !fits) return fits.error();
  auto made_key = ensure_recovery_key(paths, random);
  if (!made_key) return made_key.error();
  auto const key = lists::load_recovery_key(paths.recovery_key());
  if (!key) return key.error();
  lists::ScratchFile const copy(paths.directory / "backup.db");
  if (auto const copied = db::back_up(*source, copy.path()); !copied) return copied.error();
  auto reader = db::Connection::open_reader(copy.path(), {.application_id = kCentralFile});
  if (!reader) return reader.error();
  auto const checked = check_copy(*reader, paths, random);
  if (!checked) return checked.error();
  std::vector<lists::BackupPart> parts{{paths.database().filename(), copy.path()}};
  for (auto const& file : key_files(paths)) parts.push_back({file.filename(), file});
  auto const attachments = blobs::add_to_backup(parts, *reader, paths.attachments(), which);
  auto const sealed = lists::write_sealed_backup(target, lists::BackupOf::kCentre, parts, key->value(), random);
  if (!sealed) return sealed.error();
  return CityBackup{checked->units.size(), checked->entries, attachments, *std::move(made_key)};
}

Result<CityRestore> restore_city(fs::path const& source, CityPaths const& paths, crypto::KeyPair const& recovery,
                                 Clock const& clock, Random& random) {
  std::ifstream in(source, std::ios::binary);
  CityRestore restored;
  auto const bring_up = [&](fs::path const& made) -> Result<void> {
    CityPaths const new_paths(made);
    if (auto const marked = mark_database(new_paths.database(), clock.wall()); !marked) return marked;
    auto const centre = Centre::open(new_paths, clock, random);
    if (!centre) return centre.error();
    auto const verified = (*centre)->store().verify();
    if (!verified) return verified.error();
    if (auto const swept = blobs::sweep_blobs((*centre)->blobs(), clock.wall()); !swept) return swept.error();
    restored = {verified->units.size(), blobs::count_blobs(*(*centre)->readers().lease())};
    return {};
  };
  auto const done =
      lists::restore_directory({in, source, lists::BackupOf::kCentre}, recovery, paths.directory, bring_up);
  if (!done) return done.error();
  return restored;
}

}  // namespace fieldnode::central
