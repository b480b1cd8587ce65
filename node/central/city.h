#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "node/db/connection.h"
#include "node/net/certificates.h"
#include "sync/base/clock.h"
#include "sync/base/random.h"
#include "sync/base/result.h"
#include "sync/engine/exchange_server.h"

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
  [[nodiscard]] std::filesystem::path ca_key() const { return directory / "ca.key"; }
  [[nodiscard]] std::filesystem::path ca_certificate() const { return directory / "ca.pem"; }
  [[nodiscard]] std::filesystem::path server_key() const { return directory / "server.key"; }
  [[nodiscard]] std::filesystem::path server_certificate() const { return directory / "server.pem"; }
  [[nodiscard]] std::filesystem::path control_socket() const { return directory / "control.sock"; }
};

/// Who the city is: the key that signs receipts, the CA that vouches for servers and nodes, this server's certificate.
struct CityIdentity {
  std::string name;
  engine::CityKey key;
  net::Identity ca;
  net::Identity server;
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

/// Errors: `no_city` when nothing was initialised there, those of the key files, `wrong_city_key` when city.key is not
/// the database's.
[[nodiscard]] Result<CityIdentity> load_city(CityPaths const& paths, db::Connection& connection);

/// The first bytes of the SHA-256 of the CA's certificate, which an enrolment code carries.
[[nodiscard]] Result<Bytes> ca_pin(net::Identity const& ca, std::size_t bytes);

}  // namespace fieldnode::central
