#pragma once

#include <string>
#include <string_view>

#include "node/web/json_form.h"
#include "sync/rules/entry.h"
#include "sync/wire/entry.h"

namespace fieldnode::web {

/// What a clerk filled in. `act_id` was made on the page and makes a repeat harmless.
struct ActForm {
  std::string act_id;
  rules::EntryKind kind{};
  rules::Payload payload;
  wire::Body body;
  wire::ContactData contact;
};

/// Reads the JSON of one act (schema/openapi, "acts").
/// Errors: `malformed_json`, `bad_field`, `unknown_act` naming the kind.
[[nodiscard]] Result<ActForm> read_act_form(std::string_view json);

/// Names what the form says, without its act id: the same content has the same hash.
[[nodiscard]] Hash content_hash(ActForm const& form);

}  // namespace fieldnode::web
