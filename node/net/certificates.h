#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sync/base/bytes.h"
#include "sync/base/random.h"
#include "sync/base/result.h"
#include "sync/base/time.h"

namespace fieldnode::net {

/// The city's small public-key world: one CA, servers and nodes under it. All keys are ECDSA P-256, because browsers
/// refuse Ed25519. Everything goes in and out as PEM. Validity is always given: nothing here asks for the time.
/// Errors of every function that reads: `bad_certificate`, `bad_key`, `bad_request` with what is wrong.

struct Validity {
  UtcTime from{};
  UtcTime until{};
};

/// A certificate with its private key.
struct Identity {
  std::string certificate_pem;
  std::string private_key_pem;
};

/// What a server answers to.
struct ServerNames {
  std::vector<std::string> dns;
  std::vector<std::string> addresses;  ///< IP addresses
};

struct CertificateFacts {
  Hash fingerprint{};  ///< SHA-256 of the DER form
  std::string common_name;
  std::string serial;  ///< hexadecimal, lower case
  Validity validity;
  ServerNames names;
  bool is_authority = false;
};

/// A new private key. Chance comes from OpenSSL, which takes no other source.
[[nodiscard]] std::string make_private_key();

/// A self-signed CA that signs end certificates only (path length 0).
[[nodiscard]] Identity make_city_ca(std::string_view common_name, Validity const& validity, Random& random);

/// A signed request (PKCS#10) for the key's owner; the private key stays where it is.
[[nodiscard]] Result<std::string> make_certificate_request(std::string_view private_key_pem,
                                                           std::string_view common_name);
/// The common name that a request asks for, once its own signature proves that the asker holds the key.
[[nodiscard]] Result<std::string> read_certificate_request(std::string_view request_pem);

/// Answers a request with a TLS server certificate. Names and validity are the CA's word, not the request's.
[[nodiscard]] Result<std::string> issue_server_certificate(Identity const& ca, std::string_view request_pem,
                                                           ServerNames const& names, Validity const& validity,
                                                           Random& random);
/// Answers a request with a TLS client certificate for `common_name`, whatever name the request had.
[[nodiscard]] Result<std::string> issue_client_certificate(Identity const& ca, std::string_view request_pem,
                                                           std::string_view common_name, Validity const& validity,
                                                           Random& random);

/// A server certificate together with a new key, for a server on the CA's own machine.
[[nodiscard]] Result<Identity> make_server_identity(Identity const& ca, ServerNames const& names,
                                                    Validity const& validity, Random& random);
/// A client certificate together with a new key.
[[nodiscard]] Result<Identity> make_client_identity(Identity const& ca, std::string_view common_name,
                                                    Validity const& validity, Random& random);

/// Reads the first certificate of a PEM text.
[[nodiscard]] Result<CertificateFacts> read_certificate(std::string_view certificate_pem);
/// True when the first certificate of `certificate_pem` carries a signature of `ca_pem`. Says nothing about dates.
[[nodiscard]] Result<bool> is_issued_by(std::string_view certificate_pem, std::string_view ca_pem);

/// True when the first certificate of `certificate_pem` is one for the private key.
[[nodiscard]] Result<bool> belongs_to(std::string_view certificate_pem, std::string_view private_key_pem);

}  // namespace fieldnode::net
