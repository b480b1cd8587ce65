#include "sync/engine/bundle_seal.h"

#include "sync/crypto/agree.h"
#include "sync/crypto/hash.h"

namespace fieldnode::engine {

// Static keys of both ends, no ephemeral one: only these two can have made a record that opens, so a file that is
// exchanged between its two readings gains nothing. What an ephemeral key would add, that a stolen node key opens no
// old bundle of the node, is worth little: whoever has the node's key has its database.
Result<crypto::SealKey> bundle_key(crypto::KeyPair const& own, crypto::PublicKey const& other,
                                   wire::BundleHeader const& header) {
  auto agreed = crypto::agreed_key("fieldnode/bundle-agreement/1", own, other);
  if (!agreed) return agreed.error();
  auto const key = crypto::derive_under("fieldnode/bundle-key/1", *agreed, {header.salt});
  crypto::wipe(*agreed);
  return key;
}

}  // namespace fieldnode::engine
