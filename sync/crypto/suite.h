#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "sync/base/bytes.h"
#include "sync/base/random.h"

namespace fieldnode::crypto {

using PublicKey = std::array<std::uint8_t, 32>;
using SecretKey = std::array<std::uint8_t, 64>;
using SignatureBytes = std::array<std::uint8_t, 64>;

struct KeyPair {
  PublicKey public_key{};
  SecretKey secret_key{};
};

/// Signs and verifies. Two real ones: Ed25519 (programs), and a keyed hash that anybody can forge but that costs
/// nothing (simulator only).
class SignatureSuite {
 public:
  virtual ~SignatureSuite() = default;
  [[nodiscard]] virtual std::uint8_t id() const = 0;
  [[nodiscard]] virtual KeyPair make_keys(Random& random) const = 0;
  [[nodiscard]] virtual SignatureBytes sign(BytesView message, SecretKey const& key) const = 0;
  [[nodiscard]] virtual bool verify(BytesView message, SignatureBytes const& signature, PublicKey const& key) const = 0;
};

[[nodiscard]] std::unique_ptr<SignatureSuite> ed25519_suite();
[[nodiscard]] std::unique_ptr<SignatureSuite> simulated_suite();

}  // namespace fieldnode::crypto
