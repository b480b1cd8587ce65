#include "node/central/clock_view.h"

#include "node/web/answers.h"

namespace fieldnode::central {

namespace json = boost::json;

json::object clock_view(ClockGuard& guard) {
  auto const doubt = guard.doubt();
  json::value told = nullptr;
  if (doubt) told = json::object{{"code", doubt->code}, {"sentence", web::sentence_of(*doubt)}};
  return {{"kept", guard.is_watched() ? "watched" : "synchronised"}, {"signs", !doubt}, {"doubt", std::move(told)}};
}

}  // namespace fieldnode::central
