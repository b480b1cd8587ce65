#pragma once

#include <string>

#include "node/blobs/blob_store.h"
#include "node/db/inline_writer.h"
#include "node/db/migrations.h"
#include "schema_files.h"
#include "sync/base/check.h"
#include "sync/crypto/hash.h"
#include "tests/unit/db/temp_directory.h"

/// A store of attachments on a real disk, its rows in memory.
namespace fieldnode::blobs {

inline constexpr BlobOwner kOwner{UnitId{11}, AssignmentId{7}};
inline constexpr UtcTime kNow{Milliseconds{1'800'000'000'000}};

inline db::Connection blob_tables() {
  auto connection = db::Connection::open_in_memory();
  for (auto const* path : {"migrations/lists/001_lists.sql", "migrations/lists/002_named_blobs.sql",
                           "migrations/blobs/001_blobs.sql", "migrations/blobs/002_told.sql"}) {
    connection.execute_script(schema::embedded_file(path).value());
  }
  return connection;
}

struct BlobWorld {
  BlobWorld() : BlobWorld(1) {}
  explicit BlobWorld(std::uint64_t seed)
      : chance(seed),
        vault(crypto::make_seal_key(chance), chance),
        writer(blob_tables()),
        readers(db::ReadPool::sharing(writer.connection())),
        store({writer, *readers, {vault, chance, files()}}) {}

  [[nodiscard]] std::filesystem::path files() const { return temp.path() / "attachments"; }

  db::TempDirectory temp;
  SeededRandom chance;
  lists::ContactVault vault;
  db::InlineWriter writer;
  std::unique_ptr<db::ReadPool> readers;
  rules::AttachmentRule rule{.disk_reserve_mib = 0};
  BlobStore store;
};

/// A JPEG as far as its first bytes say, of any size.
inline std::string photo(std::size_t size, std::uint64_t seed = 1) {
  SeededRandom chance(seed);
  std::string bytes(size, '\0');
  chance.fill({reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()});
  return bytes.replace(0, 3, "\xFF\xD8\xFF");
}

inline Upload upload_of(std::string const& content, std::string id = "upload-01") {
  return {.upload = std::move(id), .owner = kOwner, .staff = StaffId{3}, .name = "现场.jpg", .size = content.size()};
}

}  // namespace fieldnode::blobs
