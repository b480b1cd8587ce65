#pragma once

#include <boost/json/object.hpp>
#include <functional>

#include "node/blobs/blob_parcel.h"
#include "node/blobs/blob_store.h"
#include "node/office/node_time.h"
#include "node/office/office_store.h"
#include "sync/wire/bundle_files.h"

namespace fieldnode::office {

/// The steps of a bundle that concern attachments: what goes to the centre, what came from it. Which files are to go
/// follows from the entries held here, as for the courier. Thread: any.
class BundleAttachments {
 public:
  struct World {
    OfficeStore& store;
    blobs::BlobStore& blobs;
    NodeTime& time;
    std::function<void(AssignmentId)> on_file;  ///< an attachment came; must not block
  };
  explicit BundleAttachments(World world) : world_(std::move(world)) {}

  // each is a step of BundleDesk
  /// {most}: says which files this node has and lacks, and which parts go into `most` bytes.
  [[nodiscard]] Result<boost::json::object> files(boost::json::object const& arguments);
  /// {assignment, address, offset, most}: one part as a record in hexadecimal. Errors: `attachment_not_here`.
  [[nodiscard]] Result<boost::json::object> part(boost::json::object const& arguments);
  /// {states}: what the centre has. Gives how many files it is known to have since.
  [[nodiscard]] Result<boost::json::object> told(boost::json::object const& arguments);
  /// {part, feed}: takes a part of a file that an entry names; whoever sends it, has it under that feed.
  [[nodiscard]] Result<boost::json::object> keep(boost::json::object const& arguments);

 private:
  /// What the centre is not known to have, the most urgent first.
  [[nodiscard]] std::vector<blobs::WantedFile> unsent();
  [[nodiscard]] wire::BundleFileStates states(std::vector<blobs::WantedFile> const& unsent);
  [[nodiscard]] Result<blobs::NamedFile> named(blobs::BlobKey const& key);
  [[nodiscard]] bool is_live(Epoch feed) const { return feed == world_.store.snapshot().feed.list.epoch; }
  [[nodiscard]] UnitId unit() const { return world_.store.identity().unit; }

  World world_;
};

}  // namespace fieldnode::office
