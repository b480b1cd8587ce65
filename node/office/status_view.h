#pragma once

#include <boost/json/object.hpp>
#include <optional>

#include "node/office/bundle_rows.h"
#include "node/office/office_figures.h"
#include "node/office/sync_loop.h"

namespace fieldnode::office {

/// How the node is, as JSON, for the page and for `fieldnode status`. `fault`: why nothing is written any more.
[[nodiscard]] boost::json::object status_view(OfficeIdentity const& identity, rules::TimeEvidence const& now,
                                              OfficeFigures const& figures, LinkView const& loop,
                                              std::optional<Refusal> const& fault, BundleNews const& bundles);

}  // namespace fieldnode::office
