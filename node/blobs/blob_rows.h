#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "node/blobs/media_kind.h"
#include "node/db/connection.h"
#include "sync/base/ids.h"
#include "sync/base/time.h"

namespace fieldnode::blobs {

/// Whose data key seals a file: an assignment of a unit, or a case of the centre.
struct BlobOwner {
  UnitId unit{};
  AssignmentId assignment{};
  friend bool operator==(BlobOwner const&, BlobOwner const&) = default;
};

/// A case's files have a data key of their own: that of its contact is destroyed when the contact is taken out.
[[nodiscard]] inline BlobOwner owner_of(CaseId id) { return {UnitId{UINT64_MAX}, AssignmentId{id.value}}; }

using BlobId = Id<struct BlobTag>;

struct BlobRow {
  BlobId id{};
  BlobOwner owner;
  std::uint64_t size{};
  std::optional<Hash> address;  ///< nothing while an upload comes
  bool here{};
  MediaKind media{};
  Bytes wrapped;
  UtcTime touched_at{};
};

/// What a whole file was found to be.
struct BlobFacts {
  Hash address{};
  MediaKind media{};
};

/// The table `blob`, in the caller's transaction.
class BlobRows {
 public:
  explicit BlobRows(db::Connection& connection) : connection_(connection) {}

  /// `id` and `here` are given here.
  [[nodiscard]] BlobId add(BlobRow const& row);
  [[nodiscard]] std::optional<BlobRow> find(BlobId id);
  [[nodiscard]] std::optional<BlobRow> find(BlobOwner const& owner, Hash const& address);
  void publish(BlobId id, BlobFacts const& facts);
  /// Its file is gone: it has to come again, and what the other end said of it counts no more.
  void lose(BlobId id);
  void touch(BlobId id, UtcTime now);
  void remove(BlobId id);

  /// Units: bytes announced, of the owner and of all.
  [[nodiscard]] std::uint64_t bytes_of(BlobOwner const& owner);
  [[nodiscard]] std::uint64_t bytes_in_all();
  /// Every file, by id.
  [[nodiscard]] std::vector<BlobId> ids();
  [[nodiscard]] std::vector<BlobRow> all_here();

  /// The feed epoch under which the centre said that it has the file.
  void note_known(BlobId id, Epoch feed);
  /// The same of a file that is here. False where that was known.
  [[nodiscard]] bool note_known(BlobOwner const& owner, Hash const& address, Epoch feed);

 private:
  db::Connection& connection_;
};

}  // namespace fieldnode::blobs
