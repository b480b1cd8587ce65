#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "node/db/connection.h"
#include "node/net/certificates.h"
#include "sync/base/clock.h"
#include "sync/base/random.h"
#include "sync/base/result.h"
#include "sync/engine/exchange_server.h"
#include "sync/wire/city_keys.h"

/// A city's data directory: what is in it, how it begins.
namespace fieldnode::central {

/// Where everything lies. Keys are files beside the database (0600), so that a copy of the database alone shows no
/// contact data and signs nothing.
struct CityPaths {
  explicit CityPaths(std::filesystem::path at) : directory(std::move(at)) {}

  std::filesystem::path directory;

  [[nodiscard]] std::filesystem::path database() const { return directory / "central.db"; }
  [[nodiscard]] std::filesystem::path master_key() const { return directory / "master.key"; }
  [[nodiscard]] std::filesystem::path city_key() const { return directory / "city.key"; }
  /// One that is on its way to become city.key.
  [[nodiscard]] std::filesystem::path next_city_key() const { return directory / "city-next.key"; }
  /// Where `init` leaves the root key, to be carried to the safe; no program ever looks for it here.
  [[nodiscard]] std::filesystem::path root_key() const { return directory / "city-root.key"; }
  [[nodiscard]] std::filesystem::path ca_key() const { return directory / "ca.key"; }
  [[nodiscard]] std::filesystem::path ca_certificate() const { return directory / "ca.pem"; }
  [[nodiscard]] std::filesystem::path server_key() const { return directory / "server.key"; }
  [[nodiscard]] std::filesystem::path server_certificate() const { return directory / "server.pem"; }
  /// The public half of the key that opens backups.
  [[nodiscard]] std::filesystem::path recovery_key() const { return directory / "recovery.pub"; }
  /// What no backup contains and no restore touches.
  [[nodiscard]] std::filesystem::path kept_outside() const { return directory / "kept-outside-backup"; }
  [[nodiscard]] std::filesystem::path attachments() const { return directory / "attachments"; }
  [[nodiscard]] std::filesystem::path control_socket() const { return directory / "control.sock"; }
};

/// Who the city is: the key that signs receipts, the CA that vouches for servers and nodes, this server's certificate.
struct CityIdentity {
  std::string name;
  engine::CityKey key;
  net::Identity ca;
  net::Identity server;
  std::optional<wire::CityRoot> root{};    ///< nothing in a city that was made before there was one
  std::vector<wire::CityKeyStep> steps{};  ///< how the key came to be the one that it is
};

struct NewCity {
  std::string name;
  std::vector<std::string> hosts;  ///< names and addresses under which nodes will reach the sync port
};

/// Makes keys, certificates and the database. Killed in the middle and called again it goes on with the keys that are
/// there: a city whose database was merely lost must not get new ones.
/// Errors: `city_exists`, `bad_city_name`, `bad_host`, `no_data_directory` when the parent is missing, those of the
/// files and the database.
[[nodiscard]] Result<void> init_city(CityPaths const& paths, NewCity const& city, UtcTime now, Random& random);

/// Renews the server's certificate when it is time.
/// Errors: `no_city` when nothing was initialised there, those of the key files, `wrong_city_key` when city.key is not
/// the database's.
[[nodiscard]] Result<CityIdentity> load_city(CityPaths const& paths, db::Connection& connection, UtcTime now,
                                             Random& random);

/// Shape of a key file: hexadecimal. Errors: `wrong_city_key`, those of the file.
[[nodiscard]] Result<crypto::KeyPair> read_key_file(std::filesystem::path const& path);
/// The root key whose secret is in the file, or a new one: its public half signed by the city's key. Errors: those of
/// the file.
[[nodiscard]] Result<wire::CityRoot> make_root(std::filesystem::path const& path, engine::CityKey const& city,
                                               Random& random);
/// Puts the key in place that the database speaks of already. Errors: those of the files.
[[nodiscard]] Result<void> use_next_city_key(CityPaths const& paths);

/// A node's TLS certificate lives a little over a year and is renewed inside the exchange; a revoked node is turned
/// away by its row, not by a date.
inline constexpr std::chrono::days kNodeCertificateLife{400};
[[nodiscard]] net::Validity node_validity(UtcTime now);
[[nodiscard]] std::string node_common_name(NodeId node);

/// Where nodes reach the sync port, as the server's certificate says; the port is the usual one.
[[nodiscard]] std::string sync_address(CityIdentity const& city);

/// What an office compares before it believes that it was taken in by its own city.
[[nodiscard]] Result<std::string> city_fingerprint(CityIdentity const& city);

/// The first bytes of the SHA-256 of the CA's certificate, which an enrolment code carries.
[[nodiscard]] Result<Bytes> ca_pin(net::Identity const& ca, std::size_t bytes);

}  // namespace fieldnode::central
