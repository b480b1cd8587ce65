#pragma once

#include "sync/engine/exchange_server.h"
#include "sync/engine/urgent_previews.h"

namespace fieldnode::engine {

/// Units: bytes of packed entries before compression.
struct AnswerPlan {
  std::size_t budget_bytes{};
  std::size_t part_bytes{};  ///< after so much the node may take over what it has
  int compression_level{};
  std::size_t soon_bytes{};  ///< so much of the feed is there so soon that nothing need go ahead of it
  PreviewPlan previews{};
};

/// What suits the link that the request speaks of.
[[nodiscard]] AnswerPlan plan_answer(wire::ExchangeRequest const& request, std::size_t budget_most_bytes);

/// The answer to a request in parts, each with a receipt of its own, from one reading of the ledger: a line that breaks
/// loses one part, and what is urgent stands in the first. Shape: at least one; receipts are unsigned, as those of
/// `ExchangeServer::answer`.
[[nodiscard]] std::vector<wire::ExchangeReply> long_answer(ExchangeServer const& server, Ledger& ledger,
                                                           wire::ExchangeRequest request, AnswerPlan const& plan,
                                                           std::optional<UtcTime> received_at,
                                                           std::optional<UtcTime> now);

}  // namespace fieldnode::engine
