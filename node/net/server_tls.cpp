#include "node/net/server_tls.h"

#include <openssl/ssl.h>

#include <string_view>

#include "node/net/openssl_handles.h"

namespace fieldnode::net {
namespace {

constexpr std::size_t kTicketKeysBytes = 80;  // OpenSSL's layout: name 16, MAC 32, cipher 32
constexpr std::string_view kSessionContext = "fieldnode";

Result<> use_identity(SSL_CTX* context, TlsServerIdentity const& identity) {
  auto const chain = certificates_from_pem(identity.certificate_chain_pem);
  auto const key = key_from_pem(identity.private_key_pem);
  if (chain.empty()) return refuse("bad_certificate", "The server's certificate is not PEM; issue it again.");
  if (!key)
    return refuse("bad_certificate", "The server's private key is not PEM, or has a pass phrase; issue it again.");
  bool fits = SSL_CTX_use_certificate(context, chain.front().get()) == 1 &&
              SSL_CTX_use_PrivateKey(context, key.get()) == 1 && SSL_CTX_check_private_key(context) == 1;
  for (std::size_t i = 1; i < chain.size(); ++i) {
    fits = fits && SSL_CTX_add1_chain_cert(context, chain[i].get()) == 1;
  }
  if (fits) return {};
  return refuse("bad_certificate", "The server's certificate and private key do not belong together: " +
                                       openssl_errors() + "; issue them again.");
}

Result<> ask_clients(SSL_CTX* context, std::string const& ca_pem) {
  auto const authorities = certificates_from_pem(ca_pem);
  if (authorities.empty()) return refuse("bad_certificate", "The CA for client certificates is not PEM.");
  for (auto const& authority : authorities) {
    // Named to clients, so that a browser with no certificate of ours does not ask its user for one.
    require_openssl(SSL_CTX_add_client_CA(context, authority.get()) == 1, "naming the clients' CA");
    require_openssl(X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority.get()) == 1,
                    "trusting the clients' CA");
  }
  // No hidden clock: dates are reported in PeerCertificate and judged by the handler, which owns trusted time.
  X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context), X509_V_FLAG_NO_CHECK_TIME);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  return {};
}

Result<> share_tickets(SSL_CTX* context, Bytes keys) {
  if (keys.empty()) return {};
  if (keys.size() != kTicketKeysBytes) return refuse("bad_ticket_keys", "TLS ticket keys are exactly 80 bytes.");
  require_openssl(SSL_CTX_set_tlsext_ticket_keys(context, keys.data(), kTicketKeysBytes) == 1, "setting ticket keys");
  return {};
}

}  // namespace

Result<boost::asio::ssl::context> make_server_tls(TlsServerIdentity const& identity) {
  boost::asio::ssl::context tls(boost::asio::ssl::context::tls_server);
  auto* const context = tls.native_handle();
  require_openssl(SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) == 1, "asking for TLS 1.3");
  require_openssl(
      SSL_CTX_set_session_id_context(context, reinterpret_cast<unsigned char const*>(kSessionContext.data()),
                                     static_cast<unsigned>(kSessionContext.size())) == 1,
      "naming the session context");
  // One ticket of about 1 kB instead of two: every new connection brings a fresh one anyway.
  require_openssl(SSL_CTX_set_num_tickets(context, 1) == 1, "setting the number of tickets");
  if (auto used = use_identity(context, identity); !used) return used.error();
  if (!identity.client_ca_pem.empty()) {
    if (auto asked = ask_clients(context, identity.client_ca_pem); !asked) return asked.error();
  }
  if (auto shared = share_tickets(context, identity.ticket_keys); !shared) return shared.error();
  return tls;
}

std::optional<PeerCertificate> peer_certificate(SSL* connection) {
  CertificateHandle const certificate(SSL_get1_peer_certificate(connection));
  if (!certificate || SSL_get_verify_result(connection) != X509_V_OK) return std::nullopt;
  PeerCertificate out;
  out.fingerprint = sha256_of_der(certificate.get());
  out.common_name = common_name_of(X509_get_subject_name(certificate.get()));
  out.serial = serial_of(certificate.get());
  out.not_before = utc_of(X509_get0_notBefore(certificate.get()));
  out.not_after = utc_of(X509_get0_notAfter(certificate.get()));
  return out;
}

}  // namespace fieldnode::net
