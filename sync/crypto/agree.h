#pragma once

#include <string_view>

#include "sync/base/result.h"
#include "sync/crypto/suite.h"

namespace fieldnode::crypto {

/// A secret that two holders of Ed25519 keys share without a word between them: X25519 over both keys, then derived for
/// one purpose. Each gives its own pair and the other's public key, and both get the same. Joint use of one key pair
/// for signing and for agreement is sound (Thormarker, "On using the same key pair for Ed25519 and an X25519 based
/// KEM", 2021), so nodes that were enrolled long ago have the secret already.
/// Errors: `bad_public_key` when the other's is no point of the curve, or one of the few that give no secret.
[[nodiscard]] Result<Hash> agreed_key(std::string_view domain, KeyPair const& own, PublicKey const& other);

}  // namespace fieldnode::crypto
