#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <string_view>

#include "node/office/bundle_attachments.h"
#include "node/office/bundle_rows.h"
#include "node/office/exchanger.h"
#include "node/office/journal_state.h"
#include "node/web/bundle_files.h"
#include "sync/engine/bundle_exchange.h"

namespace fieldnode::office {

/// Has one step of BundleDesk done: by the desk itself, or by the node that runs, over its control socket.
using web::BundleAsk;

/// The node's part of making and taking in bundles, step by step: whoever works on the file, the page or a command line
/// beside the running node, holds one record at a time. Thread: any; exchanges may run meanwhile.
class BundleDesk {
 public:
  struct World {
    OfficeStore& store;
    db::Writer& writer;
    db::ReadPool& readers;
    NodeTime& time;
    engine::NodeIdentity const& identity;
    crypto::SignatureSuite const& suite;
    Random& random;
    Clock const& clock;
    blobs::BlobStore& blobs;
    std::function<void()> on_taken;             ///< a bundle was taken in to its end; must not block
    std::function<void(AssignmentId)> on_file;  ///< an attachment came; must not block
  };
  explicit BundleDesk(World world);

  /// `step`:
  /// `who` {}: whose bundles these are, and which of the city's keys this node believes, the newest last.
  /// `begin` {}: gives number, nonce and which acts it is to carry. Where nothing can be written any more the number is
  /// 0: such a node exports all the same. Errors: `bundle_needs_line` for a restored node that knows no end of its
  /// earlier journals yet.
  /// `block` {nonce, after, upto, reply_bytes}: one request message in hexadecimal, and its last act.
  /// `done` {number, bytes}: the file is whole.
  /// `take` {reply}: one reply message in hexadecimal. Errors: those of `take_bundle_reply`.
  /// `files`, `part`, `told`, `keep`: see BundleAttachments.
  /// `taken` {number, answers, created_on}: the file was taken in to its end; gives how often by now.
  /// Errors: `unknown_command`, `bad_field`, those of the store.
  [[nodiscard]] Result<boost::json::object> run(std::string_view step, boost::json::object const& arguments);

  /// What is under way on sticks.
  [[nodiscard]] BundleNews news();

 private:
  using Object = boost::json::object;
  [[nodiscard]] Result<Object> who();
  [[nodiscard]] Result<Object> begin();
  [[nodiscard]] Result<Object> block(Object const& arguments);
  [[nodiscard]] Result<Object> done(Object const& arguments);
  [[nodiscard]] Result<Object> take(Object const& arguments);
  [[nodiscard]] Result<Object> taken(Object const& arguments);
  [[nodiscard]] engine::BundleFacts facts(wire::Nonce const& nonce, std::uint32_t reply_bytes);
  [[nodiscard]] engine::ReplyReader reader() { return {journal_, world_.identity, world_.suite}; }
  [[nodiscard]] BundleRows rows_on(db::Connection& connection) { return {connection, JournalState(connection).live()}; }

  World world_;
  TimedJournal journal_;
  BundleAttachments attachments_;
};

}  // namespace fieldnode::office
