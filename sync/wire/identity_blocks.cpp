#include "sync/wire/identity_blocks.h"

#include "sync/crypto/hash.h"
#include "sync/wire/signed_form.h"

namespace fieldnode::wire {

Bytes signed_bytes(CertificateRequest const& request) {
  return signed_form("fieldnode/renewal/1")
      .number(static_cast<std::uint64_t>(request.suite))
      .number(request.node.value)
      .raw(crypto::hash_under("fieldnode/certificate-request/1", {bytes_of(request.request)}))
      .take();
}

void sign_request(CertificateRequest& request, crypto::SignatureSuite const& suite, crypto::SecretKey const& node) {
  request.suite = static_cast<SuiteId>(suite.id());
  request.signature = suite.sign(signed_bytes(request), node);
}

Result<void> verify_request(CertificateRequest const& request, crypto::SignatureSuite const& suite,
                            crypto::PublicKey const& node) {
  return verify_signed(request, suite, node, "request for a certificate");
}

}  // namespace fieldnode::wire
