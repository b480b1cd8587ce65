#include "sync/crypto/agree.h"

#include <algorithm>

#include "sync/crypto/hash.h"
#include "sync/crypto/library.h"

namespace fieldnode::crypto {
namespace {

Refusal bad_public_key() {
  return refuse("bad_public_key",
                "The other side's public key is none that a secret can be agreed with; enrol the node "
                "again.");
}

/// The same two keys, in one order for both sides.
Hash derived(std::string_view domain, BytesView shared, PublicKey const& a, PublicKey const& b) {
  auto const& [first, second] = std::minmax(a, b);
  return derive_under(domain, shared, {first, second});
}

}  // namespace

Result<Hash> agreed_key(std::string_view domain, KeyPair const& own, PublicKey const& other) {
  start_library();
  std::array<std::uint8_t, crypto_scalarmult_curve25519_BYTES> point{};
  if (crypto_sign_ed25519_pk_to_curve25519(point.data(), other.data()) != 0) return bad_public_key();
  std::array<std::uint8_t, crypto_scalarmult_curve25519_SCALARBYTES> scalar{};
  crypto_sign_ed25519_sk_to_curve25519(scalar.data(), own.secret_key.data());
  std::array<std::uint8_t, crypto_scalarmult_curve25519_BYTES> shared{};
  bool const agreed = crypto_scalarmult_curve25519(shared.data(), scalar.data(), point.data()) == 0;
  wipe(scalar);
  if (!agreed) return bad_public_key();
  auto const key = derived(domain, shared, own.public_key, other);
  wipe(shared);
  return key;
}

}  // namespace fieldnode::crypto
