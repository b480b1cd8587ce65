#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "node/central/dispatch.h"
#include "node/central/store/central_store.h"
#include "sync/base/random.h"

namespace fieldnode::central {

/// What the intake took down.
struct CaseForm {
  std::string title;
  std::string text;
  std::string place;
  rules::Category category{};
  rules::CaseKind kind{};
  CaseContact contact;
  bool urgent{};
  bool confidential{};
  std::vector<rules::OwnLimit> limits;
};

struct Dispatched {
  AssignmentId assignment{};
  UnitId unit{};
  Position entry{};
};

/// Takes cases in and gives them to units. Every call carries an id that its client made: a repeat gives the same
/// answer and does nothing. `now` is the centre's time, handed in. Thread: any.
class DispatchDesk {
 public:
  DispatchDesk(CentralStore& store, Random& random) : store_(store), random_(random) {}

  /// Errors: `category_missing` without category or kind (A6), `bad_request_id`, `request_id_reused`.
  [[nodiscard]] Result<CaseRecord> create_case(StaffId who, std::string_view request_id, CaseForm const& form,
                                               UtcTime now);
  /// `limits` empty: the case's own. Errors: `unknown_case`, `unknown_unit`, those of `require_dispatchable` and of
  /// append_dispatch, `bad_request_id`, `request_id_reused`.
  [[nodiscard]] Result<Dispatched> dispatch(StaffId who, std::string_view request_id, CaseId id,
                                            std::string_view unit_code, std::vector<rules::OwnLimit> const& limits,
                                            UtcTime now);

 private:
  CentralStore& store_;
  Random& random_;
};

/// `20261010-000042`: the civil day in +08:00 and the case's id.
[[nodiscard]] std::string case_number(CaseId id, UtcTime created_at);

/// The order that gives `record` to a unit now, with what earlier units left behind in it.
/// Errors: those of `require_dispatchable`.
[[nodiscard]] Result<DispatchOrder> order_for(CaseBook& book, CaseRecord const& record, StaffId who, UtcTime now);

}  // namespace fieldnode::central
