#include "node/central/centre.h"

#include <fmt/format.h>

#include "node/central/store/schema.h"
#include "node/db/health.h"
#include "node/db/migrations.h"
#include "node/lists/master_key_file.h"

namespace fieldnode::central {
namespace {

constexpr std::size_t kReaders = 4;

Refusal damaged(std::string const& finding) {
  return refuse(
      "storage_failed",
      fmt::format("The database is damaged ({}); nothing more is written. Restore the last backup.", finding));
}

}  // namespace

struct Centre::Parts {
  db::Connection connection;
  std::unique_ptr<db::ReadPool> readers;
  CityIdentity city;
  lists::ContactVault::MasterKey contact_key;
  std::optional<Refusal> damage;
  ClockHealth const* time_service{};
};

Result<std::unique_ptr<Centre>> Centre::open(CityPaths const& paths, Clock const& clock, Random& random,
                                             ClockHealth const* time_service) {
  if (!std::filesystem::exists(paths.database())) {
    return refuse("no_city", fmt::format("{} has no city yet: run `fieldnode-central init --dir {} --name NAME`.",
                                         paths.directory.native(), paths.directory.native()));
  }
  db::OpenOptions const options{.application_id = kCentralFile};
  auto connection = db::Connection::open_writer(paths.database(), options);
  if (!connection) return connection.error();
  std::optional<Refusal> damage;
  if (auto const migrated = db::migrate(*connection, central_migrations()); !migrated) return migrated.error();
  if (!db::note_start(*connection)) {
    if (auto const findings = db::quick_check(*connection); !findings.empty()) damage = damaged(findings.front());
  }
  auto city = load_city(paths, *connection, clock.wall(), random);
  if (!city) return city.error();
  auto const contact_key = lists::open_master_key(paths.master_key(), *connection, random);
  if (!contact_key) return contact_key.error();
  auto readers = db::ReadPool::open(paths.database(), kReaders, options);
  if (!readers) return readers.error();
  bool const is_damaged = damage.has_value();
  std::unique_ptr<Centre> centre(new Centre(
      paths, clock, random,
      {std::move(*connection), std::move(*readers), std::move(*city), *contact_key, std::move(damage), time_service}));
  // In safe mode nothing can be written, and no exchange is taken in either.
  if (auto const ended = is_damaged ? Result<void>{} : centre->nodes_.reapply(); !ended) return ended.error();
  return centre;
}

Centre::Centre(CityPaths const& paths, Clock const& clock, Random& random, Parts&& parts)
    : paths_(paths),
      clock_(clock),
      random_(random),
      city_(std::move(parts.city)),
      vault_(parts.contact_key, random),
      writer_(std::move(parts.connection)),
      readers_(std::move(parts.readers)),
      store_(writer_, *readers_, vault_, random, rules::built_in_rule_book()),
      blobs_({.writer = writer_, .readers = *readers_, .files = {vault_, random, paths.attachments()}}),
      attachments_(store_, blobs_),
      accounts_(writer_, *readers_, clock, random),
      dispatches_(store_, random),
      decisions_(store_, random),
      intakes_(store_),
      merges_(store_),
      rules_(store_),
      unmaskings_(store_),
      enrolments_(store_, city_, random),
      kept_outside_(paths.kept_outside()),
      nodes_(store_, kept_outside_),
      aside_(store_),
      assessments_(store_),
      vetoes_(store_),
      evidence_(store_, city_),
      phones_(store_, city_.key.keys, random),
      time_corrections_(store_),
      clock_guard_(clock, parts.time_service) {
  store_.watch_clock([this] { return clock_guard_.doubted_since(); });
  if (parts.damage) writer_.stop_writing(*parts.damage);
  // In safe mode it is refused; then only old cases are missing where similar ones are looked for.
  (void)store_.fill_in();
  // A stop may have come between two units; what is still missing then goes with the next publication.
  (void)rules_.finish(clock_.wall());
}

StaffNames Centre::staff_names() {
  StaffNames names;
  for (auto const& account : accounts_.list()) names.emplace(account.id, account.name);
  return names;
}

Centre::~Centre() {
  // In safe mode the note is refused, so that the next start checks the file.
  (void)writer_.run([](db::Connection& connection) -> Result<void> {
    db::note_stop(connection);
    return {};
  });
  writer_.stop();
}

}  // namespace fieldnode::central
