#pragma once

#include "sync/crypto/suite.h"
#include "sync/wire/entry.h"
#include "sync/wire/suite_id.h"

/// What the city signs of a node: which key signs which journal. Source: PROTOCOL, "Signed bytes".
namespace fieldnode::wire {

/// Fixed layout, domain "fieldnode/node/1". `key_id`: of the city's key that signed it.
struct NodeStatement {
  SuiteId suite{};
  std::uint64_t key_id{};
  UnitId unit{};
  NodeId node{};
  Epoch journal_epoch{};
  UtcTime enrolled_at{};
  crypto::PublicKey key{};
  Signature signature{};

  [[nodiscard]] ListName journal() const { return {ListKind::kJournal, unit, node, journal_epoch}; }
  friend bool operator==(NodeStatement const&, NodeStatement const&) = default;
};

/// The bytes that the signature covers.
[[nodiscard]] Bytes signed_bytes(NodeStatement const& statement);
/// Fills in `suite` and `signature`.
void sign_statement(NodeStatement& statement, crypto::SignatureSuite const& suite, crypto::SecretKey const& key);
/// Errors: `foreign_suite`, `bad_signature`.
[[nodiscard]] Result<void> verify_statement(NodeStatement const& statement, crypto::SignatureSuite const& suite,
                                            crypto::PublicKey const& key);

/// For the store and the answer to an enrolment. pack/unpack are inverse. Errors: `malformed_message`.
[[nodiscard]] Bytes pack_statement(NodeStatement const& statement);
[[nodiscard]] Result<NodeStatement> unpack_statement(BytesView bytes);

}  // namespace fieldnode::wire
