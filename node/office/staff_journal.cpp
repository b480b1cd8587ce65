#include "node/office/staff_journal.h"

namespace fieldnode::office {

web::AccountOptions journaled_accounts(OfficeStore& store, NodeTime& time) {
  web::AccountOptions options;
  options.on_change = [&store, &time](db::Connection& connection, web::Account const& account) -> Result<void> {
    NewAct act{.kind = rules::EntryKind::kStaffChange,
               .payload = rules::StaffChange{account.id, account.role, account.disabled}};
    act.body.texts = {{wire::TextTag::kName, account.name}};
    auto const recorded = store.append_within(connection, act, time.stamp());
    if (!recorded) return recorded.error();
    return {};
  };
  return options;
}

}  // namespace fieldnode::office
