#include "sync/crypto/seal.h"

#include <algorithm>

#include "sync/crypto/hash.h"
#include "sync/crypto/library.h"

namespace fieldnode::crypto {
namespace {

constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(kNonceBytes + kTagBytes == kSealOverheadBytes);
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == std::tuple_size_v<SealKey>);

Refusal cannot_open() {
  return refuse("cannot_open",
                "The sealed data does not open: it was changed, belongs elsewhere, or was sealed under another key. "
                "Restore it from a backup, or give the key file it was made with.");
}

}  // namespace

SealKey make_seal_key(Random& random) {
  SealKey key;
  random.fill(key);
  return key;
}

Bytes seal(SealKey const& key, BytesView plain, BytesView context, Random& random) {
  start_library();
  Bytes out(plain.size() + kSealOverheadBytes);
  random.fill(std::span(out).first(kNonceBytes));
  crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + kNonceBytes, nullptr, plain.data(), plain.size(),
                                             context.data(), context.size(), nullptr, out.data(), key.data());
  return out;
}

Result<Bytes> open(SealKey const& key, BytesView sealed, BytesView context) {
  start_library();
  if (sealed.size() < kSealOverheadBytes) return cannot_open();
  Bytes plain(sealed.size() - kSealOverheadBytes);
  auto const box = sealed.subspan(kNonceBytes);
  int const opened =
      crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, box.data(), box.size(), context.data(),
                                                 context.size(), sealed.data(), key.data());
  if (opened != 0) return cannot_open();
  return plain;
}

Bytes wrap_key(SealKey const& wrapping, SealKey const& key, BytesView context, Random& random) {
  return seal(wrapping, key, context, random);
}

Result<SealKey> unwrap_key(SealKey const& wrapping, BytesView wrapped, BytesView context) {
  auto plain = open(wrapping, wrapped, context);
  if (!plain) return plain.error();
  if (plain->size() != std::tuple_size_v<SealKey>) return cannot_open();
  SealKey key;
  std::copy(plain->begin(), plain->end(), key.begin());
  wipe(*plain);
  return key;
}

}  // namespace fieldnode::crypto
