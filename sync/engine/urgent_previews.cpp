#include "sync/engine/urgent_previews.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "sync/rules/clocks.h"
#include "sync/rules/replay.h"

namespace fieldnode::engine {
namespace {

using rules::EntryKind;

/// What lies further behind is looked at when the node has come nearer.
constexpr std::size_t kGlancesMost = 20'000;
/// An assignment dispatched before the absence is folded from the store; so many of them are.
constexpr std::size_t kFoldsMost = 500;

/// What waits for the node on one assignment.
struct Waiting {
  AssignmentId assignment{};
  std::vector<rules::Placed> entries;  ///< behind the gapless feed, in order
  std::vector<std::uint64_t> unseen;   ///< those that the node does not hold
  bool followed{};                     ///< some are held by preview
};

/// Less goes first.
struct Urgency {
  int rank{};  ///< 0 followed, 1 taken back, 2 by its deadline
  UtcTime due{};
  AssignmentId assignment{};
  friend auto operator<=>(Urgency const&, Urgency const&) = default;
};

bool concerns_all(rules::Skeleton const& entry) {
  return !entry.assignment && (entry.kind == EntryKind::kPolicy || entry.kind == EntryKind::kCalendar ||
                               entry.kind == EntryKind::kTimeCorrection);
}

bool has(std::vector<rules::Placed> const& entries, EntryKind kind) {
  return std::ranges::any_of(entries, [kind](auto const& entry) { return entry.skeleton.kind == kind; });
}

class Choice {
 public:
  Choice(Ledger& ledger, wire::ExchangeRequest const& request, PreviewPlan const& plan)
      : ledger_(ledger), request_(request), plan_(plan) {}

  std::vector<FeedLeaf> make() {
    look();
    auto const order = by_urgency();
    if (order.empty()) return {};
    for (auto const seq : for_all_) add(seq);
    std::size_t begun = 0;
    for (auto const& [urgency, waiting] : order) {
      bool const fits = begun < plan_.assignments_most && used_ < plan_.budget_bytes;
      if (!waiting->followed && !fits) break;
      begun += waiting->followed ? 0 : 1;
      for (auto const seq : waiting->unseen) add(seq);
    }
    return std::move(chosen_);
  }

 private:
  bool is_held(std::uint64_t seq) const { return std::ranges::binary_search(request_.previewed_seqs, seq); }

  void look() {
    for (auto& [at, skeleton] : ledger_.feed_skeletons(request_.feed.seq, kGlancesMost)) {
      auto const seq = at.seq;
      bool const held = is_held(seq);
      if (concerns_all(skeleton) && !held) for_all_.push_back(seq);
      auto const id = skeleton.assignment;
      if (!id) continue;
      auto& waiting = waiting_[id];
      waiting.assignment = id;
      waiting.followed = waiting.followed || held;
      if (!held) waiting.unseen.push_back(seq);
      waiting.entries.push_back({at, std::move(skeleton)});
    }
  }

  std::map<Urgency, Waiting const*> by_urgency() {
    std::map<Urgency, Waiting const*> order;
    for (auto const& [id, waiting] : waiting_) {
      if (waiting.unseen.empty() || (!waiting.followed && plan_.assignments_most == 0)) continue;
      if (auto const urgency = urgency_of(waiting)) order.emplace(*urgency, &waiting);
    }
    return order;
  }

  /// Nothing for one on which nobody has to do anything.
  std::optional<Urgency> urgency_of(Waiting const& waiting) {
    auto const id = waiting.assignment;
    if (waiting.followed) return Urgency{0, {}, id};
    if (has(waiting.entries, EntryKind::kTakeBack)) return Urgency{1, {}, id};
    auto const state = state_of(waiting);
    if (!state || rules::is_end(state->stage())) return std::nullopt;
    auto const& book = *rules_->current();
    auto const clocks = rules::clocks_of(*state, book.policy, book.calendar);
    auto const due = clocks ? rules::next_due(*clocks) : std::nullopt;
    return Urgency{2, due.value_or(UtcTime::max()), id};
  }

  /// A new assignment is read as it stands here; its acts can only be the node's own.
  std::optional<rules::AssignmentState> state_of(Waiting const& waiting) {
    if (has(waiting.entries, EntryKind::kDispatch)) {
      return rules::replay_assignment(waiting.assignment, waiting.entries, {}, {});
    }
    if (folds_++ >= kFoldsMost) return std::nullopt;
    return ledger_.assignment(waiting.assignment);
  }

  void add(std::uint64_t seq) {
    auto entry = ledger_.feed_leaf(seq);
    used_ += entry.entry.skeleton.size() + entry.entry.body.bytes.size() + entry.entry.contact.bytes.size();
    chosen_.push_back(std::move(entry));
  }

  Ledger& ledger_;
  wire::ExchangeRequest const& request_;
  PreviewPlan const& plan_;
  rules::Shelf rules_{ledger_.rules()};
  std::map<AssignmentId, Waiting> waiting_;
  std::vector<std::uint64_t> for_all_;
  std::vector<FeedLeaf> chosen_;
  std::size_t used_{0};
  std::size_t folds_{0};
};

}  // namespace

std::vector<FeedLeaf> urgent_previews(Ledger& ledger, wire::ExchangeRequest const& request, PreviewPlan const& plan) {
  bool const begins = plan.assignments_most > 0;
  bool const follows = !request.previewed_seqs.empty();
  bool const same_feed = request.feed.seq > 0 && request.feed.epoch == ledger.heads().feed.list.epoch;
  if (!same_feed || !(begins || follows)) return {};
  return Choice(ledger, request, plan).make();
}

}  // namespace fieldnode::engine
