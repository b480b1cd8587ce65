#include "sync/wire/enrolment_request.h"

#include "sync/crypto/hash.h"
#include "sync/wire/signed_form.h"

namespace fieldnode::wire {

Hash secret_hash(BytesView secret) { return crypto::hash_under("fieldnode/enrolment-secret/1", {secret}); }

Bytes signed_bytes(EnrolmentRequest const& request) {
  return signed_form("fieldnode/enrolment/1")
      .number(static_cast<std::uint64_t>(request.suite))
      .raw(request.secret)
      .raw(request.key)
      .number(request.journal_epoch.value)
      .raw(crypto::hash_under("fieldnode/certificate-request/1", {bytes_of(request.certificate_request)}))
      .take();
}

void sign_request(EnrolmentRequest& request, crypto::SignatureSuite const& suite, crypto::SecretKey const& key) {
  request.suite = static_cast<SuiteId>(suite.id());
  request.signature = suite.sign(signed_bytes(request), key);
}

Result<void> verify_request(EnrolmentRequest const& request, crypto::SignatureSuite const& suite) {
  return verify_signed(request, suite, request.key, "enrolment request");
}

}  // namespace fieldnode::wire
