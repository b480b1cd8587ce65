#pragma once

#include <vector>

#include "sync/engine/ledger.h"

/// After a long absence the most urgent assignments go ahead of the feed. Source: PROTOCOL, "Previews".
namespace fieldnode::engine {

/// Units: bytes of packed entries before compression.
struct PreviewPlan {
  std::size_t assignments_most{};  ///< 0: none is begun; what is held by preview is followed all the same
  std::size_t budget_bytes{};
};

/// Whole assignments: each brings all its entries behind the node's gapless feed that the node does not hold yet, in
/// the feed's order. First those that the node holds by preview already, so that none of them is ever half known; then
/// take-backs; then by the deadline that a page sorts by. With them every policy, calendar and time correction that the
/// node has not seen: they are counted by rules that stand behind them in the feed.
/// Shape: nothing for a node that has no feed entry yet, or another feed.
[[nodiscard]] std::vector<FeedLeaf> urgent_previews(Ledger& ledger, wire::ExchangeRequest const& request,
                                                    PreviewPlan const& plan);

}  // namespace fieldnode::engine
