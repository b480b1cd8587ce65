#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "node/db/connection.h"
#include "sync/base/ids.h"
#include "sync/crypto/suite.h"
#include "sync/wire/entry.h"
#include "sync/wire/node_statement.h"

namespace fieldnode::office {

/// Who this node is, as the centre said at enrolment; no secret is in it.
struct OfficeIdentity {
  UnitId unit{};
  std::string unit_code;
  std::string unit_name;
  std::string city;
  NodeId node{};
  Epoch journal_epoch{};
  std::string centre;  ///< base address of the centre's sync port
  std::uint64_t city_key_id{};
  crypto::PublicKey city_key{};
  std::optional<wire::NodeStatement> city_word{};  ///< on this node's key; nothing before somebody confirmed the node
  std::optional<crypto::PublicKey> public_key{};   ///< this node's; nothing if it was enrolled before it was kept here
  std::string city_fingerprint{};                  ///< on the day of enrolment
  std::optional<crypto::PublicKey> city_root{};  ///< vouches for a new city key after a compromise; none: not named yet

  /// What the office reads out so that the centre can confirm it; empty for a node that never had to be.
  [[nodiscard]] std::string fingerprint() const;

  [[nodiscard]] wire::ListName journal() const { return {wire::ListKind::kJournal, unit, node, journal_epoch}; }
  friend bool operator==(OfficeIdentity const&, OfficeIdentity const&) = default;
};

/// Nothing before the node is enrolled.
[[nodiscard]] std::optional<OfficeIdentity> load_identity(db::Connection& connection);
/// Once, in the caller's transaction.
void save_identity(db::Connection& connection, OfficeIdentity const& identity);

}  // namespace fieldnode::office
