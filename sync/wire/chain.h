#pragma once

#include "sync/wire/entry.h"

namespace fieldnode::wire {

/// How far a list's chain has been walked. Whoever holds two equal states holds the same entries.
struct ChainState {
  ListName list{};
  std::uint64_t seq{};
  Hash hash{};

  /// Before the first entry.
  [[nodiscard]] static ChainState start(ListName const& list) { return {list, 0, chain_start(list)}; }
  /// Goes on by one entry.
  void advance(Hash const& leaf) {
    hash = chain_next(hash, leaf);
    ++seq;
  }
  friend bool operator==(ChainState const&, ChainState const&) = default;
};

}  // namespace fieldnode::wire
