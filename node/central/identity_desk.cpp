#include "node/central/identity_desk.h"

#include <algorithm>

#include "node/central/store/node_statement.h"
#include "sync/crypto/hash.h"

namespace fieldnode::central {
namespace {

/// From the key that the node believes to the one that signs now; a key that was never this city's gets all of it, and
/// the node finds that it does not fit.
std::vector<wire::CityKeyStep> steps_from(std::vector<wire::CityKeyStep> const& all, std::uint64_t known) {
  auto const from = std::ranges::find(all, known, &wire::CityKeyStep::old_id);
  return from == all.end() ? all : std::vector(from, all.end());
}

}  // namespace

Result<std::optional<wire::IdentityNews>> IdentityDesk::answer(UnitWork& work, NodeRecord const& node,
                                                               wire::IdentityClaim const& claim, UtcTime now) const {
  wire::IdentityNews news;
  if (!claim.has_word) news.word = statement_on(node, city_.key);
  if (claim.city_key != city_.key.id) news.steps = steps_from(city_.steps, claim.city_key);
  if (!claim.has_root) news.root = city_.root;
  if (claim.renewal) {
    auto certificate = renewed(work, node, *claim.renewal, now);
    if (!certificate) return certificate.error();
    news.certificate = *std::move(certificate);
  }
  if (!news.says_something()) return std::optional<wire::IdentityNews>{};
  return std::optional(std::move(news));
}

/// The same request gets the same certificate, so that a lost reply costs nothing.
Result<std::string> IdentityDesk::renewed(UnitWork& work, NodeRecord const& node, wire::CertificateRequest const& asked,
                                          UtcTime now) const {
  auto const theirs = wire::verify_request(asked, *crypto::ed25519_suite(), node.public_key);
  if (!theirs) return theirs.error();
  if (asked.node != node.id) return refuse("bad_signature", "The request for a certificate is another node's.");
  auto const request = crypto::hash_under("fieldnode/certificate-request/1", {bytes_of(asked.request)});
  if (auto given = work.find_certificate(node.id, request)) return *std::move(given);
  auto const made =
      net::issue_client_certificate(city_.ca, asked.request, node_common_name(node.id), node_validity(now), random_);
  if (!made) return refuse("malformed_request", made.error().sentence);
  auto const facts = net::read_certificate(*made);
  if (!facts) return facts.error();
  work.add_certificate({node.id, facts->fingerprint, request, *made, now});
  return *made;
}

}  // namespace fieldnode::central
