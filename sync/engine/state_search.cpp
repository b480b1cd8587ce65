#include "sync/engine/state_search.h"

#include <algorithm>
#include <limits>
#include <map>

namespace fieldnode::engine {
namespace {

/// An alarm names so many at most; an operator who has looked at these looks at all.
constexpr std::size_t kNamedMost = 64;

/// Everything is delivered, and everything that the centre held with its last receipt is here.
bool is_at_rest(JournalSnapshot const& held) {
  if (!held.greatest) return false;
  auto const& receipt = *held.greatest;
  return receipt.journal_epoch == held.journal.list.epoch && receipt.journal_seq == held.journal.seq &&
         receipt.feed_epoch == held.feed.list.epoch && receipt.feed_head_seq == held.feed.seq && held.previewed.empty();
}

Position end_of(ListHead const& head) { return {head.list.epoch, head.seq}; }

}  // namespace

std::optional<wire::StateClaim> StateSearch::claim(JournalSnapshot const& held, StateBook& book) {
  if (!is_at_rest(held)) return std::nullopt;
  if (end_of(held.feed) != feed_ || end_of(held.journal) != journal_) {
    begin_at(end_of(held.feed), end_of(held.journal));
  }
  if (stage_ == Stage::kDone) return std::nullopt;
  auto const own = book.read({}, 0);
  if (own.feed != feed_ || own.journal != journal_) return std::nullopt;  // somebody acts meanwhile
  wire::StateClaim claim{.feed = feed_, .journal = journal_, .digest = own.digest, .after = after_, .differing = {}};
  if (stage_ == Stage::kTelling) claim.differing = differing_;
  return claim;
}

void StateSearch::hear(wire::StateClaim const& claim, std::optional<wire::StateVerdict> const& verdict,
                       StateBook& book) {
  if (claim.feed != feed_ || claim.journal != journal_ || stage_ == Stage::kDone) return;
  bool const is_told = stage_ == Stage::kTelling;
  if (!verdict || verdict->equal || is_told) {
    stage_ = Stage::kDone;
    if (verdict) found_ = is_told ? differing_ : std::vector<AssignmentId>{};
    return;
  }
  auto const own = book.read(claim.after, std::numeric_limits<std::uint32_t>::max());
  if (own.feed == feed_ && own.journal == journal_) {
    compare(*verdict, own);
  } else {
    stage_ = Stage::kDone;  // another place will be compared
  }
}

void StateSearch::begin_at(Position const& feed, Position const& journal) {
  feed_ = feed;
  journal_ = journal;
  stage_ = Stage::kAsking;
  after_ = {};
  differing_.clear();
}

/// Of one page of the centre's: what it says otherwise, and what only one end has.
void StateSearch::compare(wire::StateVerdict const& verdict, StateReading const& own) {
  auto const& theirs = verdict.assignments;
  auto const last = verdict.more && !theirs.empty() ? theirs.back().assignment
                                                    : AssignmentId{std::numeric_limits<std::uint64_t>::max()};
  std::map<AssignmentId, Hash> left;
  for (auto const& [assignment, digest] : own.page) {
    if (assignment <= last) left.emplace(assignment, digest);
  }
  for (auto const& [assignment, digest] : theirs) {
    auto const mine = left.extract(assignment);
    if (!mine || mine.mapped() != digest) differing_.push_back(assignment);
  }
  for (auto const& [assignment, digest] : left) differing_.push_back(assignment);
  std::ranges::sort(differing_);
  bool const is_over = !verdict.more || theirs.empty() || differing_.size() >= kNamedMost;
  if (differing_.size() > kNamedMost) differing_.resize(kNamedMost);
  after_ = is_over ? AssignmentId{} : last;
  stage_ = is_over ? Stage::kTelling : Stage::kSearching;
  if (is_over && differing_.empty()) stage_ = Stage::kDone;  // it differs in what no assignment shows
}

}  // namespace fieldnode::engine
