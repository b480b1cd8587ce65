#include "node/central/city.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "node/central/store/schema.h"
#include "node/db/migrations.h"
#include "node/db/private_file.h"
#include "node/lists/master_key_file.h"
#include "sync/base/check.h"
#include "sync/crypto/hash.h"
#include "sync/wire/fingerprint.h"

namespace fieldnode::central {
namespace {

namespace fs = std::filesystem;
using std::chrono::days;

constexpr std::size_t kNameMaxBytes = 200;
constexpr std::size_t kOwnNames = 1;      ///< localhost
constexpr std::size_t kOwnAddresses = 2;  ///< of the loopback
constexpr int kSyncPort = 8440;
/// Nodes judge dates by what they know of true time, and a CA that ends strands them all; its key is guarded otherwise.
constexpr days kCaLife{20 * 365};
constexpr days kServerLife{3 * 365};
/// Clocks of freshly installed machines run behind.
constexpr days kBackdated{1};

bool is_address(std::string_view host) {
  bool const digits = std::ranges::all_of(host, [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
  return digits || host.find(':') != std::string_view::npos;
}

bool is_name(std::string_view host) {
  auto const fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  };
  return !host.empty() && host.size() <= 253 && std::ranges::all_of(host, fits) && host.front() != '.' &&
         host.front() != '-';
}

Result<net::ServerNames> names_of(std::vector<std::string> const& hosts) {
  net::ServerNames names{.dns = {"localhost"}, .addresses = {"127.0.0.1", "::1"}};
  for (auto const& host : hosts) {
    auto& list = is_address(host) ? names.addresses : names.dns;
    if (!is_address(host) && !is_name(host)) {
      return refuse("bad_host",
                    fmt::format("\"{}\" is no host name or IP address; give --host like centre.example.", host));
    }
    if (std::ranges::find(list, host) == list.end()) list.push_back(host);
  }
  return names;
}

Result<void> require_name(std::string const& name) {
  bool const controls = std::ranges::any_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (!name.empty() && name.size() <= kNameMaxBytes && !controls) return {};
  return refuse(
      "bad_city_name",
      fmt::format("The city's name has 1 to {} bytes and no control characters; give --name.", kNameMaxBytes));
}

Result<void> make_directory(fs::path const& directory) {
  std::error_code failed;
  if (fs::is_directory(directory, failed)) return {};
  if (!fs::create_directory(directory, failed)) {
    return refuse("no_data_directory", fmt::format("{} cannot be made: {}. Make its parent first, or choose another.",
                                                   directory.native(), failed.message()));
  }
  fs::permissions(directory, fs::perms::owner_all, failed);
  return {};
}

/// Reads a pair of files, or makes them when neither is there.
template <class Make>
Result<net::Identity> load_or_make(fs::path const& certificate, fs::path const& key, Make const& make) {
  if (!fs::exists(key) || !fs::exists(certificate)) {
    Result<net::Identity> made = make();
    if (!made) return made.error();
    if (auto const kept = db::write_private_file(key, made->private_key_pem); !kept) return kept.error();
    if (auto const kept = db::write_private_file(certificate, made->certificate_pem); !kept) return kept.error();
    return made;
  }
  auto key_pem = db::read_private_file(key);
  if (!key_pem) return key_pem.error();
  auto certificate_pem = db::read_private_file(certificate);
  if (!certificate_pem) return certificate_pem.error();
  return net::Identity{std::move(*certificate_pem), std::move(*key_pem)};
}

Refusal damaged_city_key(fs::path const& path) {
  return refuse("wrong_city_key", fmt::format("{} is damaged or another city's key; put the right one back from the "
                                              "backup of the keys.",
                                              path.native()));
}

Result<crypto::KeyPair> load_or_make_key(fs::path const& path, Random& random) {
  if (fs::exists(path)) return read_key_file(path);
  auto const keys = crypto::ed25519_suite()->make_keys(random);
  if (auto const kept = db::write_private_file(path, to_hex(keys.secret_key) + "\n"); !kept) return kept.error();
  return keys;
}

bool has_city(db::Connection& connection) {
  return connection.prepare("SELECT count(*) FROM city").one<std::int64_t>() != 0;
}

void insert_city(db::Connection& connection, std::string const& name, engine::CityKey const& key,
                 wire::CityRoot const& root) {
  connection
      .prepare("INSERT INTO city (id, name, key_id, public_key, root) VALUES (1, :name, :key_id, :public_key, :root)")
      .bind(":name", name)
      .bind(":key_id", key.id)
      .bind(":public_key", key.keys.public_key)
      .bind(":root", wire::pack_root(root))
      .run();
}

/// The server's certificate is renewed when a third of its life is left, under the names that it has. The key stays, so
/// that one file takes the place of another and no stop can leave a pair that does not fit.
Result<void> renew_server(CityPaths const& paths, net::Identity const& ca, net::Identity& server, UtcTime now,
                          Random& random) {
  auto const facts = net::read_certificate(server.certificate_pem);
  if (!facts) return facts.error();
  auto const& life = facts->validity;
  if (now < life.until - (life.until - life.from) / 3) return {};
  auto const request = net::make_certificate_request(server.private_key_pem, facts->common_name);
  if (!request) return request.error();
  auto made = net::issue_server_certificate(ca, *request, facts->names, {now - kBackdated, now + kServerLife}, random);
  if (!made) return made.error();
  if (auto const kept = db::write_private_file(paths.server_certificate(), *made); !kept) return kept.error();
  server.certificate_pem = *std::move(made);
  return {};
}

/// A change of keys that was stopped between the database and the file is done here.
Result<crypto::KeyPair> load_city_key(CityPaths const& paths, BytesView public_key) {
  auto const held = read_key_file(paths.city_key());
  if (held && std::ranges::equal(public_key, held->public_key)) return held;
  auto const next = read_key_file(paths.next_city_key());
  if (next && std::ranges::equal(public_key, next->public_key)) {
    if (auto const used = use_next_city_key(paths); !used) return used.error();
    return next;
  }
  if (!held) return held.error();
  return damaged_city_key(paths.city_key());
}

std::vector<wire::CityKeyStep> load_steps(db::Connection& connection) {
  std::vector<wire::CityKeyStep> steps;
  auto select = connection.prepare("SELECT bytes FROM city_key_step ORDER BY number");
  for (db::Row const row : select) {
    auto const step = wire::unpack_step(row.get<BytesView>(0));
    if (!step) throw BrokenWorld("the history of the city's key: " + step.error().sentence);
    steps.push_back(*step);
  }
  return steps;
}

std::optional<wire::CityRoot> load_root(std::optional<BytesView> column) {
  if (!column) return std::nullopt;
  auto const root = wire::unpack_root(*column);
  if (!root) throw BrokenWorld("the city's root key: " + root.error().sentence);
  return *root;
}

Result<void> make_keys(CityPaths const& paths, NewCity const& city, net::ServerNames const& names, UtcTime now,
                       Random& random, crypto::KeyPair& keys) {
  auto const made = load_or_make_key(paths.city_key(), random);
  if (!made) return made.error();
  keys = *made;
  auto const ca = load_or_make(paths.ca_certificate(), paths.ca_key(), [&]() -> Result<net::Identity> {
    return net::make_city_ca(city.name, {now - kBackdated, now + kCaLife}, random);
  });
  if (!ca) return ca.error();
  auto const server = load_or_make(paths.server_certificate(), paths.server_key(), [&] {
    return net::make_server_identity(*ca, names, {now - kBackdated, now + kServerLife}, random);
  });
  if (!server) return server.error();
  return {};
}

}  // namespace

Result<void> init_city(CityPaths const& paths, NewCity const& city, UtcTime now, Random& random) {
  if (auto const named = require_name(city.name); !named) return named.error();
  auto const names = names_of(city.hosts);
  if (!names) return names.error();
  if (auto const made = make_directory(paths.directory); !made) return made.error();
  auto connection = db::Connection::open_writer(paths.database(), {.application_id = kCentralFile});
  if (!connection) return connection.error();
  if (auto const migrated = db::migrate(*connection, central_migrations()); !migrated) return migrated.error();
  if (has_city(*connection)) {
    return refuse("city_exists",
                  fmt::format("{} has a city already; choose another directory.", paths.directory.native()));
  }
  crypto::KeyPair keys;
  if (auto const made = make_keys(paths, city, *names, now, random, keys); !made) return made.error();
  auto const contact_key = lists::open_master_key(paths.master_key(), *connection, random);
  if (!contact_key) return contact_key.error();
  engine::CityKey const key{.id = random.bits64(), .keys = keys};
  auto const root = make_root(paths.root_key(), key, random);
  if (!root) return root.error();
  // The row comes last: a directory without it is one where init did not finish.
  insert_city(*connection, city.name, key, *root);
  return {};
}

Result<CityIdentity> load_city(CityPaths const& paths, db::Connection& connection, UtcTime now, Random& random) {
  auto select = connection.prepare("SELECT name, key_id, public_key, root FROM city");
  auto const row = select.next();
  if (!row) {
    return refuse("no_city", fmt::format("{} has no city yet: run `fieldnode-central init --dir {} --name NAME`.",
                                         paths.directory.native(), paths.directory.native()));
  }
  auto const keys = load_city_key(paths, row->get<BytesView>(2));
  if (!keys) return keys.error();
  auto const absent = [] {
    return Result<net::Identity>(refuse("file_missing",
                                        "A certificate of the city is missing: "
                                        "put it back from the backup."));
  };
  auto ca = load_or_make(paths.ca_certificate(), paths.ca_key(), absent);
  if (!ca) return ca.error();
  auto server = load_or_make(paths.server_certificate(), paths.server_key(), absent);
  if (!server) return server.error();
  if (auto const renewed = renew_server(paths, *ca, *server, now, random); !renewed) return renewed.error();
  return CityIdentity{.name = row->get<std::string>(0),
                      .key = {.id = row->get<std::uint64_t>(1), .keys = *keys},
                      .ca = std::move(*ca),
                      .server = std::move(*server),
                      .root = load_root(row->get<std::optional<BytesView>>(3)),
                      .steps = load_steps(connection)};
}

Result<crypto::KeyPair> read_key_file(fs::path const& path) {
  auto const text = db::read_private_file(path);
  if (!text) return text.error();
  auto const bytes = from_hex(text->substr(0, text->find('\n')));
  crypto::KeyPair keys;
  if (!bytes || bytes->size() != keys.secret_key.size()) return damaged_city_key(path);
  // Ed25519's secret key ends with its public key.
  std::ranges::copy(*bytes, keys.secret_key.begin());
  std::ranges::copy(BytesView(*bytes).last(keys.public_key.size()), keys.public_key.begin());
  return keys;
}

Result<wire::CityRoot> make_root(fs::path const& path, engine::CityKey const& city, Random& random) {
  auto const keys = load_or_make_key(path, random);
  if (!keys) return keys.error();
  wire::CityRoot root{.suite = {}, .key_id = city.id, .root = keys->public_key, .signature = {}};
  wire::sign_root(root, *crypto::ed25519_suite(), city.keys.secret_key);
  return root;
}

Result<void> use_next_city_key(CityPaths const& paths) {
  std::error_code failed;
  fs::rename(paths.next_city_key(), paths.city_key(), failed);
  if (!failed) return {};
  return refuse("file_not_written", fmt::format("{} cannot take the place of {}: {}.", paths.next_city_key().native(),
                                                paths.city_key().native(), failed.message()));
}

net::Validity node_validity(UtcTime now) { return {now - kBackdated, now + kNodeCertificateLife}; }

std::string node_common_name(NodeId node) { return fmt::format("node-{}", node.value); }

std::string sync_address(CityIdentity const& city) {
  auto const facts = net::read_certificate(city.server.certificate_pem);
  check(facts.has_value(), "the server's certificate was read at the start");
  // What `init` added by itself comes first, and is of use on this machine only.
  auto const& names = facts->names;
  auto const host = names.dns.size() > kOwnNames             ? names.dns.back()
                    : names.addresses.size() > kOwnAddresses ? names.addresses.back()
                                                             : names.addresses.front();
  return fmt::format("https://{}:{}", host.find(':') == std::string::npos ? host : "[" + host + "]", kSyncPort);
}

Result<std::string> city_fingerprint(CityIdentity const& city) {
  auto const ca = net::read_certificate(city.ca.certificate_pem);
  if (!ca) return ca.error();
  return wire::city_fingerprint(ca->fingerprint, city.key.keys.public_key);
}

Result<Bytes> ca_pin(net::Identity const& ca, std::size_t bytes) {
  auto const facts = net::read_certificate(ca.certificate_pem);
  if (!facts) return facts.error();
  auto const pin = BytesView(facts->fingerprint).first(bytes);
  return Bytes(pin.begin(), pin.end());
}

}  // namespace fieldnode::central
