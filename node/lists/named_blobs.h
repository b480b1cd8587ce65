#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "node/db/connection.h"
#include "node/lists/list_register.h"
#include "node/lists/stored_entry.h"

namespace fieldnode::lists {

/// A file that an entry on the assignment names.
struct NamedBlob {
  AssignmentId assignment{};
  Hash address{};
  std::uint64_t size{};
  friend bool operator==(NamedBlob const&, NamedBlob const&) = default;
};

/// The table `named_blob`: which files the entries name. In the caller's transaction.
class NamedBlobs {
 public:
  explicit NamedBlobs(db::Connection& connection) : connection_(connection) {}

  /// Notes what the entry's body names. A body that does not decode names nothing: whoever admits entries judges it.
  void keep(ListRow const& list, StoredEntry const& entry);
  /// A redacted entry names nothing.
  void forget(ListRow const& list, std::uint64_t seq);
  /// Nor do entries that were taken out.
  void forget_after(ListRow const& list, std::uint64_t seq);

  /// The size as some entry of the unit says; nothing where none names it.
  [[nodiscard]] std::optional<std::uint64_t> size_of(UnitId unit, AssignmentId assignment, Hash const& address);

 private:
  db::Connection& connection_;
};

}  // namespace fieldnode::lists
