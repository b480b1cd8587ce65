#include "node/office/user_answers.h"

#include <boost/json/array.hpp>

#include "node/web/words_json.h"

namespace fieldnode::office {
namespace {

namespace json = boost::json;

json::object described(web::Account const& account) {
  return {{"name", account.name}, {"role", web::word_of(account.role)}};
}

Result<json::object> with_password(Result<web::OneTimeLogin> const& login) {
  if (!login) return login.error();
  auto view = described(login->account);
  view["password"] = login->password;
  return view;
}

Result<json::object> added(UserOrder const& order, web::Accounts& accounts) {
  auto const role = web::read_word<rules::StaffRole>(order.role);
  if (!role) {
    return refuse("bad_role", "'" + order.role + "' is no role: there are clerk, supervisor, system, data, auditor.");
  }
  return with_password(accounts.add(order.name, *role));
}

json::object everybody(web::Accounts& accounts) {
  json::array users;
  for (auto const& account : accounts.list()) {
    auto view = described(account);
    view["disabled"] = account.disabled;
    view["must_change"] = account.must_change;
    users.push_back(std::move(view));
  }
  return {{"users", std::move(users)}};
}

}  // namespace

Result<json::object> carry_out(UserOrder const& order, web::Accounts& accounts) {
  if (order.what == "list") return everybody(accounts);
  if (order.what == "add") return added(order, accounts);
  if (order.what == "reset") return with_password(accounts.reset(order.name));
  if (order.what != "disable") return refuse("bad_usage", "There are user add, list, reset and disable.");
  auto const account = accounts.disable(order.name);
  if (!account) return account.error();
  auto view = described(*account);
  view["disabled"] = account->disabled;
  return view;
}

Result<json::object> round_answer(Result<RoundReport> const& round) {
  if (!round) return round.error();
  return json::object{
      {"exchanges", round->exchanges}, {"acts_sent", round->acts_sent}, {"entries_received", round->entries_received}};
}

}  // namespace fieldnode::office
