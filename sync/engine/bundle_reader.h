#pragma once

#include <functional>
#include <optional>

#include "sync/crypto/hash.h"
#include "sync/engine/bundle_port.h"
#include "sync/engine/bundle_seal.h"

namespace fieldnode::engine {

/// What one record of a bundle held.
struct BundleItem {
  wire::BundleRecord kind{};
  Bytes content;
};

/// Reads one bundle: first all of it, to believe it, then record by record. In the order of `reliability.md`: magic,
/// size limits, signature, seal; what is in the records is parsed by whoever takes them.
class BundleReader {
 public:
  /// With which keys a bundle is read: the receiver's own pair, the sender's public key.
  struct Keys {
    crypto::KeyPair own{};
    crypto::PublicKey sender{};
  };
  /// Finds the keys by what the header claims, which nobody has believed yet. Errors: why it is not for this end.
  using KeyBook = std::function<Result<Keys>(wire::BundleHeader const&)>;

  /// Reads the whole file once and takes nothing from it.
  /// Errors: `not_a_bundle`, `newer_bundle`, `bundle_damaged`, `bundle_unfinished` when it ends before its end,
  /// `foreign_suite`, those of `keys` and of the source.
  [[nodiscard]] static Result<BundleReader> open(BundleSource& source, crypto::SignatureSuite const& suite,
                                                 KeyBook const& keys);

  [[nodiscard]] wire::BundleHeader const& header() const { return header_; }
  /// How many messages it has.
  [[nodiscard]] std::uint64_t messages() const { return messages_; }
  /// The next record, opened; nothing after the last. Those of kinds that nobody here knows are passed over.
  /// Errors: `bundle_interrupted` when the file is not any more what was believed, the source's.
  [[nodiscard]] Result<std::optional<BundleItem>> next();

 private:
  struct Record {
    std::uint8_t kind{};
    Bytes sealed;
  };

  explicit BundleReader(BundleSource& source) : source_(&source) {}
  [[nodiscard]] Result<void> read_front(crypto::Sha256& content);
  /// Reads every record up to the end, which it gives. Errors: as `open`.
  [[nodiscard]] Result<wire::Signature> read_records(crypto::Sha256& content);
  [[nodiscard]] Result<Record> next_record();
  [[nodiscard]] Result<Bytes> exactly(std::size_t size);
  [[nodiscard]] Result<void> rewind();

  BundleSource* source_;
  wire::BundleHeader header_;
  crypto::SealKey key_{};
  Hash front_{};
  std::size_t front_bytes_{};
  std::uint64_t messages_{};
  std::uint64_t records_read_{};
};

}  // namespace fieldnode::engine
