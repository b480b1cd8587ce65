#pragma once

#include <string>
#include <string_view>

#include "node/central/store/central_store.h"

namespace fieldnode::central {

/// That the city does not take a case. Source: requirements N1 to N9.
struct RefusalForm {
  rules::ReturnReason code{};
  std::string text;         ///< what the caller is told
  std::string referred_to;  ///< N1, N3, N4: body, channel or legal route; N2: the emergency line
  CaseId earlier_case{};    ///< N6
};

/// What was missing, N8. Empty: stays as it is.
struct CompletionForm {
  std::string title;
  std::string text;
  std::string place;
  CaseContact contact;
};

/// Settles what becomes of a case before any unit has it. Every call carries an id that its client made: a repeat does
/// nothing. `now` is the centre's time, handed in. Thread: any.
///
/// Errors of every call: `unknown_case`, `bad_request_id`, `request_id_reused`, those of the storage.
class IntakeDesk {
 public:
  explicit IntakeDesk(CentralStore& store) : store_(store) {}

  /// N5 empties the case, and those that are part of it: what was said is not recorded. N7 waits for a second person.
  /// N8 makes it wait for what is missing. Errors: those of `require_unsettled`; `text_missing`, `referral_missing`,
  /// `not_an_emergency_line`, `earlier_case_missing`, `bad_refusal_code`.
  [[nodiscard]] Result<void> refuse_case(StaffId who, std::string_view request_id, CaseId id, RefusalForm const& form,
                                         UtcTime now);
  /// The second person's word on an N7. Errors: those of `require_second_person`.
  [[nodiscard]] Result<void> rule_refusal(StaffId who, std::string_view request_id, CaseId id, bool confirmed,
                                          UtcTime now);
  /// Errors: those of `require_incomplete`; `completion_empty`.
  [[nodiscard]] Result<void> complete(StaffId who, std::string_view request_id, CaseId id, CompletionForm const& form,
                                      UtcTime now);

 private:
  CentralStore& store_;
};

}  // namespace fieldnode::central
