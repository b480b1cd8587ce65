#pragma once

#include <optional>
#include <string_view>

#include "node/db/connection.h"
#include "sync/base/bytes.h"
#include "sync/base/ids.h"
#include "sync/base/random.h"
#include "sync/base/result.h"
#include "sync/crypto/seal.h"

namespace fieldnode::lists {

/// Seals contact data at rest: one data key per assignment (none: one for the unit), wrapped by this end's key, which
/// is a file beside the database. Destroying a data key erases what it sealed and breaks no chain.
/// Data keys are read from the database at each use and never kept: one that a rolled-back transaction made must not
/// seal anything afterwards. Thread: the connection's.
/// Source: design 7.
class ContactVault {
 public:
  using MasterKey = crypto::SealKey;

  /// `random` must outlive the vault; it gives keys and nonces.
  ContactVault(MasterKey const& key, Random& random);
  ContactVault(ContactVault const&) = delete;
  ContactVault& operator=(ContactVault const&) = delete;
  ~ContactVault();

  /// Makes the data key at the first use, so it needs a transaction on a writing connection.
  /// Errors: a BrokenWorld when the data key does not open.
  [[nodiscard]] Bytes seal(db::Connection& connection, UnitId unit, AssignmentId assignment, BytesView plain);

  /// Errors: a BrokenWorld in the cases of `try_open`.
  [[nodiscard]] Bytes open(db::Connection& connection, UnitId unit, AssignmentId assignment, BytesView sealed);

  /// Errors: `contact_key_destroyed`, `wrong_contact_key` when the data key does not open under this key,
  /// `contact_changed` when the sealed bytes are not those that were sealed for this assignment.
  [[nodiscard]] Result<Bytes> try_open(db::Connection& connection, UnitId unit, AssignmentId assignment,
                                       BytesView sealed);

  /// For the start of a program, before anything is sealed. Errors: `wrong_contact_key` when a stored data key does not
  /// open under this key.
  [[nodiscard]] Result<void> require_key(db::Connection& connection);

  /// The same for the same data under this end's key: equal data is recognised without being opened, and whoever lacks
  /// the key cannot try out guesses. `use` keeps hashes of different purposes apart.
  [[nodiscard]] Hash keyed_hash(std::string_view use, BytesView plain) const;

  /// Destroys the data key: what it sealed is gone for ever.
  void destroy(db::Connection& connection, UnitId unit, AssignmentId assignment);

 private:
  [[nodiscard]] Result<std::optional<crypto::SealKey>> data_key(db::Connection& connection, UnitId unit,
                                                                AssignmentId assignment);
  [[nodiscard]] crypto::SealKey make_data_key(db::Connection& connection, UnitId unit, AssignmentId assignment);

  MasterKey key_;
  Random& random_;
};

}  // namespace fieldnode::lists
