#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sync/base/bytes.h"
#include "sync/base/ids.h"
#include "sync/base/time.h"

/// The oracle's own reading of an entry's skeleton, written after PROTOCOL.md ("Entries", "Payloads") and not after
/// sync/wire: where both are wrong in the same way, somebody has misread the page twice.
namespace fieldnode::sim {

/// Kinds that the oracle knows by number, as the table in PROTOCOL.md names them.
namespace seen {
inline constexpr unsigned kOpening = 1, kAcknowledgement = 2, kContact = 3, kResolution = 4, kExtension = 5,
                          kReturn = 6, kSpecial = 7, kNote = 8, kStaffAssignment = 9, kCorrection = 10,
                          kWithdrawal = 11, kUnmasking = 12, kAnomaly = 13, kStaffChange = 14, kOutage = 15,
                          kEvidenceExport = 16, kVetoContest = 17, kRulesApplied = 18, kFeedOpening = 64,
                          kDispatch = 65, kTakeBack = 66, kExtensionDecision = 67, kReturnDecision = 68,
                          kSpecialDecision = 69, kUnreachableDecision = 70, kRefusal = 71, kConflict = 72,
                          kSettlement = 73, kSetAside = 74, kAdopt = 75, kCallBack = 76, kSupervisionNote = 77,
                          kPause = 78, kResume = 79, kRedo = 80, kClose = 81, kRedact = 82, kTimeCorrection = 83,
                          kPolicy = 84, kCalendar = 85, kCaseUpdate = 86, kTimeRuling = 87, kOutageSeen = 88,
                          kEvidenceIssue = 94;
}  // namespace seen

/// Shape: the fields of a payload are set only for kinds that have them.
struct SeenEntry {
  Position at{};
  unsigned kind{};
  AssignmentId assignment{};
  std::uint64_t number{};
  std::uint64_t staff{};
  Position basis{};
  std::uint64_t previewed{};
  unsigned clock_class{};
  UtcTime earliest{};
  UtcTime estimate{};
  std::optional<UtcTime> latest;
  std::uint64_t anchor{};
  std::optional<Position> origin;
  std::uint64_t blobs{};

  Position named{};    ///< the entry that it speaks of
  bool yes{};          ///< granted, confirmed, stands, reached by call-back, in time
  bool is_final{};     ///< of a ruling on a return
  unsigned outcome{};  ///< of a contact
  std::optional<unsigned> corrected_outcome;
  bool completes{};      ///< a contact that records completion
  bool unreachable{};    ///< what a resolution claims
  unsigned satisfied{};  ///< call-back
  unsigned solved{};     ///< call-back
  std::string code;      ///< of a refusal
  unsigned clock{};      ///< of a ruling on time
  std::uint64_t repealed{};
  // dispatch
  std::uint64_t case_id{};
  unsigned case_kind{};
  bool lead{};
  bool ruled{};
  // outages: the first and last of the four moments that are told
  UtcTime from{};
  UtcTime until{};
  std::uint64_t attempts{};
};

/// Throws std::runtime_error with what does not fit the page.
[[nodiscard]] SeenEntry read_entry(Position at, BytesView skeleton);

}  // namespace fieldnode::sim
