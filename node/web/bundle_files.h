#pragma once

#include <functional>
#include <set>

#include "node/web/bundle_parcel.h"
#include "sync/engine/bundle_reader.h"
#include "sync/engine/bundle_writer.h"

/// The attachments of a bundle, written and taken in over the steps of the desk that has them, one record at a time.
/// Source: PROTOCOL, "Attachments in a bundle".
namespace fieldnode::web {

/// Has one step of a desk of bundles done.
using BundleAsk =
    std::function<Result<boost::json::object>(std::string_view step, boost::json::object const& arguments)>;

/// Units: bytes. What people may choose, and what goes where they choose nothing: a few photos.
inline constexpr std::uint64_t kAttachmentsMib = 1024 * 1024;
inline constexpr std::uint64_t kAttachmentsMibMost = 4'095;
inline constexpr std::string_view kAttachmentsMibPreset = "16";

struct FilesPut {
  std::uint64_t files{};
  std::uint64_t bytes{};  ///< of content
  std::uint64_t left{};   ///< files that did not go, or not to their end
};

/// Writes what this end says of files, then parts of files of at most `most_bytes` together. `about`: arguments of
/// every step; `from_where`: further ones of the step that chooses. One that goes away meanwhile is left out.
/// Errors: those of the desk and of the writer.
[[nodiscard]] Result<FilesPut> put_files(BundleAsk const& ask, boost::json::object const& about,
                                         boost::json::object const& from_where, std::uint64_t most_bytes,
                                         engine::BundleWriter& writer);

struct FileRefused {
  blobs::BlobKey key;
  Refusal why;
};

struct FilesTaken {
  std::uint64_t arrived{};    ///< files that are whole since
  std::uint64_t bytes{};      ///< of content that were new
  std::uint64_t delivered{};  ///< files that the other end is known to have since
  std::vector<FileRefused> refused;
};

/// Takes a bundle's records about files in. A file that is refused stops no other.
class FileIntake {
 public:
  /// `ask` must outlive it; `about`: arguments of every step.
  FileIntake(BundleAsk const& ask, boost::json::object about) : ask_(ask), about_(std::move(about)) {}

  /// A record of any kind but a message. Errors: those of the desk but for one file alone.
  [[nodiscard]] Result<void> take(engine::BundleItem const& item);
  [[nodiscard]] FilesTaken const& taken() const { return taken_; }

 private:
  [[nodiscard]] Result<void> hear(Bytes const& states);
  [[nodiscard]] Result<void> take_part(Bytes const& part);

  BundleAsk const& ask_;
  boost::json::object about_;
  Epoch feed_;  ///< under which the other end speaks of files; none before it has
  FilesTaken taken_;
  std::set<blobs::BlobKey> given_up_;
};

/// What a command answers: as JSON, and for a person, empty where there is nothing to say.
[[nodiscard]] boost::json::object files_view(FilesPut const& files);
[[nodiscard]] boost::json::object files_view(FilesTaken const& files);
[[nodiscard]] std::string files_text(FilesPut const& files);
[[nodiscard]] std::string files_text(FilesTaken const& files);

}  // namespace fieldnode::web
