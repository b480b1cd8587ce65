#include "sync/wire/node_statement.h"

#include "sync/wire/signed_form.h"
#include "sync/wire/statement_fields.h"

namespace fieldnode::wire {

Bytes signed_bytes(NodeStatement const& statement) {
  auto out = signed_form("fieldnode/node/1");
  out.number(static_cast<std::uint64_t>(statement.suite)).number(statement.key_id);
  out.number(statement.unit.value).number(statement.node.value).number(statement.journal_epoch.value);
  out.number(static_cast<std::uint64_t>(ms_of(statement.enrolled_at))).raw(statement.key);
  return out.take();
}

void sign_statement(NodeStatement& statement, crypto::SignatureSuite const& suite, crypto::SecretKey const& key) {
  statement.suite = static_cast<SuiteId>(suite.id());
  statement.signature = suite.sign(signed_bytes(statement), key);
}

Result<void> verify_statement(NodeStatement const& statement, crypto::SignatureSuite const& suite,
                              crypto::PublicKey const& key) {
  return verify_signed(statement, suite, key, "city's word on the node");
}

Bytes pack_statement(NodeStatement const& statement) {
  PackedOutput output;
  output(statement);
  return output.take();
}

Result<NodeStatement> unpack_statement(BytesView bytes) {
  return decoded(bytes, "malformed_message", "city's word on the node", [](PackedInput& input) {
    NodeStatement statement;
    input(statement);
    if (input.left() > 0) input.fail(std::to_string(input.left()) + " bytes follow it");
    return statement;
  });
}

}  // namespace fieldnode::wire
