#include "sync/rules/fold.h"

#include <algorithm>
#include <variant>

#include "sync/rules/effects.h"
#include "sync/rules/lifecycle.h"
#include "sync/rules/references.h"

namespace fieldnode::rules {

namespace {

std::optional<ActVerdict> verdict_in(Placed const& entry) {
  if (auto const* const refusal = std::get_if<RefusalOfAct>(&entry.skeleton.payload)) {
    return ActVerdict{refusal->act, Standing::kRefused, refusal->code, entry.at};
  }
  if (auto const* const conflict = std::get_if<Conflict>(&entry.skeleton.payload)) {
    return ActVerdict{conflict->act, Standing::kConflict, {}, entry.at};
  }
  if (auto const* const aside = std::get_if<SetAside>(&entry.skeleton.payload)) {
    return ActVerdict{aside->act, Standing::kSetAside, aside->code, entry.at};
  }
  return std::nullopt;
}

class Fold {
 public:
  Fold(AssignmentId id, std::vector<ActVerdict> verdicts, EntryRefs acts)
      : verdicts_(std::move(verdicts)), acts_(std::move(acts)) {
    state_.id = id;
    state_.acts.reserve(acts_.size());
  }

  /// Shape: before every other act.
  void set_aside(Placed const& act) {
    ++aside_count_;
    auto& record = enter(act, Standing::kSetAside);
    if (auto const* const verdict = verdict_on(act.at)) rule(record, *verdict);
  }

  /// `otherwise`: how an act is marked for which there is no place.
  void add_act(Placed const& act, Standing otherwise) {
    bool const again = counted_before(act);
    auto& record = enter(act, again ? Standing::kRepeated : otherwise);
    if (auto const* const verdict = verdict_on(act.at)) return rule(record, *verdict);
    if (again || !has_place(act.skeleton)) return;
    record.standing = Standing::kTaken;
    if (outcome_ == Outcome::kTake) apply_effect(state_, act);
  }

  void add_entry(Placed const& entry) {
    if (!has_place(entry.skeleton)) return state_.idle_entries.push_back(entry.at);
    if (auto const* const settlement = std::get_if<Settlement>(&entry.skeleton.payload)) {
      return settlement->stands ? rule_in(settlement->act, Standing::kStands, entry.at)
                                : rule_out(settlement->act, entry.at);
    }
    if (auto const* const adopt = std::get_if<Adopt>(&entry.skeleton.payload)) {
      record_at(state_, adopt->act)->held_at = adopt->held_at;
      return rule_in(adopt->act, Standing::kAdopted, entry.at);
    }
    apply_effect(state_, entry);
  }

  [[nodiscard]] AssignmentState take() { return std::move(state_); }

 private:
  ActRecord& enter(Placed const& act, Standing standing) {
    return state_.acts.emplace_back(ActRecord{act.at, act.skeleton.origin, act.skeleton.kind, standing, {}, {}});
  }

  static void rule(ActRecord& record, ActVerdict const& verdict) {
    record.standing = verdict.standing;
    record.code = verdict.code;
    record.ruled_by = verdict.by;
  }

  [[nodiscard]] ActVerdict const* verdict_on(Position act) const {
    auto const found = std::ranges::find(verdicts_, act, &ActVerdict::act);
    return found == verdicts_.end() ? nullptr : &*found;
  }

  /// Each origin counts once; an act beyond the end of its run has not counted unless adopted.
  [[nodiscard]] bool counted_before(Placed const& act) const {
    Position const first = act.skeleton.origin.value_or(act.at);
    for (std::size_t i = 0; i < state_.acts.size(); ++i) {
      auto const& record = state_.acts[i];
      bool const counted = i >= aside_count_ || record.standing == Standing::kAdopted;
      if (counted && record.origin.value_or(record.at) == first) return true;
    }
    return false;
  }

  [[nodiscard]] bool has_place(Skeleton const& entry) {
    Cell const verdict = verdict_of(situation_of(state_), move_of(entry));
    outcome_ = verdict.outcome;
    return verdict.outcome != Outcome::kRefuse && reference_fault(state_, entry, verdict.guard) == RefusalCode::kNone;
  }

  void rule_in(Position named, Standing standing, Position by) {
    auto* const record = record_at(state_, state_.act(named)->at);
    record->standing = standing;
    record->ruled_by = by;
    auto const act = std::ranges::find(acts_, record->at, &Placed::at);
    apply_ruled_in(state_, **act);
  }

  void rule_out(Position named, Position by) {
    auto* const record = record_at(state_, state_.act(named)->at);
    record->standing = Standing::kVoid;
    record->ruled_by = by;
  }

  AssignmentState state_;
  std::vector<ActVerdict> verdicts_;
  EntryRefs acts_;
  std::size_t aside_count_{};  ///< so many records at the front are of acts beyond the end of their runs
  Outcome outcome_{};          ///< of the last `has_place`
};

}  // namespace

OrderedActs ordered(EntryRefs acts, EpochOrder const& journals) {
  auto const held_end =
      std::stable_partition(acts.begin(), acts.end(), [&](Placed const* act) { return journals.holds(act->at); });
  std::sort(acts.begin(), held_end,
            [&](Placed const* left, Placed const* right) { return journals.before(left->at, right->at); });
  std::sort(held_end, acts.end(), [](Placed const* left, Placed const* right) { return left->at < right->at; });
  return {EntryRefs(acts.begin(), held_end), EntryRefs(held_end, acts.end())};
}

std::vector<ActVerdict> verdicts_in(std::span<Placed const* const> feed) {
  std::vector<ActVerdict> verdicts;
  for (auto const* const entry : feed) {
    if (auto const verdict = verdict_in(*entry)) verdicts.push_back(*verdict);
  }
  return verdicts;
}

AssignmentState fold_assignment(AssignmentId id, EntryRefs const& feed, EntryRefs acts, EpochOrder const& journals) {
  auto const order = ordered(acts, journals);
  Fold fold(id, verdicts_in(feed), std::move(acts));
  for (auto const* const act : order.aside) fold.set_aside(*act);
  auto next = order.held.begin();
  for (auto const* const entry : feed) {
    for (; next != order.held.end() && journals.covers(entry->skeleton.basis, (*next)->at); ++next) {
      fold.add_act(**next, Standing::kNoEffect);
    }
    fold.add_entry(*entry);
  }
  for (; next != order.held.end(); ++next) fold.add_act(**next, Standing::kUnjudged);
  return fold.take();
}

}  // namespace fieldnode::rules
