#pragma once

#include "sync/rules/civil.h"
#include "sync/rules/judge.h"
#include "sync/rules/replay.h"

/// A small world for tests of the lifecycle: one unit, one assignment, one journal epoch, one feed epoch. Entries get
/// their places and times as the two ends would give them.
namespace fieldnode::rules {

inline constexpr AssignmentId kAssignment{7};
inline constexpr Epoch kJournal{0x11};
inline constexpr Epoch kFeed{0x22};

[[nodiscard]] inline UtcTime moment(std::string_view text) { return parse_moment(text).value(); }

/// The alternatives of Payload stand in the order of EntryKind.
[[nodiscard]] inline EntryKind kind_of(Payload const& payload) {
  auto const index = payload.index();
  return static_cast<EntryKind>(index <= 18 ? index : index + 46);
}

class Scene {
 public:
  /// The clock that stamps entries; one minute passes with each.
  Scene& at(std::string_view text) {
    now_ = moment(text);
    return *this;
  }
  [[nodiscard]] UtcTime now() const { return now_; }

  /// An act made with knowledge of the whole feed so far.
  Position act(Payload payload, std::uint32_t blobs = 0) {
    acts_.push_back({{kJournal, acts_.size() + 1}, draft_act(std::move(payload), blobs)});
    now_ += std::chrono::minutes(1);
    return acts_.back().at;
  }
  /// A feed entry after the centre has judged all acts so far.
  Position decide(Payload payload) {
    entries_.push_back({{kFeed, entries_.size() + 1}, draft_decision(std::move(payload))});
    now_ += std::chrono::minutes(1);
    return entries_.back().at;
  }

  [[nodiscard]] Skeleton draft_act(Payload payload, std::uint32_t blobs = 0) const {
    Skeleton act = draft(std::move(payload));
    act.basis = {kFeed, entries_.size()};
    act.blobs = blobs;
    act.time = {ClockClass::kAnchored, exactly(now_), now_, 1};
    return act;
  }
  [[nodiscard]] Skeleton draft_decision(Payload payload) const {
    Skeleton entry = draft(std::move(payload));
    entry.basis = {kJournal, acts_.size()};
    entry.time = central_time(now_);
    return entry;
  }

  [[nodiscard]] AssignmentState state() const { return replay_assignment(kAssignment, entries_, acts_, order()); }
  [[nodiscard]] static EpochOrder order() { return EpochOrder(kJournal); }

  std::vector<Placed> acts_;
  std::vector<Placed> entries_;

 private:
  [[nodiscard]] static Skeleton draft(Payload payload) {
    Skeleton entry;
    entry.kind = kind_of(payload);
    entry.assignment = kAssignment;
    entry.staff = StaffId{3};
    entry.payload = std::move(payload);
    return entry;
  }

  UtcTime now_ = moment("2026-03-02T10:00:00+08:00");
};

[[nodiscard]] inline Dispatch plain_dispatch(CaseKind kind = CaseKind::kComplaint) {
  Dispatch dispatch;
  dispatch.case_id = CaseId{70};
  dispatch.category = Category::kA2;
  dispatch.kind = kind;
  return dispatch;
}

[[nodiscard]] inline Contact reached() { return {Channel::kTelephone, ContactOutcome::kReached, {}}; }
[[nodiscard]] inline Contact failed() { return {Channel::kTelephone, ContactOutcome::kNoAnswer, {}}; }
[[nodiscard]] inline Resolution solved() { return {Degree::kYes, false, Degree::kYes, false}; }
[[nodiscard]] inline Resolution unreachable() { return {Degree::kNone, false, Degree::kNone, true}; }
[[nodiscard]] inline Contact completed() { return {Channel::kTelephone, ContactOutcome::kReached, solved()}; }
[[nodiscard]] inline ExtensionApplication extension(std::uint32_t days) { return {ExtensionGround::kSiteWork, days}; }
[[nodiscard]] inline ReturnApplication not_ours() { return {ReturnReason::kNotOurs, UnitId{9}}; }
[[nodiscard]] inline CallBack happy() { return {true, Degree::kYes, Degree::kYes}; }
[[nodiscard]] inline CallBack unhappy() { return {true, Degree::kNo, Degree::kPartly}; }

/// Dispatched at the scene's moment.
[[nodiscard]] inline Scene dispatched(std::string_view at = "2026-03-02T10:00:00+08:00",
                                      Dispatch const& dispatch = plain_dispatch()) {
  Scene scene;
  scene.at(at).decide(dispatch);
  return scene;
}

}  // namespace fieldnode::rules
