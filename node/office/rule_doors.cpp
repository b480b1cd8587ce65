#include "node/office/rule_doors.h"

#include <boost/json/array.hpp>

#include "node/web/answers.h"
#include "node/web/rule_views.h"
#include "node/web/views.h"
#include "node/web/words_json.h"

namespace fieldnode::office {
namespace {

namespace json = boost::json;

/// A version that this program cannot read is shown with the reason: it counts by the older rules meanwhile.
json::object brought_view(lists::RuleEntry const& entry) {
  auto const& skeleton = entry.stored.skeleton;
  json::object view{{"kind", web::word_of(skeleton.kind)},
                    {"version", lists::version_of(skeleton)},
                    {"published_at", web::moment(skeleton.time.estimate)},
                    {"unreadable", nullptr}};
  if (!entry.edition) view["unreadable"] = web::sentence_of(entry.edition.error());
  return view;
}

}  // namespace

void RuleDoors::add_routes(net::Router& router, web::Gatekeeper& gatekeeper) {
  router.get("/api/rules", gatekeeper.guard([this](auto const&, auto const&) { return read(); }));
}

net::HttpResponse RuleDoors::read() {
  auto const rules = store_.brought_rules();
  json::array brought;
  for (auto const& entry : rules.entries) brought.push_back(brought_view(entry));
  return web::json_answer(200, {{"in_force", web::book_view(*rules.shelf->current())},
                                {"brought", std::move(brought)},
                                {"followed", rules.followed}});
}

}  // namespace fieldnode::office
