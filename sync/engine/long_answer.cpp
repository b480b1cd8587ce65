#include "sync/engine/long_answer.h"

#include <algorithm>

namespace fieldnode::engine {
namespace {

constexpr std::uint64_t kThinBytesPerSecond = 200'000;
constexpr std::uint64_t kFastBytesPerSecond = 4'000'000;
constexpr std::size_t kPartSeconds = 1;
constexpr std::size_t kPartLeastBytes = 16 * 1024;
constexpr std::size_t kPartMostBytes = 256 * 1024;

/// As many as a page shows at once, and as a clerk can look at.
constexpr std::size_t kPreviewedMost = 40;
constexpr std::size_t kSoonSeconds = 3;
constexpr std::size_t kPreviewSeconds = 8;
constexpr std::size_t kEntryBytes = 400;  ///< on the way, roughly

/// A node that says nothing of its link may have any.
int level_for(std::uint64_t bytes_per_second) {
  if (bytes_per_second == 0) return 9;
  if (bytes_per_second < kThinBytesPerSecond) return 19;
  return bytes_per_second < kFastBytesPerSecond ? 9 : 3;
}

std::size_t size_of(wire::ExchangeReply const& reply) {
  std::size_t size = 0;
  for (auto const& item : reply.feed) {
    size += item.entry.skeleton.size() + item.entry.body.bytes.size() + item.entry.contact.bytes.size();
  }
  return size;
}

/// The node will hold this when it has come so far.
void go_on_behind(wire::ExchangeRequest& request, wire::ExchangeReply const& reply) {
  request.feed = {reply.receipt.feed_epoch, reply.receipt.answer_seq};
  request.feed_hash = reply.receipt.answer_hash;
  if (!reply.receipt.marks.empty()) request.marked_seq = reply.receipt.marks.back().seq;
}

/// What is urgent first, where the feed is too long to be there soon.
std::vector<FeedLeaf> ahead_of_feed(Ledger& ledger, wire::ExchangeRequest const& request, AnswerPlan const& plan) {
  if (plan.budget_bytes == 0) return {};
  auto const head = ledger.heads().feed.seq;
  auto const waiting = head - std::min(head, request.feed.seq);
  auto previews = plan.previews;
  if (waiting * kEntryBytes <= plan.soon_bytes) previews.assignments_most = 0;
  return urgent_previews(ledger, request, previews);
}

void hold(wire::ExchangeRequest& request, std::vector<FeedLeaf> const& previews) {
  for (auto const& preview : previews) request.previewed_seqs.push_back(preview.seq);
  std::ranges::sort(request.previewed_seqs);
}

}  // namespace

AnswerPlan plan_answer(wire::ExchangeRequest const& request, std::size_t budget_most_bytes) {
  auto const rate = request.link_bytes_per_second;
  auto const part = std::clamp<std::size_t>(rate * kPartSeconds, kPartLeastBytes, kPartMostBytes);
  AnswerPlan plan{.budget_bytes = std::min<std::size_t>(request.byte_budget, budget_most_bytes),
                  .part_bytes = rate == 0 ? kPartMostBytes : part,
                  .compression_level = level_for(rate)};
  if (rate == 0) return plan;
  plan.soon_bytes = rate * kSoonSeconds;
  plan.previews = {.assignments_most = kPreviewedMost,
                   .budget_bytes = std::min<std::size_t>(plan.budget_bytes, rate * kPreviewSeconds)};
  return plan;
}

std::vector<wire::ExchangeReply> long_answer(ExchangeServer const& server, Ledger& ledger,
                                             wire::ExchangeRequest request, AnswerPlan const& plan,
                                             std::optional<UtcTime> received_at, std::optional<UtcTime> now) {
  std::vector<wire::ExchangeReply> parts;
  auto left = plan.budget_bytes;
  if (auto previews = ahead_of_feed(ledger, request, plan); !previews.empty()) {
    auto const next = [&] {
      auto held = request;
      hold(held, previews);
      return held;
    }();
    request.byte_budget = 0;
    parts.push_back(server.answer(ledger, request, received_at, now, std::move(previews)));
    request = next;
  }
  do {
    request.byte_budget = static_cast<std::uint32_t>(std::min(left, plan.part_bytes));
    auto& part = parts.emplace_back(server.answer(ledger, request, received_at, now));
    if (part.feed.empty()) break;
    left -= std::min(left, std::max<std::size_t>(1, size_of(part)));
    go_on_behind(request, part);
  } while (parts.back().more && left > 0);
  return parts;
}

}  // namespace fieldnode::engine
