#pragma once

// RAII for OpenSSL's C handles, and its error queue as a sentence.

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sync/base/bytes.h"
#include "sync/base/time.h"

namespace fieldnode::net {

template <auto Free>
struct OpensslDeleter {
  template <class T>
  void operator()(T* handle) const {
    Free(handle);
  }
};
using BioHandle = std::unique_ptr<BIO, OpensslDeleter<BIO_free_all>>;
using KeyHandle = std::unique_ptr<EVP_PKEY, OpensslDeleter<EVP_PKEY_free>>;
using CertificateHandle = std::unique_ptr<X509, OpensslDeleter<X509_free>>;
using RequestHandle = std::unique_ptr<X509_REQ, OpensslDeleter<X509_REQ_free>>;
using StoreHandle = std::unique_ptr<X509_STORE, OpensslDeleter<X509_STORE_free>>;

/// Empties OpenSSL's error queue into one text.
[[nodiscard]] std::string openssl_errors();
/// Throws BrokenWorld with the error queue unless `holds`: for calls that fail only when the library gives up.
void require_openssl(bool holds, std::string_view doing);

[[nodiscard]] BioHandle memory_bio(std::string_view text);
[[nodiscard]] std::string text_of_bio(BIO* bio);

/// Null when the PEM text holds none. A key behind a pass phrase is refused rather than asked for on a terminal.
[[nodiscard]] CertificateHandle certificate_from_pem(std::string_view pem);
[[nodiscard]] std::vector<CertificateHandle> certificates_from_pem(std::string_view pem);
[[nodiscard]] KeyHandle key_from_pem(std::string_view pem);
[[nodiscard]] RequestHandle request_from_pem(std::string_view pem);
[[nodiscard]] std::string pem_of(X509* certificate);

[[nodiscard]] Hash sha256_of_der(X509* certificate);
[[nodiscard]] std::string common_name_of(X509_NAME const* name);
[[nodiscard]] UtcTime utc_of(ASN1_TIME const* time);
/// Lower-case hexadecimal.
[[nodiscard]] std::string serial_of(X509 const* certificate);

}  // namespace fieldnode::net
