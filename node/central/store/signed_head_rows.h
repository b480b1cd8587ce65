#pragma once

#include <optional>

#include "node/db/connection.h"
#include "sync/engine/journal.h"
#include "sync/wire/exchange.h"

namespace fieldnode::central {

/// Table `signed_head`, in the caller's transaction.
class SignedHeadRows {
 public:
  explicit SignedHeadRows(db::Connection& connection) : connection_(connection) {}

  /// Takes the place of the one before.
  void keep(wire::SignedHead const& head);
  /// The newest; nothing if the journal came before signatures were kept.
  [[nodiscard]] std::optional<wire::SignedHead> find(wire::ListName const& journal);

 private:
  db::Connection& connection_;
};

}  // namespace fieldnode::central
