#include "node/blobs/blob_sweep.h"

#include <algorithm>

#include "node/blobs/told_rows.h"
#include "node/db/transaction.h"

namespace fieldnode::blobs {
namespace {

/// Rows whose data key is gone, and rows that neither an entry nor a label nor a page's upload wants. One that was
/// wanted a moment ago may belong to an act that is being recorded.
constexpr std::string_view kUnneeded =
    "SELECT b.id FROM blob b WHERE"
    " NOT EXISTS (SELECT 1 FROM data_key k WHERE k.unit = b.unit AND k.assignment = b.assignment)"
    " OR (b.touched_at < :than"
    " AND NOT EXISTS (SELECT 1 FROM named_blob n WHERE n.unit = b.unit AND n.assignment = b.assignment"
    " AND n.address = b.address)"
    " AND NOT EXISTS (SELECT 1 FROM blob_label l WHERE l.unit = b.unit AND l.assignment = b.assignment"
    " AND l.address = b.address)"
    " AND NOT EXISTS (SELECT 1 FROM blob_upload u WHERE u.unit = b.unit AND u.assignment = b.assignment"
    " AND (u.blob = b.id OR u.address = b.address)))";

constexpr std::chrono::hours kJustWanted{1};

std::vector<BlobId> unneeded(BlobStore& store, UtcTime than) {
  auto const lease = store.world().readers.lease();
  std::vector<BlobId> ids;
  auto select = lease->prepare(kUnneeded);
  select.bind(":than", than);
  for (auto const row : select) ids.push_back(row.get<BlobId>(0));
  return ids;
}

/// The rows at one moment, by id.
struct Known {
  std::vector<BlobId> all;
  std::vector<BlobRow> here;

  /// Beside a file that is whole nothing grows any more: its tail is one that a stop has left, or brought back.
  [[nodiscard]] bool wants(std::filesystem::path const& path) const {
    auto const id = read_offset(path.stem().native());
    if (!id || !std::ranges::binary_search(all, BlobId{*id})) return false;
    return !path.has_extension() || !std::ranges::binary_search(here, BlobId{*id}, {}, &BlobRow::id);
  }
};

Known known(BlobStore& store) {
  auto const lease = store.world().readers.lease();
  db::Snapshot const one_view(*lease);
  return {BlobRows(*lease).ids(), BlobRows(*lease).all_here()};
}

/// Gives how many rows say of a file that it is here, and it is not.
Result<std::uint64_t> lose_missing(BlobStore& store) {
  auto const here = [&] {
    auto const lease = store.world().readers.lease();
    return BlobRows(*lease).all_here();
  }();
  std::uint64_t lost = 0;
  for (auto const& row : here) {
    if (store.world().files.folder.has(store.world().files.path_of(row.id))) continue;
    auto const noted = store.world().writer.run([&](db::Connection& connection) { BlobRows(connection).lose(row.id); });
    if (!noted) return noted.error();
    ++lost;
  }
  return lost;
}

}  // namespace

Result<Swept> sweep_blobs(BlobStore& store, UtcTime now) {
  auto const old = store.world().writer.run([&](db::Connection& connection) {
    UploadRows(connection).remove_older(now - kUploadKept);
    ToldRows::forget_unnamed(connection);
  });
  if (!old) return old.error();
  Swept swept;
  for (auto const id : unneeded(store, now - kJustWanted)) {
    if (auto const removed = store.remove(id); !removed) return removed.error();
    ++swept.blobs;
  }
  auto const lost = lose_missing(store);
  if (!lost) return lost.error();
  swept.lost = *lost;
  // The files that stand there before the rows are read: what is begun meanwhile is not among them.
  auto& folder = store.world().files.folder;
  auto const files = folder.files_in(store.world().files.directory);
  auto const rows = known(store);
  for (auto const& path : files) {
    if (rows.wants(path)) continue;
    folder.remove(path);
    ++swept.files;
  }
  return swept;
}

}  // namespace fieldnode::blobs
