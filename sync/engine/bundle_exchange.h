#pragma once

#include "sync/engine/reply_check.h"

/// What the node says in a bundle and hears from one: the messages of the exchange, without a line between both ends.
/// Source: PROTOCOL, "Bundle".
namespace fieldnode::engine {

/// What all requests of one bundle say alike. Units: bytes of packed entries before compression.
struct BundleFacts {
  wire::Nonce nonce{};
  wire::ClockSample clock{};
  wire::NodeStatus status{};
  std::uint32_t reply_budget_bytes{};
  std::size_t act_budget_bytes{256 * 1024};
  int compression_level{19};
};

/// One message of a bundle, and the last act that it carries.
struct BundleBlock {
  Bytes request;
  std::uint64_t upto{};
};

/// The request that carries the acts after `after`, up to `last` at most: one block of a long journal. With nothing
/// left to carry it carries nothing, and asks for what is new at the centre.
[[nodiscard]] BundleBlock bundle_block(ReplyReader const& node, BundleFacts const& facts, std::uint64_t after,
                                       std::uint64_t last);

/// Takes one reply of a bundle over. Its receipt proves delivery and gives marks like any other; it binds no clock, and
/// raises the floor only. Whether it repeats a nonce of this node is no matter: the city's signature says for which
/// node it is, and nothing that is taken from it gets worse with age.
/// Errors: `bundle_gap` when its entries begin beyond what is held, `bundle_other_epoch` when it speaks of a journal
/// that this node does not write any more, `malformed_message`, those of `check_reply` and of the journal.
[[nodiscard]] Result<SettledExchange> take_bundle_reply(ReplyReader const& node, BytesView message);

}  // namespace fieldnode::engine
