#pragma once

#include <boost/json/object.hpp>
#include <functional>

#include "node/web/bundle_files.h"
#include "sync/crypto/suite.h"
#include "sync/engine/bundle_port.h"
#include "sync/wire/bundle.h"

/// A whole bundle of the centre, taken in or made, over the steps of its BundleDesk.
namespace fieldnode::central {

/// Has one step of BundleDesk done: by the desk itself, or by the service that runs, over its control socket.
using web::BundleAsk;

/// With what the city signs and seals.
struct BundleKit {
  BundleAsk ask;
  crypto::KeyPair keys;
  crypto::SignatureSuite const& suite;
  Random& random;
};

/// From where a bundle to a node goes on, and what it answers.
struct BundleStart {
  boost::json::object party;         ///< as `whose` and `sender` give it
  boost::json::object place;         ///< feed_epoch, feed_seq, marked_seq
  std::string nonce;                 ///< of the request that it answers; empty: nobody asked
  std::uint64_t answers{};           ///< number of the bundle that it answers; 0: none
  std::uint64_t most_bytes{};        ///< of the file without attachments, about
  std::uint64_t attachment_bytes{};  ///< so much of their content goes along
};

struct BundleTakenIn {
  wire::BundleHeader header;
  std::uint64_t admitted{};  ///< acts that were new
  std::uint64_t ruled_against{};
  std::uint64_t times{};  ///< how often this bundle was taken in by now
  web::FilesTaken files;
  BundleStart answer;  ///< how to go on with the return bundle
};

/// Errors: `bundle_wrong_way`, `bundle_other_city`, those of BundleReader and of the desk.
[[nodiscard]] Result<BundleTakenIn> take_bundle(BundleKit const& kit, engine::BundleSource& source);

/// Where the bundle goes, once its number is known. Errors: those of the file.
using BundlePlace = std::function<Result<engine::BundleSink*>(wire::BundleHeader const&)>;

struct BundleMade {
  wire::BundleHeader header;
  boost::json::object upto;  ///< feed_epoch, feed_seq, marked_seq
  bool more{};               ///< the feed goes on behind it
  std::uint64_t bytes{};
  web::FilesPut files;
};

/// The caller finishes the file and then says `bundle_finished`. Errors: those of the desk, of the writer and the sink.
[[nodiscard]] Result<BundleMade> make_bundle(BundleKit const& kit, BundleStart const& start, BundlePlace const& place);
[[nodiscard]] Result<void> bundle_finished(BundleKit const& kit, BundleMade const& made);

}  // namespace fieldnode::central
