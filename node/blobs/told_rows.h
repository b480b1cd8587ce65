#pragma once

#include <vector>

#include "node/blobs/blob_state.h"
#include "node/db/connection.h"

namespace fieldnode::blobs {

/// How much of a file the other end said that it has.
struct ToldFile {
  BlobKey key;
  std::uint64_t size{};  ///< as the entries here say
  std::uint64_t held{};
  bool here{};
};

/// The table `blob_told`, in the caller's transaction. `node`: who said it; none: the centre.
class ToldRows {
 public:
  ToldRows(db::Connection& connection, UnitId unit, NodeId node) : connection_(connection), unit_(unit), node_(node) {}

  /// In place of what was said before; `size` is not kept.
  void replace(std::vector<ToldFile> const& files);
  /// Those that an entry held here names.
  [[nodiscard]] std::vector<ToldFile> all();
  /// Takes away what was said, of any unit, of files that no entry names any more.
  static void forget_unnamed(db::Connection& connection);

 private:
  db::Connection& connection_;
  UnitId unit_;
  NodeId node_;
};

}  // namespace fieldnode::blobs
