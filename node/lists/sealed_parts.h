#pragma once

#include "node/db/connection.h"
#include "node/lists/contact_vault.h"
#include "sync/base/result.h"
#include "sync/wire/entry.h"

namespace fieldnode::lists {

/// Body and contact part of one unit's entries as columns: contact parts are sealed on their way in and opened on their
/// way out. A part that says nothing has no column.
class SealedParts {
 public:
  SealedParts(db::Connection& connection, ContactVault& vault, UnitId unit)
      : connection_(connection), vault_(vault), unit_(unit) {}

  [[nodiscard]] static std::optional<Bytes> body_column(wire::Part const& body);
  [[nodiscard]] std::optional<Bytes> contact_column(AssignmentId assignment, wire::Part const& contact);

  /// Errors: `malformed_part`.
  [[nodiscard]] static Result<wire::Part> body_of(std::optional<BytesView> column);
  /// Errors: `malformed_part`, those of `ContactVault::try_open`.
  [[nodiscard]] Result<wire::Part> contact_of(AssignmentId assignment, std::optional<BytesView> column);

 private:
  db::Connection& connection_;
  ContactVault& vault_;
  UnitId unit_;
};

}  // namespace fieldnode::lists
