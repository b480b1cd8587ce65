#pragma once

#include <memory>

#include "node/blobs/blob_store.h"
#include "node/db/read_pool.h"
#include "node/db/writer_thread.h"
#include "node/office/data_dir.h"
#include "node/office/node_time.h"
#include "node/office/office_store.h"
#include "sync/engine/exchange_client.h"

namespace fieldnode::office {

/// An enrolled node's data directory, opened by its one writer; whoever runs next finds it in good order.
class OfficeData {
 public:
  /// Migrates what an older program left. After an unclean stop the whole file is checked first.
  /// Errors: `not_enrolled`, `database_in_use` when the node runs, `newer_database`, `storage_damaged`, those of the
  /// key files and of db::Connection::open_writer.
  [[nodiscard]] static Result<std::unique_ptr<OfficeData>> open(DataDir const& dir, Clock const& clock, Random& random);
  ~OfficeData();
  OfficeData(OfficeData const&) = delete;
  OfficeData& operator=(OfficeData const&) = delete;

  DataDir const dir;
  Clock const& clock;
  Random& random;
  std::unique_ptr<crypto::SignatureSuite> const suite;
  engine::NodeIdentity const node;
  lists::ContactVault vault;
  db::WriterThread writer;
  std::unique_ptr<db::ReadPool> const readers;
  NodeTime time;
  OfficeStore store;
  blobs::BlobStore blobs;

 private:
  struct Parts;
  OfficeData(Parts&& parts, Clock const& clock, Random& random);
};

/// The same directory for reading only, while the node may run.
struct OfficeReading {
  db::Connection connection;
  OfficeIdentity identity;
  std::unique_ptr<lists::ContactVault> vault;
};

/// Errors: `not_enrolled`, `older_database`, `newer_database`, those of the key file and of the reader.
[[nodiscard]] Result<OfficeReading> read_office(DataDir const& dir, Random& random);

}  // namespace fieldnode::office
