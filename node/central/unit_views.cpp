#include "node/central/unit_views.h"

#include "node/web/views.h"
#include "sync/wire/fingerprint.h"

namespace fieldnode::central {

using boost::json::object;
using boost::json::value;

object unit_view(UnitRecord const& unit) {
  return {{"id", std::to_string(unit.id.value)}, {"code", unit.code}, {"name", unit.name}};
}

namespace {

/// Numbers as text where they have 64 bits.
value alarms_view(std::vector<UnitAlarm> const& alarms) {
  boost::json::array view;
  for (auto const& alarm : alarms) {
    view.push_back(object{{"code", alarm.code},
                          {"subject", std::to_string(alarm.subject)},
                          {"first", alarm.first_seq},
                          {"last", alarm.last_seq},
                          {"at", web::moment(alarm.at)}});
  }
  return view;
}

}  // namespace

object unit_overview_view(UnitOverview const& overview) {
  auto view = unit_view(overview.unit);
  view["assignments"] = overview.figures.assignments;
  view["open"] = overview.figures.open;
  view["awaiting"] = overview.figures.awaiting;
  view["awaits_report"] = overview.awaits_report;
  view["alarms"] = alarms_view(overview.alarms);
  view["last_signed_at"] =
      overview.unit.last_sent_at ? value(web::moment(*overview.unit.last_sent_at)) : value(nullptr);
  view["node"] = object{{"state", "none"}, {"last_exchange_at", nullptr}, {"undelivered", 0}};
  if (!overview.node) return view;
  auto const& node = *overview.node;
  auto const& last = node.news.last_exchange_at;
  view["node"] = object{{"id", std::to_string(node.id.value)},
                        {"state", node.revoked_at ? "revoked" : "enrolled"},
                        {"fingerprint", wire::node_fingerprint(node.public_key)},
                        {"enrolled_at", web::moment(node.enrolled_at)},
                        {"last_exchange_at", last ? value(web::moment(*last)) : value(nullptr)},
                        {"program", node.news.status.program},
                        {"undelivered", node.news.status.undelivered},
                        {"disk_free_bytes", node.news.status.disk_free_bytes}};
  return view;
}

value staff_view(StaffId who, StaffNames const& names) {
  if (!who) return nullptr;
  return object{{"id", std::to_string(who.value)}, {"name", name_of(who, names)}};
}

std::string name_of(StaffId who, StaffNames const& names) {
  auto const known = names.find(who);
  return known == names.end() ? std::string() : known->second;
}

}  // namespace fieldnode::central
