#include "sync/crypto/suite.h"

#include <algorithm>

#include "sync/crypto/hash.h"
#include "sync/crypto/library.h"

namespace fieldnode::crypto {
namespace {

/// RFC 8032. The secret key is seed || public key, as the library keeps it.
class Ed25519Suite final : public SignatureSuite {
 public:
  Ed25519Suite() { start_library(); }
  [[nodiscard]] std::uint8_t id() const override { return 1; }

  [[nodiscard]] KeyPair make_keys(Random& random) const override {
    std::array<std::uint8_t, crypto_sign_SEEDBYTES> seed{};
    random.fill(seed);
    KeyPair keys;
    crypto_sign_seed_keypair(keys.public_key.data(), keys.secret_key.data(), seed.data());
    wipe(seed);
    return keys;
  }

  [[nodiscard]] SignatureBytes sign(BytesView message, SecretKey const& key) const override {
    SignatureBytes signature;
    crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), key.data());
    return signature;
  }

  [[nodiscard]] bool verify(BytesView message, SignatureBytes const& signature, PublicKey const& key) const override {
    return crypto_sign_verify_detached(signature.data(), message.data(), message.size(), key.data()) == 0;
  }
};

/// A BLAKE2b keyed with the public key: binds every bit of the message, keeps no secret.
class SimulatedSuite final : public SignatureSuite {
 public:
  SimulatedSuite() { start_library(); }
  [[nodiscard]] std::uint8_t id() const override { return 2; }

  [[nodiscard]] KeyPair make_keys(Random& random) const override {
    KeyPair keys;
    random.fill(keys.public_key);
    std::copy(keys.public_key.begin(), keys.public_key.end(), keys.secret_key.begin());
    return keys;
  }

  [[nodiscard]] SignatureBytes sign(BytesView message, SecretKey const& key) const override {
    PublicKey mark;
    std::copy_n(key.begin(), mark.size(), mark.begin());
    return mac(message, mark);
  }

  [[nodiscard]] bool verify(BytesView message, SignatureBytes const& signature, PublicKey const& key) const override {
    return mac(message, key) == signature;
  }

 private:
  static SignatureBytes mac(BytesView message, PublicKey const& key) {
    SignatureBytes out;
    crypto_generichash(out.data(), out.size(), message.data(), message.size(), key.data(), key.size());
    return out;
  }
};

}  // namespace

std::unique_ptr<SignatureSuite> ed25519_suite() { return std::make_unique<Ed25519Suite>(); }
std::unique_ptr<SignatureSuite> simulated_suite() { return std::make_unique<SimulatedSuite>(); }

}  // namespace fieldnode::crypto
