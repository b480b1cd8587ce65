#pragma once

#include <cstdint>

#include "sync/base/ids.h"
#include "sync/crypto/suite.h"

namespace fieldnode::engine {

/// Who this node is and whom it believes.
struct NodeIdentity {
  UnitId unit{};
  NodeId node{};
  crypto::KeyPair keys{};
  std::uint64_t city_key_id{};
  crypto::PublicKey city_key{};
};

}  // namespace fieldnode::engine
