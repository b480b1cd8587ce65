#include "node/central/store/node_statement.h"

namespace fieldnode::central {

wire::NodeStatement statement_on(NodeRecord const& node, engine::CityKey const& city) {
  wire::NodeStatement statement{.key_id = city.id,
                                .unit = node.unit,
                                .node = node.id,
                                .journal_epoch = node.journal_epoch,
                                .enrolled_at = node.enrolled_at,
                                .key = node.public_key};
  wire::sign_statement(statement, *crypto::ed25519_suite(), city.keys.secret_key);
  return statement;
}

}  // namespace fieldnode::central
