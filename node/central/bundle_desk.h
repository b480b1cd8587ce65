#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "node/central/bundle_attachments.h"
#include "node/central/clock_guard.h"
#include "node/central/store/central_store.h"
#include "node/db/read_pool.h"
#include "node/db/writer.h"
#include "sync/base/clock.h"
#include "sync/base/random.h"
#include "sync/engine/exchange_server.h"

namespace fieldnode::central {

/// The centre's part of taking in and making bundles, step by step: whoever works on the file, the page or a command
/// line beside the running service, holds one record at a time. Thread: any; exchanges may run meanwhile.
class BundleDesk {
 public:
  struct World {
    CentralStore& store;
    db::Writer& writer;
    db::ReadPool& readers;
    engine::CityKey const& city_key;
    crypto::SignatureSuite const& suite;
    ClockGuard& guard;
    Clock const& clock;
    Random& random;
    blobs::BlobStore& blobs;
  };
  explicit BundleDesk(World world);

  /// `step`:
  /// `whose` {unit}: the node that serves the unit with this code, and what it last said to hold.
  /// `sender` {unit, node}: the same of a node by numbers, a revoked one too.
  /// `take` {unit, node, request}: one request message in hexadecimal, taken in as an exchange would, in a transaction
  /// of its own. Errors: those of ExchangeServer::receive; `bundle_not_ours` for one that speaks for another node.
  /// `taken` {unit, node, journal_epoch, number, created_on}: the file was taken in to its end; how often by now.
  /// `begin` {unit, node, answers}: gives number and nonce of a bundle to the node.
  /// `reply` {unit, node, nonce, feed_epoch, feed_seq, marked_seq, most}: one reply message in hexadecimal, and from
  /// where the next goes on.
  /// `files`, `part`, `told`, `keep`: see BundleAttachments.
  /// `sent` {unit, node, number, feed_epoch, feed_seq, bytes}: the file is whole.
  /// Errors: `unknown_command`, `bad_field`, `unknown_unit`, `unknown_node`, `no_node`, those of the store.
  [[nodiscard]] Result<boost::json::object> run(std::string_view step, boost::json::object const& arguments);

 private:
  using Object = boost::json::object;
  [[nodiscard]] Result<Object> whose(Object const& arguments);
  [[nodiscard]] Result<Object> sender(Object const& arguments);
  [[nodiscard]] Result<Object> take(Object const& arguments);
  [[nodiscard]] Result<Object> taken(Object const& arguments);
  [[nodiscard]] Result<Object> begin(Object const& arguments);
  [[nodiscard]] Result<Object> reply(Object const& arguments);
  [[nodiscard]] Result<Object> sent(Object const& arguments);
  [[nodiscard]] Result<Object> party(UnitRecord const& unit, NodeId node);
  /// When a time may be signed for the unit now.
  [[nodiscard]] std::optional<UtcTime> sure_time(UnitWork& work);

  World world_;
  engine::ExchangeServer server_;
  BundleAttachments attachments_;
};

}  // namespace fieldnode::central
