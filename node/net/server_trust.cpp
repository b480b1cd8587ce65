#include "node/net/server_trust.h"

#include <openssl/err.h>

#include <algorithm>

#include "sync/base/check.h"

namespace fieldnode::net {
namespace {

constexpr std::size_t kPinMinBytes = 10;

bool is_foreign(int error) {
  return error == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY || error == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT ||
         error == X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN || error == X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT ||
         error == X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE || error == X509_V_ERR_CERT_SIGNATURE_FAILURE ||
         error == X509_V_ERR_INVALID_CA || error == X509_V_ERR_CERT_UNTRUSTED;
}

}  // namespace

Result<std::unique_ptr<ServerTrust>> ServerTrust::make(HttpsTrust const& trust) {
  check(static_cast<bool>(trust.trusted_time), "an HTTPS client needs trusted time");
  std::unique_ptr<ServerTrust> made(new ServerTrust(trust));
  made->authority_ = certificate_from_pem(trust.ca_pem);
  if (!trust.ca_pem.empty() && !made->authority_) {
    return refuse("bad_certificate", "The city CA's certificate is not PEM; enrol again or restore the file.");
  }
  if (trust.ca_pem.empty() && (trust.ca_pin.size() < kPinMinBytes || trust.ca_pin.size() > sizeof(Hash))) {
    return refuse("bad_pin", "Without a CA certificate, a pin of 10 to 32 bytes of its SHA-256 is needed.");
  }
  return made;
}

void ServerTrust::install(SSL_CTX* context) {
  // An empty store: neither the system's authorities nor what a library loads by default can ever be asked.
  StoreHandle store(X509_STORE_new());
  require_openssl(store != nullptr, "making an empty store");
  SSL_CTX_set_cert_store(context, store.release());
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_cert_verify_callback(context, &ServerTrust::ask, this);
}

void ServerTrust::forget() {
  verdict_ = Verdict::kNone;
  detail_.clear();
}

int ServerTrust::ask(X509_STORE_CTX* chain, void* self) try {
  auto* const trust = static_cast<ServerTrust*>(self);
  trust->verdict_ = trust->judge(chain);
  return trust->verdict_ == Verdict::kAccepted ? 1 : 0;
} catch (std::exception const&) {
  // An exception must not pass through C; what cannot be judged is not trusted.
  X509_STORE_CTX_set_error(chain, X509_V_ERR_UNSPECIFIED);
  return 0;
}

X509* ServerTrust::authority_for(X509_STORE_CTX* chain) const {
  if (authority_) return authority_.get();
  auto* const sent = X509_STORE_CTX_get0_untrusted(chain);
  for (int i = 0; i < sk_X509_num(sent); ++i) {
    auto* const candidate = sk_X509_value(sent, i);
    auto const hash = sha256_of_der(candidate);
    if (X509_check_ca(candidate) == 1 && std::equal(pin_.begin(), pin_.end(), hash.begin())) return candidate;
  }
  return nullptr;
}

ServerTrust::Verdict ServerTrust::judge(X509_STORE_CTX* chain) {
  auto* const authority = authority_for(chain);
  if (authority == nullptr) {
    X509_STORE_CTX_set_error(chain, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
    return Verdict::kWrongCa;
  }
  std::unique_ptr<STACK_OF(X509), decltype([](STACK_OF(X509) * list) { sk_X509_free(list); })> const anchors(
      sk_X509_new_null());
  require_openssl(anchors && sk_X509_push(anchors.get(), authority) == 1, "trusting the CA");
  X509_STORE_CTX_set0_trusted_stack(chain, anchors.get());
  X509_VERIFY_PARAM_set_flags(X509_STORE_CTX_get0_param(chain), X509_V_FLAG_NO_CHECK_TIME);
  bool const is_verified = X509_verify_cert(chain) == 1;
  auto const error = X509_STORE_CTX_get_error(chain);
  auto const verdict = is_verified ? judge_dates(chain) : is_foreign(error) ? Verdict::kWrongCa : Verdict::kBroken;
  if (!is_verified) detail_ = X509_verify_cert_error_string(error);
  if (verdict == Verdict::kAccepted && !authority_) accepted_ca_pem_ = pem_of(authority);
  // The stack dies with this call; the chain context must not look at it again.
  X509_STORE_CTX_set0_trusted_stack(chain, nullptr);
  return verdict;
}

ServerTrust::Verdict ServerTrust::judge_dates(X509_STORE_CTX* chain) {
  auto const now = trusted_time_();
  auto* const verified = X509_STORE_CTX_get0_chain(chain);
  for (int i = 0; i < sk_X509_num(verified); ++i) {
    auto* const certificate = sk_X509_value(verified, i);
    bool const is_over = utc_of(X509_get0_notAfter(certificate)) < now.earliest;
    bool const is_early = now.latest && utc_of(X509_get0_notBefore(certificate)) > *now.latest;
    if (!is_over && !is_early) continue;
    detail_ = common_name_of(X509_get_subject_name(certificate)) + (is_over ? " has expired" : " is not yet valid");
    X509_STORE_CTX_set_error(chain, is_over ? X509_V_ERR_CERT_HAS_EXPIRED : X509_V_ERR_CERT_NOT_YET_VALID);
    return Verdict::kDates;
  }
  return Verdict::kAccepted;
}

}  // namespace fieldnode::net
