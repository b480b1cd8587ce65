#include "node/net/openssl_handles.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <array>
#include <ctime>

#include "node/net/text.h"
#include "sync/base/result.h"

namespace fieldnode::net {
namespace {

/// OpenSSL would otherwise open the terminal and wait there.
int refuse_pass_phrase(char*, int, int, void*) { return -1; }

}  // namespace

std::string openssl_errors() {
  std::string text;
  while (auto const code = ERR_get_error()) {
    std::array<char, 256> line{};
    ERR_error_string_n(code, line.data(), line.size());
    text += (text.empty() ? "" : "; ") + std::string(line.data());
  }
  return text.empty() ? "no detail" : text;
}

void require_openssl(bool holds, std::string_view doing) {
  if (!holds) throw BrokenWorld("OpenSSL failed while " + std::string(doing) + ": " + openssl_errors());
}

BioHandle memory_bio(std::string_view text) {
  BioHandle bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  require_openssl(bio != nullptr, "opening a text");
  return bio;
}

std::string text_of_bio(BIO* bio) {
  char* data = nullptr;
  auto const size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

CertificateHandle certificate_from_pem(std::string_view pem) {
  CertificateHandle certificate(PEM_read_bio_X509(memory_bio(pem).get(), nullptr, refuse_pass_phrase, nullptr));
  ERR_clear_error();
  return certificate;
}

std::vector<CertificateHandle> certificates_from_pem(std::string_view pem) {
  std::vector<CertificateHandle> certificates;
  auto const bio = memory_bio(pem);
  while (CertificateHandle next{PEM_read_bio_X509(bio.get(), nullptr, refuse_pass_phrase, nullptr)}) {
    certificates.push_back(std::move(next));
  }
  ERR_clear_error();
  return certificates;
}

KeyHandle key_from_pem(std::string_view pem) {
  KeyHandle key(PEM_read_bio_PrivateKey(memory_bio(pem).get(), nullptr, refuse_pass_phrase, nullptr));
  ERR_clear_error();
  return key;
}

RequestHandle request_from_pem(std::string_view pem) {
  RequestHandle request(PEM_read_bio_X509_REQ(memory_bio(pem).get(), nullptr, refuse_pass_phrase, nullptr));
  ERR_clear_error();
  return request;
}

std::string pem_of(X509* certificate) {
  BioHandle const bio(BIO_new(BIO_s_mem()));
  require_openssl(bio && PEM_write_bio_X509(bio.get(), certificate) == 1, "writing a certificate");
  return text_of_bio(bio.get());
}

Hash sha256_of_der(X509* certificate) {
  Hash hash{};
  unsigned size = 0;
  require_openssl(X509_digest(certificate, EVP_sha256(), hash.data(), &size) == 1 && size == hash.size(),
                  "hashing a certificate");
  return hash;
}

std::string common_name_of(X509_NAME const* name) {
  auto const at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
  if (at < 0) return {};
  unsigned char* utf8 = nullptr;
  auto const size = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
  if (size < 0) return {};
  std::string text(reinterpret_cast<char const*>(utf8), static_cast<std::size_t>(size));
  OPENSSL_free(utf8);
  return text;
}

UtcTime utc_of(ASN1_TIME const* time) {
  std::tm parts{};
  require_openssl(ASN1_TIME_to_tm(time, &parts) == 1, "reading a certificate's date");
  using namespace std::chrono;
  auto const date = year(parts.tm_year + 1900) / month(static_cast<unsigned>(parts.tm_mon + 1)) /
                    day(static_cast<unsigned>(parts.tm_mday));
  return sys_days(date) + hours(parts.tm_hour) + minutes(parts.tm_min) + seconds(parts.tm_sec);
}

std::string serial_of(X509 const* certificate) {
  std::unique_ptr<BIGNUM, OpensslDeleter<BN_free>> const number(
      ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr));
  require_openssl(number != nullptr, "reading a serial number");
  char* const hex = BN_bn2hex(number.get());
  require_openssl(hex != nullptr, "writing a serial number");
  auto const text = lowered(hex);
  OPENSSL_free(hex);
  return text;
}

}  // namespace fieldnode::net
