#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "node/db/connection.h"
#include "node/office/listing.h"
#include "sync/rules/entry.h"
#include "sync/rules/policy.h"
#include "sync/rules/warnings.h"

namespace fieldnode::office {

/// One of many, for whoever wants to begin with it.
struct WarningLine {
  AssignmentId assignment{};
  std::string number;
  std::string title;
  UtcTime due{};
  bool held{};
  std::optional<UtcTime> delivered_at;
  StaffId staff{};
};

/// Limits of one kind that stand alike: how many, and the first few of them by due.
struct WarningGroup {
  rules::WarningState state{};
  rules::ClockKind clock{};
  Total total;
  std::vector<WarningLine> first;
};

/// What there is to worry about, however much it is: at most a dozen groups, those that press first in front.
using WarningDigest = std::vector<WarningGroup>;

/// Whose warnings.
struct WarningReader {
  StaffId staff{};
  rules::StaffRole role{};
};

/// All that one person is to know of.
/// Shape: `escalated` for supervisors only. `news`: how many of them have come up since the person last heard.
struct WarningsOfOne {
  WarningDigest own;                       ///< of what the person has, and of what nobody has and they could take
  std::optional<WarningDigest> escalated;  ///< of all others, come up from them
  Total news;
  std::uint64_t telling{};  ///< the last one

  /// For a screen that nobody watches over: how many, and not which.
  void keep_numbers();
};

/// Reads the table of warnings for one person, in the caller's transaction. Nothing here folds an assignment or reads
/// more than it counts, and it stops counting where nobody reads on.
class WarningDigests {
 public:
  /// `now`: of the person's screen. `policy` and `calendar` only bound the search.
  WarningDigests(db::Connection& connection, rules::TimeEvidence const& now, rules::Policy const& policy,
                 rules::Calendar const& calendar);

  [[nodiscard]] WarningsOfOne of(WarningReader const& reader);

 private:
  struct Audience;
  struct Range;
  [[nodiscard]] static Audience own_of(WarningReader const& reader);
  [[nodiscard]] static Audience supervisors();
  [[nodiscard]] Range range_of(rules::WarningState state) const;
  [[nodiscard]] WarningDigest digest(Audience const& audience, StaffId me);
  [[nodiscard]] Total count(Audience const& audience, Range const& range, rules::ClockKind clock, StaffId me);
  [[nodiscard]] std::vector<WarningLine> first(Audience const& audience, Range const& range, rules::ClockKind clock,
                                               StaffId me);
  [[nodiscard]] Total news(WarningReader const& reader);

  db::Connection& connection_;
  UtcTime at_{};        ///< what warnings go by
  UtcTime earliest_{};  ///< what is certain
  UtcTime horizon_{};   ///< nothing due later can have been raised
};

}  // namespace fieldnode::office
