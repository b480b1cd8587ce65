#pragma once

#include <string>
#include <string_view>

#include "node/central/decision_desk.h"
#include "node/web/json_form.h"

namespace fieldnode::central {

/// A decision as an operator's page sends it, under the id that makes a repeat harmless.
struct DecisionRequest {
  std::string request_id;
  DecisionForm form;
};

/// Reads the JSON of one decision (schema/openapi/central.yaml).
/// Errors: `malformed_json`, `bad_field`, `unknown_decision` naming the kind.
[[nodiscard]] Result<DecisionRequest> read_decision(std::string_view json);

/// The case's own limits in a form: [{"clock","limit","statute"}]. Faults are the form's.
[[nodiscard]] std::vector<rules::OwnLimit> read_limits(web::JsonForm& form, std::string_view name);

}  // namespace fieldnode::central
