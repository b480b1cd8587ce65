#pragma once

#include <cstdint>
#include <optional>

#include "node/db/connection.h"
#include "node/lists/contact_vault.h"
#include "node/office/identity.h"
#include "sync/engine/journal.h"
#include "sync/rules/rule_book.h"

namespace fieldnode::office {

/// What a check walked through and found right.
struct CheckedStore {
  engine::ListHead journal;
  engine::ListHead feed;
  std::uint64_t covered{};  ///< acts up to here are delivered
  std::uint64_t settled{};
  std::uint64_t assignments{};
  std::uint64_t receipts{};
  Hash digest{};  ///< state after all that is held
};

/// Proves what the database says: every leaf and hash of both chains, each receipt's signature and the heads that it
/// names, and that the projection is what a replay from the first entry gives. Reads only; one unbroken view.
/// Errors: `chain_broken`, `receipt_wrong`, `projection_differs`, each naming the place.
[[nodiscard]] Result<CheckedStore> check_store(db::Connection& connection, lists::ContactVault& vault,
                                               OfficeIdentity const& identity, crypto::SignatureSuite const& suite,
                                               rules::RuleBook const& first);

}  // namespace fieldnode::office
