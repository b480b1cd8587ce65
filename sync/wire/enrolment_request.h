#pragma once

#include <string>

#include "sync/base/ids.h"
#include "sync/base/result.h"
#include "sync/crypto/suite.h"
#include "sync/wire/suite_id.h"

/// What a program signs when it asks to be taken in. Source: PROTOCOL, "Enrolment".
namespace fieldnode::wire {

/// Fixed layout, domain "fieldnode/enrolment/1". That the asker holds the key proves that whoever is confirmed by the
/// fingerprint of that key is the one who will sign, under this TLS key and in this journal.
struct EnrolmentRequest {
  SuiteId suite{};
  Hash secret{};  ///< of the one-time code's secret
  crypto::PublicKey key{};
  Epoch journal_epoch{};
  std::string certificate_request;  ///< PEM
  Signature signature{};
};

/// A one-time code goes by the hash of its secret wherever the secret itself is not needed.
[[nodiscard]] Hash secret_hash(BytesView secret);

[[nodiscard]] Bytes signed_bytes(EnrolmentRequest const& request);
/// Fills in `suite` and `signature`.
void sign_request(EnrolmentRequest& request, crypto::SignatureSuite const& suite, crypto::SecretKey const& key);
/// Errors: `foreign_suite`, `bad_signature`.
[[nodiscard]] Result<void> verify_request(EnrolmentRequest const& request, crypto::SignatureSuite const& suite);

}  // namespace fieldnode::wire
