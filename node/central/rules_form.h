#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "node/central/rules_desk.h"

namespace fieldnode::central {

/// A policy or a calendar as somebody sent it.
struct RuleForm {
  rules::EntryKind kind{};
  std::string document;
  std::string name;

  [[nodiscard]] RuleDraft draft() const { return {kind, document, name}; }
};

/// {"kind": "policy" | "calendar", "document": the text of the file, "name": what refusals call it; optional}.
/// Errors: `malformed_json`, `bad_field`.
[[nodiscard]] Result<RuleForm> read_rule_form(std::string_view body);
[[nodiscard]] Result<RuleForm> read_rule_form(boost::json::object const& fields);

}  // namespace fieldnode::central
