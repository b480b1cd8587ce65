#include "sync/crypto/hash.h"

#include <new>

#include "sync/base/check.h"
#include "sync/crypto/library.h"

namespace fieldnode::crypto {
namespace {

using LibraryState = crypto_hash_sha256_state;

LibraryState* state_in(std::array<std::byte, 104>& storage) {
  static_assert(sizeof(LibraryState) <= sizeof storage && alignof(LibraryState) <= 8);
  return std::launder(reinterpret_cast<LibraryState*>(storage.data()));
}

std::uint8_t length_byte(std::string_view domain) {
  check(domain.size() <= 255, "a domain tag has at most 255 bytes");
  return static_cast<std::uint8_t>(domain.size());
}

class Hmac {
 public:
  explicit Hmac(BytesView key) { crypto_auth_hmacsha256_init(&state_, key.data(), key.size()); }
  void add(BytesView bytes) { crypto_auth_hmacsha256_update(&state_, bytes.data(), bytes.size()); }
  Hash finish() {
    Hash mac;
    crypto_auth_hmacsha256_final(&state_, mac.data());
    return mac;
  }

 private:
  crypto_auth_hmacsha256_state state_;
};

}  // namespace

Sha256::Sha256() : state_{} { crypto_hash_sha256_init(::new (state_.data()) LibraryState); }

Sha256& Sha256::add(BytesView bytes) {
  crypto_hash_sha256_update(state_in(state_), bytes.data(), bytes.size());
  return *this;
}

Hash Sha256::finish() {
  Hash hash;
  crypto_hash_sha256_final(state_in(state_), hash.data());
  return hash;
}

Hash sha256(BytesView bytes) { return sha256(Parts{bytes}); }

Hash sha256(Parts parts) {
  Sha256 hash;
  for (auto const part : parts) hash.add(part);
  return hash.finish();
}

Hash hash_under(std::string_view domain, Parts parts) {
  std::uint8_t const length = length_byte(domain);
  Sha256 hash;
  hash.add({&length, 1}).add(bytes_of(domain));
  for (auto const part : parts) hash.add(part);
  return hash.finish();
}

Hash hmac_sha256(BytesView key, Parts parts) {
  Hmac mac(key);
  for (auto const part : parts) mac.add(part);
  return mac.finish();
}

Hash derive_under(std::string_view domain, BytesView key, Parts parts) {
  std::uint8_t const length = length_byte(domain);
  Hmac mac(key);
  mac.add({&length, 1});
  mac.add(bytes_of(domain));
  for (auto const part : parts) mac.add(part);
  return mac.finish();
}

bool equal_in_constant_time(BytesView a, BytesView b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

void wipe(std::span<std::uint8_t> secret) { sodium_memzero(secret.data(), secret.size()); }

}  // namespace fieldnode::crypto
