#pragma once

#include "sync/crypto/seal.h"
#include "sync/crypto/suite.h"
#include "sync/wire/bundle.h"

namespace fieldnode::engine {

/// What seals the records of one bundle: the secret that both ends share without a word, made for this bundle by its
/// salt. `own` and `other` are Ed25519 keys. Errors: `bad_public_key`.
[[nodiscard]] Result<crypto::SealKey> bundle_key(crypto::KeyPair const& own, crypto::PublicKey const& other,
                                                 wire::BundleHeader const& header);

}  // namespace fieldnode::engine
