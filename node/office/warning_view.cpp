#include "node/office/warning_view.h"

#include "node/web/views.h"
#include "node/web/words_json.h"

namespace fieldnode::office {
namespace {

namespace json = boost::json;
using rules::WarningState;

std::string_view word_of(WarningState state) {
  switch (state) {
    case WarningState::kDueSoon:
      return "due_soon";
    case WarningState::kPerhapsOverdue:
      return "perhaps_overdue";
    case WarningState::kOverdue:
      return "overdue";
    case WarningState::kLateOnArrival:
      return "late_on_arrival";
    case WarningState::kQuiet:
      break;
  }
  return "quiet";
}

json::object line_view(WarningLine const& line, StaffNames const& name_of) {
  json::object view{{"id", std::to_string(line.assignment.value)},
                    {"number", line.number},
                    {"title", line.title},
                    {"due", web::moment(line.due)},
                    {"held", line.held},
                    {"delivered_at", nullptr},
                    {"assigned_to", nullptr}};
  if (line.delivered_at) view["delivered_at"] = web::moment(*line.delivered_at);
  if (line.staff) {
    view["assigned_to"] = json::object{{"id", std::to_string(line.staff.value)}, {"name", name_of(line.staff)}};
  }
  return view;
}

json::array digest_view(WarningDigest const& digest, StaffNames const& name_of) {
  json::array groups;
  for (auto const& group : digest) {
    json::array first;
    for (auto const& line : group.first) first.push_back(line_view(line, name_of));
    groups.push_back(json::object{{"state", word_of(group.state)},
                                  {"clock", web::word_of(group.clock)},
                                  {"count", group.total.count},
                                  {"count_is_least", group.total.is_least},
                                  {"first", std::move(first)}});
  }
  return groups;
}

}  // namespace

json::object warnings_view(WarningDesk::Reading const& reading, StaffNames const& name_of) {
  auto const& warnings = reading.warnings;
  json::object view{{"now", web::time_view(reading.now)},
                    {"by_estimate", !reading.now.interval.latest},
                    {"telling", warnings.telling},
                    {"news", warnings.news.count},
                    {"news_is_least", warnings.news.is_least},
                    {"own", digest_view(warnings.own, name_of)},
                    {"escalated", nullptr}};
  if (warnings.escalated) view["escalated"] = digest_view(*warnings.escalated, name_of);
  return view;
}

}  // namespace fieldnode::office
