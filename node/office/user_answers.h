#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "node/office/sync_loop.h"
#include "node/web/accounts.h"

/// What `user` and `sync` do and say, whether the running node does it or the command itself.
namespace fieldnode::office {

/// `what`: add, list, reset, disable.
struct UserOrder {
  std::string what;
  std::string name;
  std::string role;
};

/// {"name","role","password"} for add and reset, {"name","role","disabled"} for disable, {"users":[...]} for list.
/// Errors: those of Accounts, `bad_role`, `bad_usage`.
[[nodiscard]] Result<boost::json::object> carry_out(UserOrder const& order, web::Accounts& accounts);

/// {"exchanges","acts_sent","entries_received"}.
[[nodiscard]] Result<boost::json::object> round_answer(Result<RoundReport> const& round);

}  // namespace fieldnode::office
