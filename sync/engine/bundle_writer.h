#pragma once

#include "sync/crypto/hash.h"
#include "sync/engine/bundle_port.h"
#include "sync/engine/bundle_seal.h"

namespace fieldnode::engine {

/// Writes one bundle, record by record, each sealed to the receiver; the end signs the whole. A file without its end
/// is unfinished and nobody takes it in. Source: PROTOCOL, "Bundle".
class BundleWriter {
 public:
  struct Keys {
    crypto::KeyPair const& own;
    crypto::PublicKey receiver{};
  };

  /// Writes the front; `header.suite` and `header.salt` are filled in. `suite`, `random`, `sink` and the keys must
  /// outlive the writer. Errors: `bad_public_key`, the sink's.
  [[nodiscard]] static Result<BundleWriter> begin(wire::BundleHeader header, Keys const& keys,
                                                  crypto::SignatureSuite const& suite, Random& random,
                                                  BundleSink& sink);

  /// One whole message of the exchange. Errors: as for `add` of a record.
  [[nodiscard]] Result<void> add(BytesView message) { return add(wire::BundleRecord::kMessage, message); }
  /// Errors: the sink's, `bundle_too_large` before a file that a stick cannot hold.
  [[nodiscard]] Result<void> add(wire::BundleRecord kind, BytesView content);
  /// Errors: the sink's.
  [[nodiscard]] Result<void> finish();

  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  /// How much content one more record may have. Units: bytes.
  [[nodiscard]] std::uint64_t room() const;
  [[nodiscard]] wire::BundleHeader const& header() const { return header_; }

 private:
  BundleWriter(wire::BundleHeader const& header, crypto::KeyPair const& own, crypto::SignatureSuite const& suite,
               Random& random, BundleSink& sink)
      : header_(header), own_(&own), suite_(&suite), random_(&random), sink_(&sink) {}
  [[nodiscard]] Result<void> put(BytesView bytes);

  wire::BundleHeader header_;
  crypto::KeyPair const* own_;
  crypto::SignatureSuite const* suite_;
  Random* random_;
  BundleSink* sink_;
  crypto::SealKey key_{};
  Hash front_{};
  crypto::Sha256 content_;
  std::uint64_t records_{};
  std::uint64_t bytes_{};
};

}  // namespace fieldnode::engine
