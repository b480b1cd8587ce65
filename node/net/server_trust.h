#pragma once

#include <openssl/ssl.h>

#include <string>

#include "node/net/https_client.h"
#include "node/net/openssl_handles.h"
#include "sync/base/result.h"

namespace fieldnode::net {

/// Decides whether a server is the one a client means: one pinned CA (or the pin of one), and dates judged by
/// trusted time instead of the machine's clock. Host names are left to libcurl.
class ServerTrust {
 public:
  enum class Verdict { kNone, kAccepted, kWrongCa, kDates, kBroken };

  /// Errors: `bad_certificate`, `bad_pin`.
  [[nodiscard]] static Result<std::unique_ptr<ServerTrust>> make(HttpsTrust const& trust);

  /// Makes every handshake under `context` ask this object, which must outlive it.
  void install(SSL_CTX* context);

  /// Of the last handshake since `forget`; kNone when none came so far, or a session was resumed.
  [[nodiscard]] Verdict verdict() const { return verdict_; }
  [[nodiscard]] std::string const& detail() const { return detail_; }
  void forget();
  [[nodiscard]] std::string const& accepted_ca_pem() const { return accepted_ca_pem_; }

 private:
  explicit ServerTrust(HttpsTrust const& trust) : pin_(trust.ca_pin), trusted_time_(trust.trusted_time) {}

  static int ask(X509_STORE_CTX* chain, void* self);
  [[nodiscard]] Verdict judge(X509_STORE_CTX* chain);
  [[nodiscard]] X509* authority_for(X509_STORE_CTX* chain) const;
  [[nodiscard]] Verdict judge_dates(X509_STORE_CTX* chain);

  CertificateHandle authority_;
  Bytes pin_;
  std::function<TimeInterval()> trusted_time_;
  Verdict verdict_ = Verdict::kNone;
  std::string detail_;
  std::string accepted_ca_pem_;
};

}  // namespace fieldnode::net
