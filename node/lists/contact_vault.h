#pragma once

#include "node/db/connection.h"
#include "sync/base/bytes.h"
#include "sync/base/ids.h"
#include "sync/base/random.h"

namespace fieldnode::lists {

/// Seals contact data at rest: one data key per assignment (none: one for the unit), wrapped by this end's key, which
/// is a file beside the database. Destroying a data key erases what it sealed and breaks no chain.
/// Source: design 7.
class ContactVault {
 public:
  using MasterKey = std::array<std::uint8_t, 32>;
  ContactVault(MasterKey const& key, Random& random);

  [[nodiscard]] Bytes seal(db::Connection& connection, UnitId unit, AssignmentId assignment, BytesView plain);
  /// Errors: a BrokenWorld when the key is wrong or the bytes were changed.
  [[nodiscard]] Bytes open(db::Connection& connection, UnitId unit, AssignmentId assignment, BytesView sealed);

 private:
  MasterKey key_;
  Random& random_;
};

}  // namespace fieldnode::lists
