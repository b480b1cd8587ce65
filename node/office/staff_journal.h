#pragma once

#include "node/office/node_time.h"
#include "node/office/office_store.h"
#include "node/web/accounts.h"

namespace fieldnode::office {

/// Settings under which each change of an account is an entry of the journal, in the same transaction. Ids and roles
/// stand in the skeleton, the name in the body, the password nowhere. Source: requirements O7.
[[nodiscard]] web::AccountOptions journaled_accounts(OfficeStore& store, NodeTime& time);

}  // namespace fieldnode::office
