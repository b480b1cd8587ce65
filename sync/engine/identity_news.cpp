#include "sync/engine/identity_news.h"

namespace fieldnode::engine {
namespace {

wire::CityKeyRing ring_of(CityBelief const& belief, NodeIdentity const& node) {
  if (!belief.keys.keys().empty()) return belief.keys;
  return {node.city_key_id, node.city_key};
}

Result<void> check_word(wire::NodeStatement const& word, NodeIdentity const& node, wire::CityKeyRing const& keys,
                        crypto::SignatureSuite const& suite) {
  auto const* const signer = keys.find(word.key_id);
  bool const ours = word.unit == node.unit && word.node == node.node && word.key == node.keys.public_key;
  if (ours && signer != nullptr && wire::verify_statement(word, suite, signer->key)) return {};
  return refuse("reply_not_ours",
                "What the centre signed of this node is about another one, or not signed by the city; the answer was "
                "thrown away.");
}

}  // namespace

std::optional<wire::IdentityClaim> identity_claim(CityBelief const& belief, NodeIdentity const& node, bool uncertain,
                                                  std::string const& renewal, crypto::SignatureSuite const& suite) {
  if (!uncertain && belief.has_word && renewal.empty()) return std::nullopt;
  auto const keys = ring_of(belief, node);
  wire::IdentityClaim claim{keys.newest().id, keys.root().has_value(), belief.has_word, {}};
  if (!renewal.empty()) {
    claim.renewal = wire::CertificateRequest{.suite = {}, .node = node.node, .request = renewal, .signature = {}};
    wire::sign_request(*claim.renewal, suite, node.keys.secret_key);
  }
  return claim;
}

Result<wire::CityKeyRing> keys_after(CityBelief const& belief, NodeIdentity const& node,
                                     wire::ExchangeReply const& reply, crypto::SignatureSuite const& suite) {
  auto keys = ring_of(belief, node);
  if (!reply.identity) return keys;
  auto const& news = *reply.identity;
  for (auto const& step : news.steps) {
    if (auto const followed = keys.follow(step, suite); !followed) return followed.error();
  }
  if (news.root) {
    if (auto const learnt = keys.learn_root(*news.root, suite); !learnt) return learnt.error();
  }
  if (news.word) {
    if (auto const fits = check_word(*news.word, node, keys, suite); !fits) return fits.error();
  }
  return keys;
}

}  // namespace fieldnode::engine
