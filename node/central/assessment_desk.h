#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "node/central/store/central_store.h"

namespace fieldnode::central {

/// A unit's assessment as it was at `made_at`.
struct AssessmentReading {
  lists::UnitAssessment assessment;
  std::string snapshot;  ///< what would be published
  UtcTime made_at{};
};

struct ClockQuery {
  rules::ClockKind clock{};
  rules::ClockCell cell{};
  std::size_t limit{500};
};

/// Lines of one cell; `total` counts those beyond the limit, too.
struct ClockPage {
  std::vector<rules::ClockLine> lines;
  std::size_t total{};
};

/// Assessments of units, and their publication. `now` is the centre's time, handed in. Thread: any.
class AssessmentDesk {
 public:
  explicit AssessmentDesk(CentralStore& store) : store_(store) {}

  /// Folds the unit, unless nothing has come since a reading of the same period that is not a minute old.
  [[nodiscard]] std::shared_ptr<AssessmentReading const> read(UnitId unit, rules::Period const& period, UtcTime now);
  [[nodiscard]] ClockPage clocks(UnitId unit, rules::Period const& period, ClockQuery const& query, UtcTime now);

  struct Order {
    UnitId unit{};
    rules::Period period{};
    std::string reason;  ///< of a correction
  };
  /// Q8: appends a snapshot to the unit's feed: the first of its period, or a correction of the last one. A repeat
  /// under the same request does nothing. Errors: `unknown_unit`, `period_open` before the period has ended,
  /// `nothing_to_correct`, `correction_without_reason`, `published_meanwhile`, `bad_request_id`, `request_id_reused`,
  /// `entry_too_large`.
  [[nodiscard]] Result<Position> publish(StaffId who, std::string_view request_id, Order const& order, UtcTime now);

 private:
  struct Kept {
    rules::Period period{};
    ListEnds ends{};
    std::shared_ptr<AssessmentReading const> reading;
  };
  [[nodiscard]] std::shared_ptr<AssessmentReading const> kept(UnitId unit, rules::Period const& period,
                                                              ListEnds const& ends, UtcTime now);
  [[nodiscard]] std::shared_ptr<AssessmentReading const> fresh(UnitId unit, rules::Period const& period, UtcTime now);

  CentralStore& store_;
  std::mutex mutex_;
  std::map<UnitId, Kept> kept_;  // guarded by mutex_; the last period asked for
};

}  // namespace fieldnode::central
