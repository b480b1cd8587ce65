#pragma once

#include <boost/json/object.hpp>

#include "node/central/store/central_store.h"

/// What revoked nodes delivered, as JSON, for the page and for --json. Source: schema/openapi/central.yaml.
namespace fieldnode::central {

/// Whose names may stand in it, and which node the act is of.
struct AsideScene {
  StaffNames const& operators;
  std::vector<NodeRecord> const& nodes;
};

[[nodiscard]] boost::json::object aside_act_view(AsideAct const& aside, AsideScene const& scene);
[[nodiscard]] boost::json::object aside_page_view(AsidePage const& page, AsideScene const& scene);

}  // namespace fieldnode::central
