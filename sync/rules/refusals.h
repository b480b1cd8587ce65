#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "sync/base/result.h"

/// Every reason for which the lifecycle says no: a stable code and a sentence in both languages.
namespace fieldnode::rules {

enum class RefusalCode : std::uint8_t {
  kNone = 0,
  // the assignment
  kUnknownAssignment,
  kNoAssignment,
  kNotOnAssignment,
  kAssignmentEnded,
  kAlreadyDispatched,
  kCategoryMissing,
  kLimitMissing,
  // contact and resolution
  kChannelMissing,
  kOutcomeMissing,
  kNotAConsultation,
  kContactMissing,
  kAttemptsMissing,
  kAlreadyContacted,
  kResolutionIncomplete,
  kAlreadyResolved,
  kConfirmationPending,
  kNotLead,
  // applications
  kApplicationLate,
  kApplicationPending,
  kNoPendingApplication,
  kGroundMissing,
  kDaysMissing,
  kExtensionTooLong,  // these three are the words of `admit_extension`, which adds the numbers
  kExtensionTooMany,
  kExtensionTotal,
  kReasonMissing,
  kRuled,
  kAttachmentMissing,
  kAlreadyRuled,
  // inside the unit
  kStaffMissing,
  kInnerDueNotEarlier,
  kUnknownAct,
  kNotCorrectable,
  kNoEffectToCorrect,
  // decisions
  kMoreThanAsked,
  kRulingMustBeFinal,
  kNothingToConfirm,
  kNotResolved,
  kNoUnsatisfiedCallBack,
  kNextMissing,
  kAlreadyPaused,
  kNotPaused,
  kNoConflict,
  kNotSetAside,
  kAlreadyJudged,
  kAddsNothing,
  kTargetMissing,
  kNoLimitToRule,
  // the entry itself
  kUnknownKind,
  kNotAnAct,
  kNotADecision,
  kCount
};

struct RefusalText {
  std::string_view code;
  std::string_view en;
  std::string_view zh;
};

[[nodiscard]] RefusalText refusal_text(RefusalCode code);
/// By stable code, for pages that show a refusal entry. Nothing for a code of a newer version.
[[nodiscard]] std::optional<RefusalText> refusal_text(std::string_view code);
[[nodiscard]] std::span<RefusalText const> all_refusal_texts();

/// The refusal as a value, in English; `detail` (an instant, a number) is added to the sentence.
[[nodiscard]] Refusal refusal_of(RefusalCode code, std::string_view detail = {});

}  // namespace fieldnode::rules
