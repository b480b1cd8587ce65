#include "node/web/verdict_view.h"

#include <boost/json/object.hpp>

#include "node/web/views.h"
#include "node/web/words_json.h"

namespace fieldnode::web {
namespace {

using boost::json::object;
using boost::json::value;

/// The epoch stands for "nothing bounds it" in the rules, and would read as a certainty on a page.
value bound(std::optional<UtcTime> t) { return t && *t != UtcTime{} ? value(moment(*t)) : value(nullptr); }

}  // namespace

value verdict_view(rules::ClockVerdict const& verdict) {
  if (!verdict.verdict) return nullptr;
  object view{{"verdict", word_of(*verdict.verdict)},
              {"due", bound(verdict.due)},
              {"bracket", {{"earliest", bound(verdict.bracket.earliest)}, {"latest", bound(verdict.bracket.latest)}}},
              {"trust", nullptr},
              {"forgiven", verdict.forgiven},
              {"ruled", nullptr},
              {"act", nullptr}};
  if (verdict.act) {
    view["trust"] = word_of(verdict.trust);
    view["act"] = position_view(verdict.act->at);
  }
  if (verdict.ruled) view["ruled"] = object{{"in_time", verdict.ruled->ruling.in_time}};
  return view;
}

}  // namespace fieldnode::web
