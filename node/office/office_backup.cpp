#include "node/office/office_backup.h"

#include <fstream>

#include "node/blobs/blob_sweep.h"
#include "node/db/backup.h"
#include "node/lists/new_directory.h"
#include "node/lists/recovery_key.h"
#include "node/lists/sealed_backup.h"
#include "node/office/new_journal.h"
#include "node/office/store_check.h"

namespace fieldnode::office {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> key_files(DataDir const& dir) {
  return {dir.master_key(),  dir.node_key(), dir.tls_key(),  dir.tls_certificate(),
          dir.tls_renewed(), dir.ca(),       dir.settings(), dir.recovery_key()};
}

Result<CheckedStore> check_copy(db::Connection& copy, OfficeReading& office) {
  return check_store(copy, *office.vault, office.identity, *crypto::ed25519_suite(), rules::built_in_rule_book());
}

Result<OfficeRestore> begin_again(DataDir const& dir, Clock const& clock, Random& random) {
  auto const data = OfficeData::open(dir, clock, random);
  if (!data) return data.error();
  auto& office = **data;
  auto office_reading = read_office(dir, random);
  if (!office_reading) return office_reading.error();
  auto const checked = check_store(office_reading->connection, *office_reading->vault, office_reading->identity,
                                   *office.suite, rules::built_in_rule_book());
  if (!checked) return checked.error();
  auto const swept = blobs::sweep_blobs(office.blobs, office.time.now().interval.earliest);
  if (!swept) return swept.error();
  auto const seed = draw_journal(random);
  if (auto const begun = office.store.begin_journal(seed, office.time.stamp()); !begun) return begun.error();
  auto const files = blobs::count_blobs(*office.readers->lease());
  return OfficeRestore{office.store.identity(), checked->journal, seed.epoch, files};
}

}  // namespace

Result<std::string> ensure_recovery_key(DataDir const& dir, Random& random) {
  auto const held = lists::load_recovery_key(dir.recovery_key());
  if (!held) return held.error();
  if (*held) return std::string();
  return lists::make_recovery_key(dir.recovery_key(), random);
}

Result<OfficeBackup> back_up_office(DataDir const& dir, fs::path const& target, blobs::InBackup which, Random& random) {
  auto office = read_office(dir, random);
  if (!office) return office.error();
  auto made_key = ensure_recovery_key(dir, random);
  if (!made_key) return made_key.error();
  auto const key = lists::load_recovery_key(dir.recovery_key());
  if (!key) return key.error();
  lists::ScratchFile const copy(dir.root / "backup.db");
  if (auto const copied = db::back_up(office->connection, copy.path()); !copied) return copied.error();
  auto reader = db::Connection::open_reader(copy.path());
  if (!reader) return reader.error();
  auto const checked = check_copy(*reader, *office);
  if (!checked) return checked.error();
  std::vector<lists::BackupPart> parts{{dir.database().filename(), copy.path()}};
  for (auto const& file : key_files(dir)) parts.push_back({file.filename(), file});
  auto const attachments = blobs::add_to_backup(parts, *reader, dir.attachments(), which);
  auto const sealed = lists::write_sealed_backup(target, lists::BackupOf::kOffice, parts, key->value(), random);
  if (!sealed) return sealed.error();
  return OfficeBackup{office->identity.unit_code, checked->journal, checked->feed, attachments, *std::move(made_key)};
}

Result<OfficeRestore> restore_office(fs::path const& source, DataDir const& dir, crypto::KeyPair const& recovery,
                                     Clock const& clock, Random& random) {
  std::ifstream in(source, std::ios::binary);
  std::optional<OfficeRestore> restored;
  auto const bring_up = [&](fs::path const& made) -> Result<void> {
    auto begun = begin_again(DataDir{made}, clock, random);
    if (!begun) return begun.error();
    restored = *std::move(begun);
    return {};
  };
  auto const done = lists::restore_directory({in, source, lists::BackupOf::kOffice}, recovery, dir.root, bring_up);
  if (!done) return done.error();
  return *std::move(restored);
}

}  // namespace fieldnode::office
