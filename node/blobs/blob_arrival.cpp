#include <fmt/format.h>

#include "node/blobs/blob_store.h"
#include "node/db/transaction.h"

/// How a file comes from the other end: its address is known from the entry that names it.
namespace fieldnode::blobs {
namespace {

Refusal wrong_content() {
  return refuse(
      "wrong_content",
      "What came is not the file that the entry names; it was thrown away. Send it again from the beginning.");
}

}  // namespace

BlobState BlobStore::state(NamedFile const& file) {
  auto const row = [&] {
    auto const lease = world_.readers.lease();
    return BlobRows(*lease).find(file.owner, file.address);
  }();
  if (!row) return {.held = 0, .size = file.size};
  if (row->here) return {.held = row->size, .size = row->size, .here = true};
  auto const frames = open(*row);
  if (!frames) return {.held = 0, .size = file.size};
  std::lock_guard const lock(lock_of(row->id));
  return {.held = (*frames)->held(), .size = row->size};
}

Result<BlobRow> BlobStore::row_to_grow(NamedFile const& file, rules::AttachmentRule const& rule, UtcTime now) {
  if (auto const room = require_room(0, rule); !room) return room.error();
  return world_.writer.run([&](db::Connection& connection) -> Result<BlobRow> {
    auto known = BlobRows(connection).find(file.owner, file.address);
    if (!known) return make_row(connection, file, file.address, now);
    BlobRows(connection).touch(known->id, now);
    return *std::move(known);
  });
}

Result<BlobState> BlobStore::take(NamedFile const& file, std::uint64_t offset, BytesView part,
                                  rules::AttachmentRule const& rule, UtcTime now) {
  if (file.size == 0 || file.size > std::uint64_t{rule.each_mib} * 1024 * 1024) {
    return refuse("attachment_too_large",
                  fmt::format("One file may have at most {} MiB; this one is not taken.", rule.each_mib));
  }
  auto const row = row_to_grow(file, rule, now);
  if (!row) return row.error();
  if (row->here) return BlobState{.held = row->size, .size = row->size, .here = true};
  auto const frames = open(*row);
  if (!frames) return frames.error();
  std::lock_guard const lock(lock_of(row->id));
  auto const held = grow(**frames, *row, offset, part);
  if (!held) return held.error();
  if (*held < row->size) return BlobState{.held = *held, .size = row->size};
  return finish(*row, **frames);
}

Result<BlobState> BlobStore::finish(BlobRow const& row, FrameFile& file) {
  auto const digest = file.digest();
  if (!digest || *digest != row.address) {
    if (auto const removed = remove(row.id); !removed) return removed.error();
    return wrong_content();
  }
  auto const head = file.read(0, kTellingBytes);
  if (!head) return head.error();
  auto const published = world_.writer.run([&](db::Connection& connection) {
    BlobRows(connection).publish(row.id, {*digest, media_kind_of(*head)});
  });
  if (!published) return published.error();
  return BlobState{.held = row.size, .size = row.size, .here = true};
}

}  // namespace fieldnode::blobs
