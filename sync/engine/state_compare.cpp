#include "sync/engine/state_compare.h"

namespace fieldnode::engine {
namespace {

/// In one answer, so that it stays below a few kB on a thin link.
constexpr std::size_t kPageMost = 256;

}  // namespace

std::optional<wire::StateVerdict> judge_claim(Ledger& ledger, wire::StateClaim const& claim) {
  bool const is_told = !claim.differing.empty();
  auto held = ledger.states().read(claim.after, is_told ? 0 : kPageMost);
  if (held.feed != claim.feed || held.journal != claim.journal) return std::nullopt;
  if (held.digest == claim.digest) return wire::StateVerdict{.equal = true, .assignments = {}, .more = false};
  return wire::StateVerdict{.equal = false, .assignments = std::move(held.page), .more = held.more && !is_told};
}

bool hear_claim(Ledger& ledger, wire::StateClaim const& claim, UtcTime now) {
  auto const verdict = judge_claim(ledger, claim);
  if (!verdict || verdict->equal) return false;
  for (auto const id : claim.differing) ledger.note_difference(id, now);
  return true;
}

}  // namespace fieldnode::engine
