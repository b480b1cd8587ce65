#include "node/central/node_views.h"

#include <boost/json/array.hpp>

#include "node/central/unit_views.h"
#include "node/web/qr_code.h"
#include "node/web/views.h"
#include "sync/wire/enrolment_link.h"

namespace fieldnode::central {

using boost::json::object;
using boost::json::value;

std::string_view word_of(NodeStanding standing) {
  switch (standing) {
    case NodeStanding::kWaiting:
      return "waiting";
    case NodeStanding::kServing:
      return "enrolled";
    case NodeStanding::kRefused:
      return "refused";
    case NodeStanding::kRevoked:
      return "revoked";
  }
  return "";
}

object node_view(UnitNode const& of, StaffNames const& staff) {
  auto const& node = of.node;
  auto const moment = [](std::optional<UtcTime> at) { return at ? value(web::moment(*at)) : value(nullptr); };
  return {{"id", std::to_string(node.id.value)},
          {"unit", unit_view(of.unit)},
          {"state", word_of(node.standing())},
          {"fingerprint", of.fingerprint},
          {"asked_at", web::moment(node.enrolled_at)},
          {"confirmed_at", moment(node.confirmed_at)},
          {"confirmed_by", staff_view(node.confirmed_by, staff)},
          {"revoked_at", moment(node.revoked_at)},
          {"revoked_by", staff_view(node.revoked_by, staff)},
          {"revoked_why", node.revoked_why},
          {"last_exchange_at", moment(node.news.last_exchange_at)},
          {"program", node.news.status.program}};
}

object code_view(IssuedCode const& issued, std::string const& sync_address) {
  auto const text = wire::enrolment_text({sync_address, issued.code});
  boost::json::array rows;
  for (auto const& row : web::qr_rows(text)) rows.emplace_back(row);
  return {{"unit", issued.unit.code},
          {"code", issued.code},
          {"city_fingerprint", issued.city_fingerprint},
          {"expires_at", web::moment(issued.expires_at)},
          {"scan", text},
          {"qr", std::move(rows)}};
}

}  // namespace fieldnode::central
