#include "node/net/certificates.h"

#include <arpa/inet.h>
#include <openssl/pem.h>

#include <array>

#include "node/net/openssl_handles.h"

namespace fieldnode::net {
namespace {

using ExtensionHandle = std::unique_ptr<X509_EXTENSION, OpensslDeleter<X509_EXTENSION_free>>;
using NamesHandle = std::unique_ptr<GENERAL_NAMES, OpensslDeleter<GENERAL_NAMES_free>>;

enum class Role { kAuthority, kServer, kClient };

/// What is to stand in a certificate.
struct Draft {
  Role role;
  std::string common_name;
  ServerNames names;
  Validity validity;
};

struct Issuer {
  CertificateHandle certificate;
  KeyHandle key;
};

KeyHandle new_key() {
  KeyHandle key(EVP_EC_gen("P-256"));
  require_openssl(key != nullptr, "making a key");
  return key;
}

std::string pem_of_key(EVP_PKEY* key) {
  BioHandle const bio(BIO_new(BIO_s_secmem()));
  require_openssl(bio && PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
                  "writing a key");
  return text_of_bio(bio.get());
}

void set_common_name(X509_NAME* name, std::string const& text) {
  require_openssl(
      X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<unsigned char const*>(text.data()),
                                 static_cast<int>(text.size()), -1, 0) == 1,
      "writing a common name");
}

/// X.509 allows a common name of 1 to 64 characters; OpenSSL would throw on the rest.
Result<> check_common_name(std::string_view name) {
  std::size_t characters = 0;
  for (char const c : name) {
    characters += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
    if (c >= 0 && c < 0x20) return refuse("bad_request", "A common name holds no control characters.");
  }
  if (characters >= 1 && characters <= 64) return {};
  return refuse("bad_request", "A common name has 1 to 64 characters.");
}

Result<> check_draft(Draft const& draft) {
  if (auto checked = check_common_name(draft.common_name); !checked) return checked;
  if (draft.validity.from >= draft.validity.until) {
    return refuse("bad_request", "A certificate's validity must end after it begins.");
  }
  if (draft.role == Role::kServer && draft.names.dns.empty() && draft.names.addresses.empty()) {
    return refuse("bad_request", "A server certificate needs at least one DNS name or IP address.");
  }
  for (auto const& name : draft.names.dns) {
    if (name.empty() || name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.*") !=
                            std::string::npos) {
      return refuse("bad_request", "\"" + name + "\" is no DNS name.");
    }
  }
  for (auto const& address : draft.names.addresses) {
    std::array<unsigned char, 16> parsed{};
    if (::inet_pton(AF_INET, address.c_str(), parsed.data()) != 1 &&
        ::inet_pton(AF_INET6, address.c_str(), parsed.data()) != 1) {
      return refuse("bad_request", "\"" + address + "\" is no IP address.");
    }
  }
  return {};
}

void set_serial(X509* certificate, Random& random) {
  std::array<std::uint8_t, 16> bytes{};
  random.fill(bytes);
  bytes[0] = static_cast<std::uint8_t>((bytes[0] & 0x7F) | 0x40);  // positive, and always 16 bytes long
  std::unique_ptr<BIGNUM, OpensslDeleter<BN_free>> const number(
      BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
  require_openssl(number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr,
                  "writing a serial number");
}

void set_time(ASN1_TIME* to, UtcTime time) {
  auto const seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
  require_openssl(ASN1_TIME_set(to, seconds) != nullptr, "writing a certificate's date");
}

void extend(X509* certificate, X509* issuer, int kind, std::string const& value) {
  X509V3_CTX context{};
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  ExtensionHandle const extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
  require_openssl(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "extending a certificate");
}

std::string alternative_names(ServerNames const& names) {
  std::string text;
  for (auto const& name : names.dns) text += (text.empty() ? "DNS:" : ",DNS:") + name;
  for (auto const& address : names.addresses) text += (text.empty() ? "IP:" : ",IP:") + address;
  return text;
}

void extend_for_role(X509* certificate, X509* issuer, Draft const& draft) {
  bool const is_authority = draft.role == Role::kAuthority;
  extend(certificate, issuer, NID_basic_constraints, is_authority ? "critical,CA:TRUE,pathlen:0" : "critical,CA:FALSE");
  extend(certificate, issuer, NID_key_usage,
         is_authority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature");
  extend(certificate, issuer, NID_subject_key_identifier, "hash");
  if (is_authority) return;
  extend(certificate, issuer, NID_authority_key_identifier, "keyid:always");
  extend(certificate, issuer, NID_ext_key_usage, draft.role == Role::kServer ? "serverAuth" : "clientAuth");
  if (draft.role == Role::kServer) extend(certificate, issuer, NID_subject_alt_name, alternative_names(draft.names));
}

/// `issuer` null: the certificate signs itself with `signing_key`.
CertificateHandle sign_draft(Draft const& draft, EVP_PKEY* subject_key, X509* issuer, EVP_PKEY* signing_key,
                             Random& random) {
  CertificateHandle certificate(X509_new());
  auto* const made = certificate.get();
  require_openssl(made != nullptr && X509_set_version(made, X509_VERSION_3) == 1, "starting a certificate");
  set_serial(made, random);
  set_time(X509_getm_notBefore(made), draft.validity.from);
  set_time(X509_getm_notAfter(made), draft.validity.until);
  set_common_name(X509_get_subject_name(made), draft.common_name);
  auto* const issuing = issuer == nullptr ? made : issuer;
  require_openssl(X509_set_issuer_name(made, X509_get_subject_name(issuing)) == 1, "naming the issuer");
  require_openssl(X509_set_pubkey(made, subject_key) == 1, "setting a certificate's key");
  extend_for_role(made, issuing, draft);
  require_openssl(X509_sign(made, signing_key, EVP_sha256()) > 0, "signing a certificate");
  return certificate;
}

Result<Issuer> read_issuer(Identity const& ca) {
  Issuer issuer{certificate_from_pem(ca.certificate_pem), key_from_pem(ca.private_key_pem)};
  if (!issuer.certificate) return refuse("bad_certificate", "The CA's certificate is not PEM.");
  if (!issuer.key) return refuse("bad_key", "The CA's private key is not PEM, or has a pass phrase.");
  if (X509_check_private_key(issuer.certificate.get(), issuer.key.get()) == 1) return issuer;
  return refuse("bad_key", "The CA's certificate and private key do not belong together: " + openssl_errors() + ".");
}

Result<KeyHandle> requested_key(std::string_view request_pem) {
  auto const request = request_from_pem(request_pem);
  if (!request) return refuse("bad_request", "The certificate request is not PEM; make it again.");
  KeyHandle key(X509_REQ_get_pubkey(request.get()));
  if (!key || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_EC || EVP_PKEY_get_bits(key.get()) != 256) {
    static_cast<void>(openssl_errors());
    return refuse("bad_request", "The certificate request has no P-256 key; make it again.");
  }
  if (X509_REQ_verify(request.get(), key.get()) != 1) {
    static_cast<void>(openssl_errors());
    return refuse("bad_request", "The certificate request is not signed by its own key; it was damaged or forged.");
  }
  return key;
}

Result<std::string> issue(Identity const& ca, std::string_view request_pem, Draft const& draft, Random& random) {
  if (auto checked = check_draft(draft); !checked) return checked.error();
  auto const issuer = read_issuer(ca);
  if (!issuer) return issuer.error();
  auto const key = requested_key(request_pem);
  if (!key) return key.error();
  return pem_of(sign_draft(draft, key->get(), issuer->certificate.get(), issuer->key.get(), random).get());
}

Result<Identity> issue_with_key(Identity const& ca, Draft const& draft, Random& random) {
  if (auto checked = check_draft(draft); !checked) return checked.error();
  auto const issuer = read_issuer(ca);
  if (!issuer) return issuer.error();
  auto const key = new_key();
  auto const made = sign_draft(draft, key.get(), issuer->certificate.get(), issuer->key.get(), random);
  return Identity{pem_of(made.get()), pem_of_key(key.get())};
}

std::string common_name_for(ServerNames const& names) {
  if (!names.dns.empty() && names.dns.front().size() <= 64) return names.dns.front();
  return names.addresses.empty() ? "server" : names.addresses.front();
}

ServerNames names_of(X509* certificate) {
  ServerNames out;
  NamesHandle const names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    auto const* const name = sk_GENERAL_NAME_value(names.get(), i);
    auto const* const data = ASN1_STRING_get0_data(name->type == GEN_DNS ? name->d.dNSName : name->d.iPAddress);
    auto const size =
        static_cast<std::size_t>(ASN1_STRING_length(name->type == GEN_DNS ? name->d.dNSName : name->d.iPAddress));
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (name->type == GEN_DNS) {
      out.dns.emplace_back(reinterpret_cast<char const*>(data), size);
    } else if (name->type == GEN_IPADD && (size == 4 || size == 16)) {
      out.addresses.emplace_back(::inet_ntop(size == 4 ? AF_INET : AF_INET6, data, text.data(), text.size()));
    }
  }
  return out;
}

}  // namespace

std::string make_private_key() { return pem_of_key(new_key().get()); }

Identity make_city_ca(std::string_view common_name, Validity const& validity, Random& random) {
  Draft const draft{Role::kAuthority, std::string(common_name), {}, validity};
  auto const key = new_key();
  auto const made = sign_draft(draft, key.get(), nullptr, key.get(), random);
  return {pem_of(made.get()), pem_of_key(key.get())};
}

Result<std::string> make_certificate_request(std::string_view private_key_pem, std::string_view common_name) {
  if (auto checked = check_common_name(common_name); !checked) return checked.error();
  auto const key = key_from_pem(private_key_pem);
  if (!key) return refuse("bad_key", "The private key is not PEM, or has a pass phrase.");
  RequestHandle const request(X509_REQ_new());
  require_openssl(request != nullptr, "starting a certificate request");
  set_common_name(X509_REQ_get_subject_name(request.get()), std::string(common_name));
  require_openssl(X509_REQ_set_pubkey(request.get(), key.get()) == 1, "setting a request's key");
  require_openssl(X509_REQ_sign(request.get(), key.get(), EVP_sha256()) > 0, "signing a certificate request");
  BioHandle const bio(BIO_new(BIO_s_mem()));
  require_openssl(bio && PEM_write_bio_X509_REQ(bio.get(), request.get()) == 1, "writing a certificate request");
  return text_of_bio(bio.get());
}

Result<std::string> read_certificate_request(std::string_view request_pem) {
  if (auto const key = requested_key(request_pem); !key) return key.error();
  return common_name_of(X509_REQ_get_subject_name(request_from_pem(request_pem).get()));
}

Result<std::string> issue_server_certificate(Identity const& ca, std::string_view request_pem, ServerNames const& names,
                                             Validity const& validity, Random& random) {
  return issue(ca, request_pem, {Role::kServer, common_name_for(names), names, validity}, random);
}

Result<std::string> issue_client_certificate(Identity const& ca, std::string_view request_pem,
                                             std::string_view common_name, Validity const& validity, Random& random) {
  return issue(ca, request_pem, {Role::kClient, std::string(common_name), {}, validity}, random);
}

Result<Identity> make_server_identity(Identity const& ca, ServerNames const& names, Validity const& validity,
                                      Random& random) {
  return issue_with_key(ca, {Role::kServer, common_name_for(names), names, validity}, random);
}

Result<Identity> make_client_identity(Identity const& ca, std::string_view common_name, Validity const& validity,
                                      Random& random) {
  return issue_with_key(ca, {Role::kClient, std::string(common_name), {}, validity}, random);
}

Result<CertificateFacts> read_certificate(std::string_view certificate_pem) {
  auto const certificate = certificate_from_pem(certificate_pem);
  if (!certificate) return refuse("bad_certificate", "The certificate is not PEM.");
  CertificateFacts facts;
  facts.fingerprint = sha256_of_der(certificate.get());
  facts.common_name = common_name_of(X509_get_subject_name(certificate.get()));
  facts.serial = serial_of(certificate.get());
  facts.validity = {utc_of(X509_get0_notBefore(certificate.get())), utc_of(X509_get0_notAfter(certificate.get()))};
  facts.names = names_of(certificate.get());
  facts.is_authority = X509_check_ca(certificate.get()) == 1;
  return facts;
}

Result<bool> is_issued_by(std::string_view certificate_pem, std::string_view ca_pem) {
  auto const certificate = certificate_from_pem(certificate_pem);
  auto const authority = certificate_from_pem(ca_pem);
  if (!certificate || !authority) return refuse("bad_certificate", "The certificate or its CA is not PEM.");
  bool const is_issued = X509_check_issued(authority.get(), certificate.get()) == X509_V_OK &&
                         X509_verify(certificate.get(), X509_get0_pubkey(authority.get())) == 1;
  static_cast<void>(openssl_errors());
  return is_issued;
}

Result<bool> belongs_to(std::string_view certificate_pem, std::string_view private_key_pem) {
  auto const certificate = certificate_from_pem(certificate_pem);
  if (!certificate) return refuse("bad_certificate", "The certificate is not PEM.");
  auto const key = key_from_pem(private_key_pem);
  if (!key) return refuse("bad_key", "The private key is not PEM, or has a pass phrase.");
  bool const fits = X509_check_private_key(certificate.get(), key.get()) == 1;
  static_cast<void>(openssl_errors());
  return fits;
}

}  // namespace fieldnode::net
