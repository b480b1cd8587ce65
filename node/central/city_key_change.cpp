#include "node/central/city_key_change.h"

#include <system_error>

#include "node/central/store/receipt_rows.h"
#include "node/central/store/schema.h"
#include "node/db/migrations.h"
#include "node/db/private_file.h"
#include "node/db/transaction.h"

namespace fieldnode::central {
namespace {

/// A city at rest, opened for its keys alone.
struct RestingCity {
  db::Connection connection;
  CityIdentity identity;
};

Result<RestingCity> open_city(CityPaths const& paths, UtcTime now, Random& random) {
  auto connection = db::Connection::open_writer(paths.database(), {.application_id = kCentralFile});
  if (!connection) return connection.error();
  if (auto const migrated = db::migrate(*connection, central_migrations()); !migrated) return migrated.error();
  auto identity = load_city(paths, *connection, now, random);
  if (!identity) return identity.error();
  return RestingCity{*std::move(connection), *std::move(identity)};
}

void put_city(db::Connection& connection, CityIdentity const& city) {
  connection.prepare("UPDATE city SET key_id = :key_id, public_key = :public_key, root = :root")
      .bind(":key_id", city.key.id)
      .bind(":public_key", city.key.keys.public_key)
      .bind(":root", city.root ? std::optional(wire::pack_root(*city.root)) : std::nullopt)
      .run();
}

/// `step` names both keys; who vouches signs it. The new secret is on disk before the database speaks of it, and the
/// old one is there until then.
Result<KeyChanged> change_key(CityPaths const& paths, RestingCity& city, wire::CityKeyStep step,
                              crypto::SecretKey const& voucher, Random& random) {
  auto const suite = crypto::ed25519_suite();
  auto const old = city.identity.key;
  engine::CityKey const fresh{.id = random.bits64(), .keys = suite->make_keys(random)};
  step.old_id = old.id;
  step.old_key = old.keys.public_key;
  step.new_id = fresh.id;
  step.new_key = fresh.keys.public_key;
  wire::sign_step(step, *suite, voucher, fresh.keys.secret_key);
  auto const kept = db::write_private_file(paths.next_city_key(), to_hex(fresh.keys.secret_key) + "\n");
  if (!kept) return kept.error();

  city.identity.key = fresh;
  if (city.identity.root) {
    city.identity.root->key_id = fresh.id;
    wire::sign_root(*city.identity.root, *suite, fresh.keys.secret_key);
  }
  db::Transaction transaction(city.connection);
  ReceiptRows(city.connection, UnitId{}).sign_all(old);
  city.connection.prepare("INSERT INTO city_key_step (bytes) VALUES (:bytes)")
      .bind(":bytes", wire::pack_step(step))
      .run();
  put_city(city.connection, city.identity);
  transaction.commit();
  if (auto const used = use_next_city_key(paths); !used) return used.error();
  return KeyChanged{old.id, fresh.id, fresh.keys.public_key};
}

}  // namespace

Result<KeyChanged> rotate_city_key(CityPaths const& paths, UtcTime now, Random& random) {
  auto city = open_city(paths, now, random);
  if (!city) return city.error();
  auto const voucher = city->identity.key.keys.secret_key;
  return change_key(paths, *city, {.change = wire::KeyChange::kPlanned, .at = now}, voucher, random);
}

Result<KeyChanged> replace_city_key(CityPaths const& paths, std::filesystem::path const& root_key, UtcTime since,
                                    UtcTime now, Random& random) {
  if (since > now) {
    return refuse("bad_span",
                  "--since is still to come: give the last moment at which the key was certainly in the "
                  "city's hands alone.");
  }
  auto city = open_city(paths, now, random);
  if (!city) return city.error();
  if (!city->identity.root) {
    return refuse("no_city_root",
                  "This city has no root key that its offices know, so none could tell a new key from a thief's. "
                  "Enrol them again, and make a root key for next time: `fieldnode-central city-key root`.");
  }
  auto const root = read_key_file(root_key);
  if (!root) return root.error();
  if (root->public_key != city->identity.root->root) {
    return refuse("wrong_root_key",
                  root_key.native() + " is not this city's root key: fetch the right one from the safe.");
  }
  return change_key(paths, *city, {.change = wire::KeyChange::kCompromised, .at = since}, root->secret_key, random);
}

Result<crypto::PublicKey> make_city_root(CityPaths const& paths, std::filesystem::path const& root_key, UtcTime now,
                                         Random& random) {
  auto city = open_city(paths, now, random);
  if (!city) return city.error();
  if (city->identity.root) {
    return refuse("city_root_exists", "This city has its root key, and its offices have pinned it: it is in the safe.");
  }
  auto const root = make_root(root_key, city->identity.key, random);
  if (!root) return root.error();
  city->identity.root = *root;
  put_city(city->connection, city->identity);
  return root->root;
}

}  // namespace fieldnode::central
