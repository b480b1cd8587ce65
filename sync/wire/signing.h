#pragma once

#include <vector>

#include "sync/crypto/suite.h"
#include "sync/wire/exchange.h"

/// Making and believing signed objects. Source: PROTOCOL, "Signed bytes".
namespace fieldnode::wire {

[[nodiscard]] SignedHead sign_head(ListName const& list, std::uint64_t seq, Hash const& hash,
                                   crypto::SignatureSuite const& suite, crypto::SecretKey const& key);
/// Fills in `suite` and `signature`; every other field is as the caller wants it signed.
void sign_receipt(Receipt& receipt, crypto::SignatureSuite const& suite, crypto::SecretKey const& key);

/// Errors: `foreign_suite` when it was signed by another suite than the one this program speaks (the simulator's is
/// never taken by a program), `bad_signature` when a field or the signer is not what it claims.
[[nodiscard]] Result<void> verify_head(SignedHead const& head, crypto::SignatureSuite const& suite,
                                       crypto::PublicKey const& key);
[[nodiscard]] Result<void> verify_receipt(Receipt const& receipt, crypto::SignatureSuite const& suite,
                                          crypto::PublicKey const& key);

/// The receipt's `previewed`: one hash over all (seq, leaf) in order, those of the ends of runs of earlier feeds first;
/// zeros when the answer has neither.
struct PreviewedLeaf {
  std::uint64_t seq{};
  Hash leaf{};  ///< of a run's end: the chain's hash there
};
[[nodiscard]] Hash previewed_hash(std::vector<PreviewedLeaf> const& previews);

}  // namespace fieldnode::wire
