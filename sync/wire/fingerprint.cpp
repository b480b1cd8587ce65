#include "sync/wire/fingerprint.h"

#include "sync/crypto/hash.h"
#include "sync/crypto/token.h"

namespace fieldnode::wire {
namespace {

constexpr std::size_t kFingerprintBytes = 6;

std::string printed(Hash const& hash) { return crypto::to_code(BytesView(hash).first(kFingerprintBytes)); }

}  // namespace

std::string node_fingerprint(crypto::PublicKey const& node) {
  return printed(crypto::hash_under("fieldnode/node-fingerprint/1", {node}));
}

std::string city_fingerprint(Hash const& ca_certificate, crypto::PublicKey const& city_key) {
  return printed(crypto::hash_under("fieldnode/city-fingerprint/1", {ca_certificate, city_key}));
}

Result<std::string> read_fingerprint(std::string_view typed) {
  auto const bytes = crypto::read_code(typed);
  if (bytes && bytes->size() == kFingerprintBytes) return crypto::to_code(*bytes);
  return refuse("bad_fingerprint",
                "This is no fingerprint: a character was misheard or is missing. It has three groups of four, like "
                "7K3M-9QXT-4ABC; have it read out again.");
}

}  // namespace fieldnode::wire
