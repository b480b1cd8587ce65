#pragma once

#include "node/central/city.h"
#include "node/central/store/unit_work.h"

namespace fieldnode::central {

/// What the centre tells a node of keys and certificates within an exchange. Source: PROTOCOL, "Identity". Thread: any.
class IdentityDesk {
 public:
  IdentityDesk(CityIdentity const& city, Random& random) : city_(city), random_(random) {}

  /// What the node that makes this claim lacks; nothing where it lacks nothing.
  /// Errors: `bad_signature` when the node's own key did not sign what it asks for, `malformed_request`.
  [[nodiscard]] Result<std::optional<wire::IdentityNews>> answer(UnitWork& work, NodeRecord const& node,
                                                                 wire::IdentityClaim const& claim, UtcTime now) const;

 private:
  [[nodiscard]] Result<std::string> renewed(UnitWork& work, NodeRecord const& node,
                                            wire::CertificateRequest const& asked, UtcTime now) const;

  CityIdentity const& city_;
  Random& random_;
};

}  // namespace fieldnode::central
