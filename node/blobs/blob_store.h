#pragma once

#include <array>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "node/blobs/blob_file.h"
#include "node/blobs/blob_state.h"
#include "node/blobs/upload_rows.h"
#include "node/db/read_pool.h"
#include "node/db/writer.h"
#include "sync/rules/attachment_rule.h"
#include "sync/wire/entry.h"

namespace fieldnode::blobs {

/// A page's upload as it stands.
struct UploadState {
  std::uint64_t held{};
  std::uint64_t size{};
  std::optional<Hash> address;  ///< once it is whole: what an act names
};

/// A file as an entry names it, by whose data key it is sealed.
struct NamedFile {
  BlobOwner owner;
  Hash address{};
  std::uint64_t size{};
};

/// The content of attachments: sealed files beside the database, each under a key of its own that the data key of its
/// assignment seals. A file grows from where it stopped, and is there only when it is whole and has its digest.
/// Thread: any.
/// Errors of every call: those of the writer; `contact_key_destroyed` where the data key is gone.
class BlobStore {
 public:
  struct World {
    db::Writer& writer;
    db::ReadPool& readers;
    BlobFiles files;  ///< the directory is made at the first use
  };
  explicit BlobStore(World world);
  BlobStore(BlobStore const&) = delete;
  BlobStore& operator=(BlobStore const&) = delete;

  // from a page
  /// The same id with the same words gives the upload as it stands.
  /// Errors: `bad_field` for an id that is none, `attachment_name`, `attachment_empty`, `attachment_too_large`,
  /// `attachment_quota`, `attachment_node_full`, `disk_full`, `upload_id_reused`.
  [[nodiscard]] Result<UploadState> begin(Upload const& upload, rules::AttachmentRule const& rule, UtcTime now);
  /// Errors: `not_found` for an upload of somebody else or none.
  [[nodiscard]] Result<UploadState> state(Upload const& upload);
  /// Takes a piece; with the last one the whole is judged.
  /// Errors: `not_found`, `wrong_offset` when it does not continue what is held, `too_long`, `disk_full`;
  /// `attachment_kind`, `attachment_ending`: the file is thrown away.
  [[nodiscard]] Result<UploadState> take(Upload const& upload, std::uint64_t offset, BytesView piece, UtcTime now);

  // from the other end
  [[nodiscard]] BlobState state(NamedFile const& file);
  /// Takes a part of a file that an entry names. Errors: `wrong_offset`, `too_long`, `disk_full`; `wrong_content` when
  /// the whole has another digest: it is thrown away, and may be sent again.
  [[nodiscard]] Result<BlobState> take(NamedFile const& file, std::uint64_t offset, BytesView part,
                                       rules::AttachmentRule const& rule, UtcTime now);

  // what is here
  /// Nothing while it is not here.
  [[nodiscard]] std::optional<BlobRow> find(BlobOwner const& owner, Hash const& address);
  /// Errors: `attachment_damaged`.
  [[nodiscard]] Result<Bytes> read(BlobRow const& row, std::uint64_t offset, std::uint64_t most);
  /// Reads the whole and compares. Errors: `attachment_damaged`.
  [[nodiscard]] Result<void> check(BlobRow const& row);
  /// Before an act names files: fills in their sizes, and keeps them from being swept.
  /// Errors: `attachments_too_many`, `attachment_twice`, `attachment_name`, `attachment_ending`,
  /// `attachment_not_here` when the upload is not whole.
  [[nodiscard]] Result<void> admit(BlobOwner const& owner, std::vector<wire::BlobRef>& named,
                                   rules::AttachmentRule const& rule, UtcTime now);
  /// The centre said under this feed epoch that it has the file.
  [[nodiscard]] Result<void> note_known(BlobId id, Epoch feed);
  /// Takes the row and the file away.
  [[nodiscard]] Result<void> remove(BlobId id);

  [[nodiscard]] World const& world() const { return world_; }

 private:
  [[nodiscard]] std::mutex& lock_of(BlobId id) { return locks_[id.value % locks_.size()]; }
  [[nodiscard]] Result<std::unique_ptr<FrameFile>> open(BlobRow const& row);
  void remove_files(BlobId id);
  [[nodiscard]] Result<void> require_room(std::uint64_t bytes, rules::AttachmentRule const& rule) const;
  [[nodiscard]] Result<BlobRow> make_row(db::Connection& connection, NamedFile const& file,
                                         std::optional<Hash> const& address, UtcTime now);
  [[nodiscard]] Result<Upload> own_upload(db::Connection& connection, Upload const& upload);
  [[nodiscard]] Result<std::uint64_t> grow(FrameFile& file, BlobRow const& row, std::uint64_t offset, BytesView part);
  [[nodiscard]] Result<UploadState> finish(Upload const& upload, BlobRow const& row, FrameFile& file);
  [[nodiscard]] Result<BlobState> finish(BlobRow const& row, FrameFile& file);
  [[nodiscard]] Result<BlobRow> row_to_grow(NamedFile const& file, rules::AttachmentRule const& rule, UtcTime now);

  World world_;
  std::array<std::mutex, 16> locks_;  ///< one file grows by one caller at a time
};

}  // namespace fieldnode::blobs
