#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "node/web/answers.h"
#include "sync/rules/words.h"

namespace fieldnode::central {

/// Only these change anything at the centre.
[[nodiscard]] inline bool is_operator(rules::StaffRole role) {
  return role == rules::StaffRole::kOperator || role == rules::StaffRole::kSupervisor;
}

/// What is left of the permissions for this role.
template <class Permissions>
[[nodiscard]] Permissions for_role(Permissions permissions, rules::StaffRole role) {
  if (is_operator(role)) return permissions;
  for (auto const& what : permissions.allowed) {
    permissions.refused.emplace(what, refuse("not_allowed", "Your role does not allow this."));
  }
  permissions.allowed.clear();
  return permissions;
}

/// Adds "allowed": [word] and "refused": {word: {"code","sentence"}}.
template <class Permissions, class Word>
void add_permissions(boost::json::object& view, Permissions const& permissions, Word const& word) {
  boost::json::array allowed;
  for (auto const& what : permissions.allowed) allowed.push_back(boost::json::value(word(what)));
  boost::json::object refused;
  for (auto const& [what, why] : permissions.refused) {
    refused[word(what)] = boost::json::object{{"code", why.code}, {"sentence", web::sentence_of(why)}};
  }
  view["allowed"] = std::move(allowed);
  view["refused"] = std::move(refused);
}

}  // namespace fieldnode::central
