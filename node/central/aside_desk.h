#pragma once

#include <string_view>

#include "node/central/store/central_store.h"

namespace fieldnode::central {

/// Shows operators what revoked nodes delivered, and rules it in. Source: PROTOCOL, "A revoked node". Thread: any.
class AsideDesk {
 public:
  explicit AsideDesk(CentralStore& store) : store_(store) {}

  /// Errors: `unknown_unit`.
  [[nodiscard]] Result<AsidePage> list(std::string_view unit_code, std::uint64_t after, std::size_t most);
  /// Errors: `no_such_aside_act`.
  [[nodiscard]] Result<AsideAct> find(std::uint64_t number);

  /// Appends an entry to the unit's feed that carries the act, so that the unit's node gets it, and the fold of both
  /// ends counts it from there on. Judged now; a refusal leaves it aside. Errors: `no_such_aside_act`; `no_replacement`
  /// while no other node of the unit is in service; `not_on_assignment`, `unknown_assignment`; `not_set_aside` when it
  /// was adopted before; the codes of `rules::judge_adoption`; `report_awaited`, `entry_too_large`,
  /// `missing_salt_keys`; `contact_key_destroyed`.
  [[nodiscard]] Result<AsideAct> adopt(StaffId who, std::uint64_t number, std::string_view why, UtcTime now);

 private:
  [[nodiscard]] Result<Adoption> adopt_within(UnitWork& work, StaffId who, AsideAct const& aside, UtcTime now);

  CentralStore& store_;
};

}  // namespace fieldnode::central
