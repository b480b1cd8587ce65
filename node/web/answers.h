#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string_view>

#include "node/net/http.h"
#include "sync/base/result.h"

/// The one form of every answer of the JSON API.
namespace fieldnode::web {

/// `{"zh":..., "en":...}`: the refusal's sentence; where only one language is known, both show it.
[[nodiscard]] boost::json::object sentence_of(Refusal const& refusal);

/// `{"error":{"code","sentence":{"zh","en"}}}`.
[[nodiscard]] net::HttpResponse refusal_answer(int status, Refusal const& refusal);
/// The same with the status that belongs to the code; 409 for every refusal of the rules.
[[nodiscard]] net::HttpResponse refusal_answer(Refusal const& refusal);
[[nodiscard]] net::HttpResponse json_answer(int status, boost::json::value const& value);

}  // namespace fieldnode::web
