#pragma once

#include <string>
#include <string_view>

#include "node/central/store/central_store.h"

/// Supervision of a unit as a whole, and the one-vote veto that may follow from it (Q1, Q2, Q7).
namespace fieldnode::central {

/// What one person proposes: the unit's assessment of the period counts as failed, because of a supervision note.
struct VetoDraft {
  UnitId unit{};
  rules::Period period{};
  Position cause{};
  std::string reason;
};

/// What became of a veto. `number` and `date` of the paper that referred it to the supervision bureau, `evidence`: what
/// went with it.
struct VetoStepForm {
  Position veto{};
  rules::VetoMove move{};
  std::string number;
  std::string date;
  std::string evidence;
  std::string text;
};

/// Each call is one transaction on the unit and does nothing twice under one request id. `now` is the centre's time,
/// handed in. Errors of each: `unknown_unit`, `bad_request_id`, `request_id_reused`, `entry_too_large`. Thread: any.
class VetoDesk {
 public:
  explicit VetoDesk(CentralStore& store) : store_(store) {}

  /// A supervision note on the unit as a whole.
  [[nodiscard]] Result<void> note(StaffId who, std::string_view request_id, UnitId unit,
                                  rules::SupervisionGround ground, std::string const& text, UtcTime now);
  /// Errors: `no_such_note`, where the cause is none in this unit's feed; `veto_pending`, `already_vetoed`, where one
  /// on this note waits or stands.
  [[nodiscard]] Result<void> propose(StaffId who, std::string_view request_id, VetoDraft const& draft, UtcTime now);
  /// Confirms (the veto stands in the feed, under both names) or denies.
  /// Errors: `no_such_proposal`, `proposal_settled`, `proposed_by_same_person`.
  [[nodiscard]] Result<void> rule(StaffId who, std::string_view request_id, std::uint64_t proposal, bool confirmed,
                                  UtcTime now);
  /// Errors: `unknown_veto`, `veto_withdrawn`; `no_referral` for an outcome before a referral; `no_contest` for a
  /// rejection where nothing is contested.
  [[nodiscard]] Result<void> step(StaffId who, std::string_view request_id, UnitId unit, VetoStepForm const& form,
                                  UtcTime now);

 private:
  CentralStore& store_;
};

}  // namespace fieldnode::central
