#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "node/office/node_time.h"
#include "node/office/office_store.h"

namespace fieldnode::office {

/// The unit's own assessment as it was when it was read.
struct AssessmentReading {
  lists::UnitAssessment assessment;
  std::string snapshot;  ///< what the same figures would read like if they were published
  rules::TimeEvidence made_at;
};

/// A unit contests a veto (Q7). `act_id`: made by the page.
struct ContestForm {
  std::string act_id;
  Position veto{};
  std::string reason;
};

/// How the unit does, by what its own lists say. Thread: any.
class AssessmentDesk {
 public:
  /// `nudge` is called after a contest, so that it leaves at once. All must outlive the desk.
  AssessmentDesk(OfficeStore& store, NodeTime& time, std::function<void()> nudge)
      : store_(store), time_(time), nudge_(std::move(nudge)) {}

  /// Folds the unit, unless nothing has come since a reading of the same period that is not a minute old.
  [[nodiscard]] std::shared_ptr<AssessmentReading const> read(rules::Period const& period);
  /// The clocks in one cell, at most `limit` of them; `total` counts all.
  struct ClockPage {
    std::vector<rules::ClockLine> lines;
    std::size_t total{};
  };
  [[nodiscard]] ClockPage clocks(rules::Period const& period, rules::ClockKind clock, rules::ClockCell cell,
                                 std::size_t limit);
  /// Errors: `unknown_veto`, `veto_withdrawn`, those of OfficeStore::append.
  [[nodiscard]] Result<void> contest(StaffId who, rules::Period const& period, ContestForm const& form);

 private:
  struct Kept {
    rules::Period period{};
    std::pair<Position, Position> ends;
    Milliseconds since_boot{};
    std::shared_ptr<AssessmentReading const> reading;
  };
  [[nodiscard]] std::pair<Position, Position> ends();

  OfficeStore& store_;
  NodeTime& time_;
  std::function<void()> nudge_;
  std::mutex mutex_;
  Kept kept_;  // guarded by mutex_
};

}  // namespace fieldnode::office
