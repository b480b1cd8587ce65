#include "node/central/aside_views.h"

#include <algorithm>
#include <boost/json/array.hpp>

#include "node/central/unit_views.h"
#include "node/lists/readable.h"
#include "node/web/views.h"
#include "node/web/words_json.h"

namespace fieldnode::central {

using boost::json::array;
using boost::json::object;
using boost::json::value;

namespace {

/// The node's end is why nothing of it counts by itself.
object why_aside(NodeId id, std::vector<NodeRecord> const& nodes) {
  object why{{"code", "node_revoked"}, {"node", std::to_string(id.value)}, {"revoked_at", nullptr}, {"words", ""}};
  auto const node = std::ranges::find(nodes, id, &NodeRecord::id);
  if (node == nodes.end()) return why;
  if (node->revoked_at) why["revoked_at"] = web::moment(*node->revoked_at);
  why["words"] = node->revoked_why;
  return why;
}

value adoption_view(std::optional<Adoption> const& adopted, StaffNames const& operators) {
  if (!adopted) return nullptr;
  return object{{"entry", web::position_view(adopted->entry)},
                {"by", staff_view(adopted->by, operators)},
                {"at", web::moment(adopted->at)},
                {"why", adopted->why}};
}

}  // namespace

object aside_act_view(AsideAct const& aside, AsideScene const& scene) {
  auto const& act = aside.act;
  auto const assignment = act.skeleton.assignment;
  return {{"number", std::to_string(aside.number)},
          {"assignment", assignment ? value(std::to_string(assignment.value)) : value(nullptr)},
          {"act", web::item_view(act.at, act.skeleton, lists::body_of(act), nullptr, {})},
          {"received_at", aside.received_at ? value(web::moment(*aside.received_at)) : value(nullptr)},
          {"why", why_aside(aside.node, scene.nodes)},
          {"adopted", adoption_view(aside.adopted, scene.operators)}};
}

object aside_page_view(AsidePage const& page, AsideScene const& scene) {
  array acts;
  for (auto const& act : page.acts) acts.push_back(aside_act_view(act, scene));
  return {{"items", std::move(acts)},
          {"next", page.next == 0 ? value(nullptr) : value(std::to_string(page.next))},
          {"total", page.total},
          {"waiting", page.waiting}};
}

}  // namespace fieldnode::central
