#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "node/lists/unit_assessment.h"

/// A unit's assessment as JSON, for the pages of both ends and for snapshots.
namespace fieldnode::web {

/// {"from","until"}.
[[nodiscard]] boost::json::object period_view(rules::Period const& period);

/// The figures alone: cells and sums of each clock, applications, satisfaction, supervision, vetoes, outages.
[[nodiscard]] boost::json::object figures_view(rules::Assessment const& figures);

/// True where the line counts as late in the sums, or would but for a policy that excuses it.
[[nodiscard]] bool is_breach(rules::ClockLine const& line);

/// Q8: what is published: the figures, and which limits are called broken, so that a correction can take back by name
/// what it no longer calls so (E3). One assessment has one text, whoever makes it.
/// `breaches`: by assignment and clock. Beyond 1,000 only their number is said.
[[nodiscard]] std::string snapshot_text(rules::Assessment const& figures, std::span<rules::ClockLine const> breaches);

/// What differs between two snapshots: {"figures": [{"path","before","after"}], "withdrawn": [..], "added": [..]},
/// breaches by name. Errors: a BrokenWorld for what is no snapshot.
[[nodiscard]] boost::json::object changes_view(std::string_view before, std::string_view after);

/// One clock in its cell.
[[nodiscard]] boost::json::object clock_line_view(rules::ClockLine const& line);

/// Who somebody is, at the centre or in the unit; empty where it is not known.
struct SpeakerNames {
  std::function<std::string(StaffId)> centre;
  std::function<std::string(StaffId)> unit;
};

[[nodiscard]] boost::json::object veto_view(lists::VetoStory const& story, SpeakerNames const& names);
[[nodiscard]] boost::json::object note_view(lists::NoteLine const& note, SpeakerNames const& names);
/// `current`: the snapshot that would be published now; the last publication says how it differs.
[[nodiscard]] boost::json::array publication_views(std::span<lists::PublishedAssessment const> publications,
                                                   std::string_view current, SpeakerNames const& names);

/// All of it: {"figures","vetoes","notes","publications","changed"}; `changed`: the last publication says otherwise.
[[nodiscard]] boost::json::object assessment_view(lists::UnitAssessment const& assessment, std::string_view current,
                                                  SpeakerNames const& names);

}  // namespace fieldnode::web
