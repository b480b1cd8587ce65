#include "tests/sim/oracle/oracle_fold.h"

#include <algorithm>
#include <array>
#include <functional>

namespace fieldnode::sim {
namespace {

constexpr unsigned kReached = 1;  // of a contact
constexpr unsigned kNo = 3;       // of a degree
constexpr unsigned kConsultation = 1;

/// Kinds that a move of the table bears by the same name.
std::string_view plain_move(unsigned kind) {
  static std::map<unsigned, std::string_view> const kMoves{{seen::kAcknowledgement, "acknowledgement"},
                                                           {seen::kExtension, "extension_application"},
                                                           {seen::kReturn, "return_application"},
                                                           {seen::kSpecial, "special_application"},
                                                           {seen::kNote, "note"},
                                                           {seen::kStaffAssignment, "staff_assignment"},
                                                           {seen::kCorrection, "correction"},
                                                           {seen::kWithdrawal, "withdrawal"},
                                                           {seen::kUnmasking, "unmasking"},
                                                           {seen::kDispatch, "dispatch"},
                                                           {seen::kTakeBack, "take_back"},
                                                           {seen::kExtensionDecision, "extension_decision"},
                                                           {seen::kReturnDecision, "return_decision"},
                                                           {seen::kSpecialDecision, "special_decision"},
                                                           {seen::kUnreachableDecision, "unreachable_decision"},
                                                           {seen::kRefusal, "refusal"},
                                                           {seen::kConflict, "conflict"},
                                                           {seen::kSettlement, "settlement"},
                                                           {seen::kSetAside, "set_aside"},
                                                           {seen::kAdopt, "adopt"},
                                                           {seen::kCallBack, "call_back"},
                                                           {seen::kSupervisionNote, "supervision_note"},
                                                           {seen::kPause, "pause"},
                                                           {seen::kResume, "resume"},
                                                           {seen::kRedo, "redo"},
                                                           {seen::kClose, "close"},
                                                           {seen::kRedact, "redact"},
                                                           {seen::kCaseUpdate, "case_update"},
                                                           {seen::kTimeRuling, "time_ruling"},
                                                           {seen::kEvidenceExport, "evidence"},
                                                           {seen::kEvidenceIssue, "evidence"}};
  auto const found = kMoves.find(kind);
  return found == kMoves.end() ? "unknown" : found->second;
}

std::string_view move_of(SeenEntry const& entry) {
  if (entry.kind == seen::kContact && entry.completes) return "contact_completes";
  if (entry.kind == seen::kContact) return entry.outcome == kReached ? "contact_reached" : "contact_failed";
  if (entry.kind == seen::kResolution) return entry.unreachable ? "resolution_unreachable" : "resolution";
  return plain_move(entry.kind);
}

struct Verdict {
  Fate fate{};
  std::string code;
};

/// One assignment, entry by entry.
class AssignmentFold {
 public:
  AssignmentFold(LifecycleTable const& table, std::map<Position, Verdict> const& verdicts)
      : table_(table), verdicts_(verdicts) {}

  void add_act(SeenEntry const& act, Fate otherwise) {
    auto& record = acts_.emplace_back(FoldedAct{&act, otherwise, {}});
    auto const verdict = verdicts_.find(act.at);
    if (verdict != verdicts_.end()) {
      record.fate = verdict->second.fate;
      record.code = verdict->second.code;
      return;
    }
    auto const answer = ask(act);
    if (answer.refused || !refers_well(act, answer.guard)) return;
    record.fate = Fate::kTaken;
    if (answer.takes) take_act(act);
  }

  void add_entry(SeenEntry const& entry) {
    feed_.push_back(&entry);
    auto const answer = ask(entry);
    if (answer.refused || !refers_well(entry, answer.guard)) return idle_.push_back(entry.at);
    if (answer.takes) take_entry(entry);
  }

  [[nodiscard]] FoldedAssignment finish() {
    return {std::string(stage()), std::move(acts_), std::move(feed_), std::move(idle_)};
  }

 private:
  [[nodiscard]] LifecycleTable::Answer ask(SeenEntry const& entry) const {
    std::array<std::string_view, 9> const situation{
        stage(),
        acknowledged_ ? "acknowledged" : "unacknowledged",
        dispatch_ && dispatch_->case_kind == kConsultation ? "consultation" : "other_kind",
        role(),
        extension_ ? "extension_pending" : "no_extension",
        special_ ? "special_pending" : "no_special",
        return_ ? "return_pending" : (ruled_ ? "return_ruled" : "no_return"),
        paused_ ? "paused" : "not_paused",
        call_back()};
    return table_.answer(move_of(entry), situation);
  }

  [[nodiscard]] std::string_view stage() const {
    if (!ended_.empty()) return ended_;
    if (dispatch_ == nullptr) return "undispatched";
    if (resolution_ != nullptr) return resolution_->unreachable && !confirmed_ ? "unconfirmed" : "resolved";
    return is_reached() ? "contacted" : "open";
  }
  [[nodiscard]] std::string_view role() const {
    if (dispatch_ == nullptr || dispatch_->lead) return resolution_ != nullptr ? "lead_resolved" : "lead_unresolved";
    return "assisting";
  }
  [[nodiscard]] std::string_view call_back() const {
    if (answered_ == nullptr) return "no_call_back";
    return answered_->satisfied == kNo || answered_->solved == kNo ? "unsatisfied" : "content";
  }
  [[nodiscard]] bool is_reached() const {
    return std::ranges::any_of(contacts_, [](auto const& contact) { return contact.second == kReached; });
  }

  [[nodiscard]] FoldedAct* record(Position at) {
    auto const found = std::ranges::find_if(acts_, [&](FoldedAct const& one) { return one.act->at == at; });
    return found == acts_.end() ? nullptr : &*found;
  }
  [[nodiscard]] static bool counts(Fate fate) {
    return fate == Fate::kTaken || fate == Fate::kStands || fate == Fate::kAdopted;
  }
  [[nodiscard]] bool is_pending(Position at) const {
    return (extension_ && extension_->at == at) || (special_ && special_->at == at) || (return_ && return_->at == at);
  }

  /// The guards that are facts.
  [[nodiscard]] bool refers_well(SeenEntry const& entry, std::string_view guard) {
    if (guard == "application") return names_application(entry);
    if (guard == "resolution") return resolution_ != nullptr && resolution_->at == entry.named;
    if (guard == "act") return names_act(entry);
    return true;
  }
  [[nodiscard]] bool names_application(SeenEntry const& entry) const {
    if (entry.kind == seen::kWithdrawal) return is_pending(entry.named);
    auto const* const pending = entry.kind == seen::kExtensionDecision ? extension_
                                : entry.kind == seen::kSpecialDecision ? special_
                                                                       : return_;
    return pending != nullptr && pending->at == entry.named;
  }
  [[nodiscard]] bool names_act(SeenEntry const& entry) {
    if (entry.kind == seen::kRefusal || entry.kind == seen::kConflict || entry.kind == seen::kSetAside) return true;
    auto const* const named = record(entry.named);
    if (named == nullptr) return false;
    if (entry.kind == seen::kSettlement) return named->fate == Fate::kConflict;
    if (entry.kind == seen::kAdopt) return named->fate == Fate::kSetAside;
    if (entry.kind == seen::kTimeRuling) return counts(named->fate) && can_meet(named->act->kind, entry.clock);
    return counts(named->fate) && may_correct(*named, entry);
  }
  [[nodiscard]] static bool can_meet(unsigned kind, unsigned clock) {
    constexpr unsigned kAcknowledge = 1, kContact = 2, kReturn = 3, kResolve = 4;
    return (kind == seen::kAcknowledgement && clock == kAcknowledge) ||
           (kind == seen::kContact && (clock == kContact || clock == kResolve)) ||
           (kind == seen::kReturn && clock == kReturn) || (kind == seen::kResolution && clock == kResolve);
  }
  /// Q5: until the centre has ruled.
  [[nodiscard]] bool may_correct(FoldedAct const& named, SeenEntry const& entry) const {
    auto const kind = named.act->kind;
    if (entry.corrected_outcome && kind != seen::kContact) return false;
    if (kind == seen::kExtension || kind == seen::kReturn || kind == seen::kSpecial) return is_pending(named.act->at);
    if (kind == seen::kContact || kind == seen::kResolution) return !(resolution_ != nullptr && confirmed_);
    return true;
  }

  void take_act(SeenEntry const& act) {
    bool const is_open = ended_.empty();
    switch (act.kind) {
      case seen::kAcknowledgement:
        acknowledged_ = true;
        return;
      case seen::kContact:
        contacts_.emplace_back(act.at, act.outcome);
        if (act.completes && act.outcome == kReached && resolution_ == nullptr) resolution_ = &act;
        return;
      case seen::kResolution:
        if (resolution_ == nullptr) resolution_ = &act;
        return;
      case seen::kExtension:
        if (is_open) extension_ = &act;
        return;
      case seen::kSpecial:
        if (is_open) special_ = &act;
        return;
      case seen::kReturn:
        if (is_open) return_ = &act;
        return;
      case seen::kCorrection:
        return correct(act);
      case seen::kWithdrawal:
        return withdraw(act.named);
      default:
        return;
    }
  }
  void correct(SeenEntry const& act) {
    if (!act.corrected_outcome) return;
    for (auto& contact : contacts_) {
      if (contact.first == act.named) contact.second = *act.corrected_outcome;
    }
    // D10: a resolution cannot outlive the contact that it stood on.
    if (resolution_ != nullptr && !resolution_->unreachable && !is_reached()) drop_resolution();
  }
  void withdraw(Position application) {
    for (auto** const pending : {&extension_, &special_, &return_}) {
      if (*pending == nullptr || (*pending)->at != application) continue;
      *pending = nullptr;
      record(application)->fate = Fate::kWithdrawn;
    }
  }
  void drop_resolution() {
    auto* const act = record(resolution_->at);
    if (act != nullptr && act->act->kind == seen::kResolution) act->fate = Fate::kVoid;
    resolution_ = nullptr;
    confirmed_ = false;
  }

  void take_entry(SeenEntry const& entry) {
    switch (entry.kind) {
      case seen::kDispatch:
        dispatch_ = &entry;
        ruled_ = entry.ruled;
        return;
      case seen::kTakeBack:
        ended_ = "taken_back";
        return;
      case seen::kClose:
        ended_ = "closed";
        return;
      case seen::kRedo:
        ended_ = "redone";
        return;
      case seen::kExtensionDecision:
        extension_ = nullptr;
        return;
      case seen::kSpecialDecision:
        special_ = nullptr;
        return;
      case seen::kReturnDecision:
        return_ = nullptr;
        ruled_ = ruled_ || entry.is_final;
        if (entry.yes) ended_ = "returned";
        return;
      case seen::kUnreachableDecision:
        entry.yes ? void(confirmed_ = true) : drop_resolution();
        return;
      case seen::kSettlement:
        return rule(entry.named, entry.yes ? Fate::kStands : Fate::kVoid);
      case seen::kAdopt:
        return rule(entry.named, Fate::kAdopted);
      case seen::kCallBack:
        if (entry.yes) answered_ = &entry;
        return;
      case seen::kPause:
        paused_ = true;
        return;
      case seen::kResume:
        paused_ = false;
        return;
      default:
        return;
    }
  }
  /// An operator has ruled: the act has its effect where the ruling stands, whatever the table says there.
  void rule(Position act, Fate fate) {
    auto* const named = record(act);
    named->fate = fate;
    if (fate != Fate::kVoid) take_act(*named->act);
  }

  LifecycleTable const& table_;
  std::map<Position, Verdict> const& verdicts_;
  SeenEntry const* dispatch_{};
  bool acknowledged_{};
  std::vector<std::pair<Position, unsigned>> contacts_;
  SeenEntry const* resolution_{};
  bool confirmed_{};
  SeenEntry const* extension_{};
  SeenEntry const* special_{};
  SeenEntry const* return_{};
  bool ruled_{};
  bool paused_{};
  SeenEntry const* answered_{};
  std::string_view ended_;
  std::vector<FoldedAct> acts_;
  std::vector<SeenEntry const*> feed_;
  std::vector<Position> idle_;
};

std::map<Position, Verdict> verdicts_in(HeldLists const& held) {
  std::map<Position, Verdict> verdicts;
  auto const take = [&](SeenEntry const& entry) {
    if (entry.kind == seen::kRefusal) verdicts.emplace(entry.named, Verdict{Fate::kRefused, entry.code});
    if (entry.kind == seen::kConflict) verdicts.emplace(entry.named, Verdict{Fate::kConflict, {}});
    if (entry.kind == seen::kSetAside) verdicts.emplace(entry.named, Verdict{Fate::kSetAside, entry.code});
  };
  std::for_each_n(held.feed.begin(), held.feed_upto, take);
  std::ranges::for_each(held.ahead, take);
  return verdicts;
}

/// Takes the acts of one list in their order.
class ActQueue {
 public:
  using Folds = std::function<AssignmentFold&(AssignmentId)>;
  ActQueue(HeldLists const& held, Folds fold_of)
      : acts_(held.acts), taken_(held.acts_upto), fold_of_(std::move(fold_of)) {}

  /// All up to `covered`.
  void take(std::uint64_t covered, Fate otherwise) {
    for (; next_ < taken_.size() && acts_[next_].at.seq <= covered; ++next_) take_one(next_, otherwise);
  }
  /// Those on one assignment: of all others what stands between the list and an entry ahead of it is not known.
  void take_on(AssignmentId id, std::uint64_t covered, Fate otherwise) {
    for (auto i = next_; i < taken_.size() && acts_[i].at.seq <= covered; ++i) {
      if (acts_[i].assignment == id) take_one(i, otherwise);
    }
  }

 private:
  void take_one(std::size_t i, Fate otherwise) {
    if (acts_[i].assignment && !taken_[i]) fold_of_(acts_[i].assignment).add_act(acts_[i], otherwise);
    taken_[i] = true;
  }

  std::vector<SeenEntry> const& acts_;
  std::vector<bool> taken_;
  Folds fold_of_;
  std::size_t next_{0};
};

}  // namespace

std::map<AssignmentId, FoldedAssignment> fold_unit(LifecycleTable const& table, HeldLists const& held) {
  auto const verdicts = verdicts_in(held);
  std::map<AssignmentId, AssignmentFold> folds;
  auto const fold_of = [&](AssignmentId id) -> AssignmentFold& {
    return folds.try_emplace(id, table, verdicts).first->second;
  };
  ActQueue acts(held, fold_of);
  for (std::size_t i = 0; i < held.feed_upto; ++i) {
    auto const& entry = held.feed[i];
    acts.take(entry.basis.seq, Fate::kNoEffect);
    if (entry.assignment) fold_of(entry.assignment).add_entry(entry);
  }
  for (auto const& entry : held.ahead) {
    if (!entry.assignment) continue;
    acts.take_on(entry.assignment, entry.basis.seq, Fate::kNoEffect);
    fold_of(entry.assignment).add_entry(entry);
  }
  acts.take(UINT64_MAX, Fate::kUnjudged);
  std::map<AssignmentId, FoldedAssignment> folded;
  for (auto& [id, fold] : folds) folded.emplace(id, fold.finish());
  return folded;
}

}  // namespace fieldnode::sim
