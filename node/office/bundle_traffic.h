#pragma once

#include "node/office/bundle_desk.h"
#include "sync/engine/bundle_port.h"
#include "sync/engine/bundle_writer.h"

/// A whole bundle of the office, made or taken in, over the steps of its BundleDesk.
namespace fieldnode::office {

/// With what this node signs and seals.
struct BundleKit {
  BundleAsk ask;
  crypto::KeyPair keys;
  crypto::SignatureSuite const& suite;
  Random& random;
};

/// Where the bundle goes, once its number is known. Errors: those of the file.
using BundlePlace = std::function<Result<engine::BundleSink*>(wire::BundleHeader const&)>;

/// What people chose. Units: bytes.
struct BundleSize {
  std::uint32_t reply{};        ///< how large the answer may become
  std::uint64_t attachments{};  ///< so much of their content goes along
};

struct BundleMade {
  wire::BundleHeader header;
  std::uint64_t acts{};
  std::uint64_t bytes{};
  web::FilesPut files;
};

/// Writes everything that no receipt covers yet, and what fits of the files that the centre is not known to have.
/// The caller finishes the file and then says `bundle_finished`. Errors: those of the desk, of the writer and the sink.
[[nodiscard]] Result<BundleMade> make_bundle(BundleKit const& kit, BundleSize size, BundlePlace const& place);
[[nodiscard]] Result<void> bundle_finished(BundleKit const& kit, BundleMade const& made);

struct BundleTakenIn {
  wire::BundleHeader header;
  std::uint64_t entries{};  ///< that were new
  std::uint64_t times{};    ///< how often this bundle was taken in by now
  web::FilesTaken files;
};

/// Errors: `bundle_wrong_way`, `bundle_not_ours`, `bundle_other_city`, those of BundleReader and of the desk.
[[nodiscard]] Result<BundleTakenIn> take_bundle(BundleKit const& kit, engine::BundleSource& source);

}  // namespace fieldnode::office
