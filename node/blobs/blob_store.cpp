#include "node/blobs/blob_store.h"

#include <fmt/format.h>

#include <algorithm>

#include "node/blobs/blob_name.h"
#include "node/db/transaction.h"
#include "sync/crypto/hash.h"

namespace fieldnode::blobs {
namespace {

constexpr std::uint64_t kMib = 1024 * 1024;

std::uint64_t mib(std::uint32_t count) { return count * kMib; }

Refusal too_large(std::uint32_t most) {
  return refuse("attachment_too_large", fmt::format("One file may have at most {} MiB; attach a smaller one.", most));
}

Refusal no_such_upload() {
  return refuse("not_found", "No file is being sent under this number; choose the file once more.");
}

Refusal wrong_offset(std::uint64_t held) {
  return refuse("wrong_offset", fmt::format("This file is held up to byte {}; go on from there.", held));
}

Refusal too_long() { return refuse("too_long", "More came than the file was said to have; nothing of it was taken."); }

Refusal not_here(std::string_view name) {
  return refuse("attachment_not_here",
                fmt::format("The file {} has not come whole yet; wait until it is, and try again.", name));
}

bool is_upload_id(std::string_view text) {
  return text.size() >= 8 && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
         });
}

Result<void> admit_upload(Upload const& upload, rules::AttachmentRule const& rule) {
  if (!is_upload_id(upload.upload)) {
    return refuse("bad_field", "Field 'upload' must be 8 to 64 letters, digits or hyphens.");
  }
  if (auto const named = admit_name(upload.name); !named) return named;
  if (upload.size == 0) return refuse("attachment_empty", "The file is empty; choose another one.");
  if (upload.size > mib(rule.each_mib)) return too_large(rule.each_mib);
  return {};
}

Result<void> require_quota(BlobRows rows, Upload const& upload, rules::AttachmentRule const& rule) {
  if (rows.bytes_of(upload.owner) + upload.size > mib(rule.assignment_mib)) {
    return refuse("attachment_quota",
                  fmt::format("The files of one assignment may have at most {} MiB together; attach fewer or smaller "
                              "ones.",
                              rule.assignment_mib));
  }
  if (rows.bytes_in_all() + upload.size > mib(rule.node_mib)) {
    return refuse("attachment_node_full",
                  fmt::format("All attachments kept here have reached {} MiB; ask your administrator.", rule.node_mib));
  }
  return {};
}

bool same_words(Upload const& a, Upload const& b) {
  return a.owner == b.owner && a.staff == b.staff && a.name == b.name && a.size == b.size;
}

}  // namespace

BlobStore::BlobStore(World world) : world_(std::move(world)) {}

Result<std::unique_ptr<FrameFile>> BlobStore::open(BlobRow const& row) {
  auto const lease = world_.readers.lease();
  return open_blob_file(world_.files, *lease, row);
}

Result<void> BlobStore::require_room(std::uint64_t bytes, rules::AttachmentRule const& rule) const {
  auto const& files = world_.files;
  if (auto const made = files.folder.make_directory(files.directory); !made) return made;
  auto const room = files.folder.room(files.directory);
  if (!room || *room >= bytes + mib(rule.disk_reserve_mib)) return {};
  return db::disk_full();
}

Result<BlobRow> BlobStore::make_row(db::Connection& connection, NamedFile const& file,
                                    std::optional<Hash> const& address, UtcTime now) {
  auto key = crypto::make_seal_key(world_.files.random);
  BlobRow row{.owner = file.owner,
              .size = file.size,
              .address = address,
              .wrapped = world_.files.vault.seal(connection, file.owner.unit, file.owner.assignment, key),
              .touched_at = now};
  crypto::wipe(key);
  row.id = BlobRows(connection).add(row);
  return row;
}

// ---- from a page ----------------------------------------------------------------------------------------------------

Result<UploadState> BlobStore::begin(Upload const& upload, rules::AttachmentRule const& rule, UtcTime now) {
  if (auto const admitted = admit_upload(upload, rule); !admitted) return admitted.error();
  if (auto const room = require_room(upload.size, rule); !room) return room.error();
  auto const begun = world_.writer.run([&](db::Connection& connection) -> Result<void> {
    UploadRows uploads(connection);
    if (auto const known = uploads.find(upload.upload)) {
      if (same_words(*known, upload)) return {};
      return refuse("upload_id_reused", "Another file is being sent under this number; choose the file once more.");
    }
    if (auto const fits = require_quota(BlobRows(connection), upload, rule); !fits) return fits;
    auto const row = make_row(connection, {.owner = upload.owner, .address = {}, .size = upload.size}, {}, now);
    if (!row) return row.error();
    auto known = upload;
    known.blob = row->id;
    uploads.add(known, now);
    return {};
  });
  if (!begun) return begun.error();
  return state(upload);
}

Result<Upload> BlobStore::own_upload(db::Connection& connection, Upload const& upload) {
  auto known = UploadRows(connection).find(upload.upload);
  if (!known || known->owner != upload.owner || known->staff != upload.staff) return no_such_upload();
  return *std::move(known);
}

Result<UploadState> BlobStore::state(Upload const& upload) {
  std::optional<BlobRow> row;
  auto const known = [&]() -> Result<Upload> {
    auto const lease = world_.readers.lease();
    db::Snapshot const one_view(*lease);
    auto found = own_upload(*lease, upload);
    if (found) row = BlobRows(*lease).find(found->blob);
    return found;
  }();
  if (!known) return known.error();
  if (known->address) return UploadState{known->size, known->size, known->address};
  if (!row) return no_such_upload();
  auto const file = open(*row);
  if (!file) return file.error();
  std::lock_guard const lock(lock_of(row->id));
  return UploadState{(*file)->held(), row->size, {}};
}

Result<std::uint64_t> BlobStore::grow(FrameFile& file, BlobRow const& row, std::uint64_t offset, BytesView part) {
  auto const held = file.held();
  if (offset != held) return wrong_offset(held);
  if (part.size() > row.size - held) return too_long();
  if (part.empty()) return held;
  if (auto const taken = file.append(part); !taken) return taken.error();
  return held + part.size();
}

Result<UploadState> BlobStore::take(Upload const& upload, std::uint64_t offset, BytesView piece, UtcTime now) {
  std::optional<BlobRow> row;
  auto const known = world_.writer.run([&](db::Connection& connection) -> Result<Upload> {
    auto found = own_upload(connection, upload);
    if (!found) return found.error();
    row = BlobRows(connection).find(found->blob);
    UploadRows(connection).touch(upload.upload, now);
    if (row) BlobRows(connection).touch(row->id, now);
    return found;
  });
  if (!known) return known.error();
  if (known->address) return UploadState{known->size, known->size, known->address};
  if (!row) return no_such_upload();
  auto const file = open(*row);
  if (!file) return file.error();
  std::lock_guard const lock(lock_of(row->id));
  auto const held = grow(**file, *row, offset, piece);
  if (!held) return held.error();
  if (*held < row->size) return UploadState{*held, row->size, {}};
  return finish(*known, *row, **file);
}

/// The whole is judged from the disk, so that what is kept is what was looked at.
Result<UploadState> BlobStore::finish(Upload const& upload, BlobRow const& row, FrameFile& file) {
  auto const head = file.read(0, kTellingBytes);
  auto const media = head ? admit_media(*head, upload.name) : Result<MediaKind>(head.error());
  auto const address = media ? file.digest() : Result<Hash>(media.error());
  if (!address) {
    (void)world_.writer.run([&](db::Connection& connection) { UploadRows(connection).remove(upload.upload); });
    (void)remove(row.id);
    return address.error();
  }
  BlobId unneeded{};
  auto const published = world_.writer.run([&](db::Connection& connection) {
    BlobRows rows(connection);
    auto const twin = rows.find(row.owner, *address);
    if (twin) unneeded = twin->here ? row.id : twin->id;
    if (unneeded) rows.remove(unneeded);
    if (unneeded != row.id) rows.publish(row.id, {*address, *media});
    UploadRows(connection).finish(upload.upload, *address);
  });
  if (!published) return published.error();
  if (unneeded) remove_files(unneeded);
  return UploadState{row.size, row.size, *address};
}

// ---- what is here ---------------------------------------------------------------------------------------------------

std::optional<BlobRow> BlobStore::find(BlobOwner const& owner, Hash const& address) {
  auto const lease = world_.readers.lease();
  auto row = BlobRows(*lease).find(owner, address);
  return row && row->here ? row : std::nullopt;
}

Result<Bytes> BlobStore::read(BlobRow const& row, std::uint64_t offset, std::uint64_t most) {
  auto const file = open(row);
  if (!file) return file.error();
  return (*file)->read(offset, most);
}

Result<void> BlobStore::check(BlobRow const& row) {
  auto const file = open(row);
  if (!file) return file.error();
  return check_blob_file(world_.files, **file, row);
}

Result<void> BlobStore::admit(BlobOwner const& owner, std::vector<wire::BlobRef>& named,
                              rules::AttachmentRule const& rule, UtcTime now) {
  if (named.empty()) return {};
  if (named.size() > rule.per_act_max) {
    return refuse("attachments_too_many",
                  fmt::format("At most {} files may be attached at once; use a second entry.", rule.per_act_max));
  }
  return world_.writer.run([&](db::Connection& connection) -> Result<void> {
    BlobRows rows(connection);
    for (auto& file : named) {
      if (auto const right = admit_name(file.name); !right) return right;
      if (std::ranges::count(named, file.address, &wire::BlobRef::address) > 1) {
        return refuse("attachment_twice", fmt::format("The file {} is attached twice; take one away.", file.name));
      }
      auto const row = rows.find(owner, file.address);
      if (!row || !row->here) return not_here(file.name);
      if (auto const right = admit_ending(row->media, file.name); !right) return right;
      file.size = row->size;
      rows.touch(row->id, now);
      UploadRows(connection).remove(owner, file.address);
    }
    return {};
  });
}

Result<void> BlobStore::note_known(BlobId id, Epoch feed) {
  return world_.writer.run([&](db::Connection& connection) { BlobRows(connection).note_known(id, feed); });
}

/// The row first: a file without a row is swept, a row without a file would be a damaged attachment.
Result<void> BlobStore::remove(BlobId id) {
  auto const removed = world_.writer.run([&](db::Connection& connection) { BlobRows(connection).remove(id); });
  if (removed) remove_files(id);
  return removed;
}

void BlobStore::remove_files(BlobId id) {
  auto const path = world_.files.path_of(id);
  world_.files.folder.remove(path);
  world_.files.folder.remove(path.native() + ".tail");
}

}  // namespace fieldnode::blobs
