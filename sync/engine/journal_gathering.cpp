#include "sync/engine/journal_gathering.h"

#include <fmt/format.h>

#include <algorithm>

#include "sync/wire/signing.h"

namespace fieldnode::engine {
namespace {

Refusal broken(wire::ListName const& list, std::uint64_t seq) {
  return refuse("journal_return_broken",
                fmt::format("What the centre returned of the earlier journal {:016x} is not what was once sent there, "
                            "at act {}: nothing was taken over. Tell the centre's operator.",
                            list.epoch.value, seq));
}

}  // namespace

std::optional<std::vector<wire::ChainState>> JournalGathering::asks() {
  auto held = journal_.epochs().journals_asked();
  if (!held) {
    gathered_.clear();
    return std::nullopt;
  }
  asked_ = *std::move(held);
  for (auto const& gathered : gathered_) {
    auto const known = std::ranges::find(asked_, gathered.run.list, &wire::ChainState::list);
    if (known == asked_.end()) {
      asked_.push_back(gathered.walk.chain());
    } else {
      *known = gathered.walk.chain();
    }
  }
  return asked_;
}

Result<std::optional<std::vector<ReturnedRun>>> JournalGathering::take(wire::EarlierJournals came) {
  for (auto& run : came.runs) {
    if (auto const added = add(std::move(run)); !added) {
      gathered_.clear();
      return added.error();
    }
  }
  if (!came.complete) return std::optional<std::vector<ReturnedRun>>{};
  auto const whole = check_whole(came.heads);
  std::vector<ReturnedRun> runs;
  for (auto& gathered : gathered_) runs.push_back(std::move(gathered.run));
  gathered_.clear();
  if (!whole) return whole.error();
  return std::optional(std::move(runs));
}

JournalGathering::Gathered* JournalGathering::find(wire::ListName const& list) {
  auto const found = std::ranges::find_if(gathered_, [&](auto const& gathered) { return gathered.run.list == list; });
  return found == gathered_.end() ? nullptr : &*found;
}

Result<JournalGathering::Gathered*> JournalGathering::begin(wire::ListRun const& run) {
  auto start = wire::ChainState::start(run.list);
  if (run.first > 1) {
    auto const asked = std::ranges::find(asked_, run.list, &wire::ChainState::list);
    if (asked == asked_.end() || asked->seq + 1 != run.first) return broken(run.list, run.first);
    start = *asked;
  }
  auto const keys_held = [&journal = journal_, list = run.list](AssignmentId assignment) {
    return assignment ? journal.feed_keys(assignment) : journal.epochs().opening_keys(list);
  };
  gathered_.push_back({ListWalk(start, keys_held), {run.list, run.end, {}}});
  return &gathered_.back();
}

Result<void> JournalGathering::add(wire::ListRun run) {
  bool const fits = run.list.kind == wire::ListKind::kJournal && run.list.unit == identity_.unit;
  if (!fits) return broken(run.list, run.first);
  auto* gathered = find(run.list);
  if (gathered == nullptr) {
    auto const begun = begin(run);
    if (!begun) return begun.error();
    gathered = *begun;
  } else if (gathered->walk.chain().seq + 1 != run.first) {
    return broken(run.list, run.first);
  }
  for (auto& entry : run.entries) {
    auto arrival = gathered->walk.step(std::move(entry));
    if (!arrival) return arrival.error();
    gathered->run.entries.push_back(std::move(*arrival));
  }
  return {};
}

/// What this node once signed it can check; another node's journal it takes on the centre's word, as it takes the feed.
Result<void> JournalGathering::check_whole(std::vector<wire::SignedHead> const& heads) {
  for (auto const& gathered : gathered_) {
    auto const& chain = gathered.walk.chain();
    if (chain.seq != gathered.run.end) return broken(chain.list, chain.seq);
    if (chain.list.node != identity_.node || chain.seq == 0) continue;
    auto const head = std::ranges::find(heads, chain.list, &wire::SignedHead::list);
    bool const ours = head != heads.end() && head->seq == chain.seq && head->hash == chain.hash &&
                      wire::verify_head(*head, suite_, identity_.keys.public_key).has_value();
    if (!ours) return broken(chain.list, chain.seq);
  }
  return {};
}

}  // namespace fieldnode::engine
