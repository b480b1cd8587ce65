#include "node/office/tls_renewal.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "node/db/private_file.h"

namespace fieldnode::office {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kRequestBegins = "-----BEGIN CERTIFICATE REQUEST-----";

bool is_there(fs::path const& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

/// True once two thirds of it have certainly passed.
bool is_due(net::Validity const& life, UtcTime earliest) {
  return earliest >= life.until - (life.until - life.from) / 3;
}

}  // namespace

Result<net::Identity> TlsRenewal::current() const {
  if (is_there(dir_.tls_renewed())) {
    auto both = db::read_private_file(dir_.tls_renewed());
    if (!both) return both.error();
    return net::Identity{*both, *both};
  }
  auto certificate = db::read_private_file(dir_.tls_certificate());
  if (!certificate) return certificate.error();
  auto key = db::read_private_file(dir_.tls_key());
  if (!key) return key.error();
  return net::Identity{*std::move(certificate), *std::move(key)};
}

Result<std::string> TlsRenewal::request(UtcTime earliest) {
  auto const life = this->life();
  if (!life) return life.error();
  if (!was_called_over() && !is_due(*life, earliest)) return std::string();
  auto const next = this->next();
  if (!next) return next.error();
  return next->request;
}

Result<bool> TlsRenewal::is_over(UtcTime earliest) const {
  auto const life = this->life();
  if (!life) return life.error();
  return was_called_over() || earliest >= life->until;
}

Result<net::Validity> TlsRenewal::life() const {
  auto const shown = current();
  if (!shown) return shown.error();
  auto const facts = net::read_certificate(shown->certificate_pem);
  if (!facts) return facts.error();
  return facts->validity;
}

bool TlsRenewal::was_called_over() const {
  std::lock_guard const lock(mutex_);
  return is_over_;
}

std::uint64_t TlsRenewal::shown() const {
  std::lock_guard const lock(mutex_);
  return renewals_;
}

void TlsRenewal::expired(std::uint64_t shown) {
  std::lock_guard const lock(mutex_);
  is_over_ = is_over_ || shown == renewals_;
}

Result<TlsRenewal::Next> TlsRenewal::next() const {
  auto const held = db::read_private_file(dir_.tls_next_key());
  if (held) {
    auto const begin = std::min(held->find(kRequestBegins), held->size());
    return Next{held->substr(0, begin), held->substr(begin)};
  }
  if (held.error().code != "file_missing") return held.error();
  auto const key = net::make_private_key();
  auto const request = net::make_certificate_request(key, "fieldnode");
  if (!request) return request.error();
  if (auto const kept = db::write_private_file(dir_.tls_next_key(), key + *request); !kept) return kept.error();
  return Next{key, *request};
}

Result<net::Identity> TlsRenewal::take(std::string const& certificate_pem) const {
  auto const ca = db::read_private_file(dir_.ca());
  if (!ca) return ca.error();
  auto const issued = net::is_issued_by(certificate_pem, *ca);
  if (!issued) return issued.error();
  auto const next = this->next();
  if (!next) return next.error();
  auto const fits = net::belongs_to(certificate_pem, next->key);
  if (!*issued || !fits || !*fits) {
    return refuse("bad_certificate",
                  "The certificate that came is not of the city's CA, or for another key; the old "
                  "one stays.");
  }
  auto const both = certificate_pem + next->key;
  if (auto const kept = db::write_private_file(dir_.tls_next(), both); !kept) return kept.error();
  return net::Identity{both, both};
}

Result<void> TlsRenewal::proven() {
  std::error_code failed;
  fs::rename(dir_.tls_next(), dir_.tls_renewed(), failed);
  if (failed) {
    return refuse("file_unwritable", fmt::format("{} cannot take its place: {}. The old certificate stays.",
                                                 dir_.tls_next().native(), failed.message()));
  }
  fs::remove(dir_.tls_next_key(), failed);
  std::lock_guard const lock(mutex_);
  is_over_ = false;
  ++renewals_;
  return {};
}

}  // namespace fieldnode::office
