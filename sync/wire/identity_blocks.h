#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sync/wire/city_keys.h"
#include "sync/wire/node_statement.h"

/// What an exchange says of keys and certificates, only where there is something to say. Source: PROTOCOL, "Identity".
namespace fieldnode::wire {

/// The node asks for its next TLS certificate. Signed by the node's own key, domain "fieldnode/renewal/1": whoever got
/// hold of the TLS key alone cannot go on with it.
struct CertificateRequest {
  SuiteId suite{};
  NodeId node{};
  std::string request;  ///< PEM, of a key made for it
  Signature signature{};
  friend bool operator==(CertificateRequest const&, CertificateRequest const&) = default;
};

/// Tag 30 of a request: what the node knows, so that the centre adds what it lacks.
struct IdentityClaim {
  std::uint64_t city_key{};  ///< the newest that it believes
  bool has_root{};
  bool has_word{};  ///< the city's word on its own key
  std::optional<CertificateRequest> renewal;
  friend bool operator==(IdentityClaim const&, IdentityClaim const&) = default;
};

/// Tag 30 of a reply.
struct IdentityNews {
  std::optional<NodeStatement> word;
  std::string certificate;  ///< PEM; empty: none was asked for
  std::optional<CityRoot> root;
  std::vector<CityKeyStep> steps;  ///< from the key that the claim names, in order

  [[nodiscard]] bool says_something() const {
    return word.has_value() || !certificate.empty() || root.has_value() || !steps.empty();
  }
  friend bool operator==(IdentityNews const&, IdentityNews const&) = default;
};

[[nodiscard]] Bytes signed_bytes(CertificateRequest const& request);
/// Fills in `suite` and `signature`.
void sign_request(CertificateRequest& request, crypto::SignatureSuite const& suite, crypto::SecretKey const& node);
/// Errors: `foreign_suite`, `bad_signature`.
[[nodiscard]] Result<void> verify_request(CertificateRequest const& request, crypto::SignatureSuite const& suite,
                                          crypto::PublicKey const& node);

}  // namespace fieldnode::wire
