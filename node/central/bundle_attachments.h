#pragma once

#include <boost/json/object.hpp>
#include <map>

#include "node/blobs/blob_overlap.h"
#include "node/blobs/blob_parcel.h"
#include "node/blobs/blob_store.h"
#include "node/blobs/told_rows.h"
#include "node/central/store/bundle_needs.h"
#include "node/central/store/central_store.h"
#include "node/web/json_form.h"
#include "sync/base/clock.h"
#include "sync/wire/bundle_files.h"

namespace fieldnode::central {

/// The steps of a bundle that concern attachments: what came from a node, what goes to it. The node says in its bundles
/// what it has and lacks; what the entries of a bundle name, it cannot have yet. Thread: any.
class BundleAttachments {
 public:
  struct World {
    CentralStore& store;
    blobs::BlobStore& blobs;
    Clock const& clock;
  };
  explicit BundleAttachments(World world) : world_(world) {}

  // each is a step of BundleDesk, of the {unit, node} that it names
  /// {after_epoch, after_seq, feed_epoch, feed_seq, most}: says which of the node's files the centre has, and which
  /// parts go into `most` bytes, with the feed behind `after` up to the other place.
  [[nodiscard]] Result<boost::json::object> files(boost::json::object const& arguments);
  /// {assignment, address, offset, most}: one part as a record in hexadecimal. Errors: `attachment_not_here`.
  [[nodiscard]] Result<boost::json::object> part(boost::json::object const& arguments);
  /// {states}: what the node has and lacks. Gives how many files it is known to have since.
  [[nodiscard]] Result<boost::json::object> told(boost::json::object const& arguments);
  /// {part}: takes a part of a file that an entry of the unit names.
  [[nodiscard]] Result<boost::json::object> keep(boost::json::object const& arguments);

 private:
  using Told = std::map<blobs::BlobKey, blobs::ToldFile>;

  [[nodiscard]] Told told_by(UnitId unit, NodeId node);
  [[nodiscard]] wire::BundleFileStates states(UnitId unit, Epoch feed, Told const& told);
  /// Of what the centre has.
  [[nodiscard]] std::vector<blobs::WantedFile> wanted(UnitId unit, FeedStretch const& stretch, Told const& told);
  /// Fills in by when something is due on their assignments.
  [[nodiscard]] Result<void> weigh(UnitId unit, std::vector<blobs::WantedFile>& files);
  [[nodiscard]] Result<blobs::NamedFile> named(UnitId unit, blobs::BlobKey const& key);
  [[nodiscard]] Result<blobs::TakenPart> take(UnitId unit, wire::BundleFilePart const& part);

  World world_;
};

}  // namespace fieldnode::central
