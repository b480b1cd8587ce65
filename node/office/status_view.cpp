#include "node/office/status_view.h"

#include "node/web/answers.h"
#include "node/web/views.h"

namespace fieldnode::office {
namespace {

namespace json = boost::json;

json::value moment_or_null(std::optional<UtcTime> t) { return t ? json::value(web::moment(*t)) : json::value(nullptr); }

json::value told(std::optional<Refusal> const& why) {
  if (!why) return nullptr;
  return json::object{{"code", why->code}, {"sentence", web::sentence_of(*why)}};
}

json::object link_view(LinkRecord const& record, LinkView const& loop) {
  std::string_view state = loop.online ? "online" : "offline";
  if (!loop.online && !record.last_exchange_at) state = "never";
  auto const failure = record.failure ? std::optional(record.failure->why) : std::nullopt;
  return {{"state", state},
          {"last_exchange_at", moment_or_null(record.last_exchange_at)},
          {"last_error", told(failure)},
          {"next_attempt_in_ms", loop.next_in ? json::value(loop.next_in->count()) : json::value(nullptr)},
          {"exchanges", loop.exchanges},
          {"alarm", told(loop.alarm)}};
}

/// Null while the node is in service. `waiting`: acts that the centre does not keep yet.
json::value revoked_view(OfficeFigures const& figures) {
  if (!figures.revoked_at) return nullptr;
  return json::object{{"told_at", web::moment(*figures.revoked_at)},
                      {"handed_over", figures.handed_over},
                      {"waiting", figures.undelivered}};
}

/// What is under way on sticks: exported and not yet acknowledged, and what came last.
json::object bundles_view(BundleNews const& news) {
  json::object view{{"acts_on_the_way", news.acts_on_the_way}, {"last_out", nullptr}, {"last_in", nullptr}};
  if (news.out) {
    view["last_out"] = {{"number", news.out->number},
                        {"created_at", web::moment(news.out->created_at)},
                        {"acts", news.out->upto - news.out->after},
                        {"answered_at", moment_or_null(news.out->answered_at)}};
  }
  if (news.in) {
    view["last_in"] = {{"number", news.in->number},
                       {"answers", news.in->answers},
                       {"created_on", web::moment(news.in->created_on)},
                       {"taken_at", web::moment(news.in->taken_at)}};
  }
  return view;
}

}  // namespace

json::object status_view(OfficeIdentity const& identity, rules::TimeEvidence const& now, OfficeFigures const& figures,
                         LinkView const& loop, std::optional<Refusal> const& fault, BundleNews const& bundles) {
  return {
      {"unit", {{"code", identity.unit_code}, {"name", identity.unit_name}}},
      {"fingerprint", identity.fingerprint()},
      {"city_fingerprint", identity.city_fingerprint},
      {"version", FIELDNODE_VERSION},
      {"now", web::time_view(now)},
      {"link", link_view(figures.link, loop)},
      {"undelivered", {{"count", figures.undelivered}, {"oldest_at", moment_or_null(figures.oldest_undelivered)}}},
      {"revoked", revoked_view(figures)},
      {"awaiting", {{"count", figures.awaiting}}},
      {"bundles", bundles_view(bundles)},
      {"storage",
       {{"safe_mode", fault.has_value()},
        {"reason", fault ? json::value(web::sentence_of(*fault)) : json::value(nullptr)},
        {"disk_free_bytes", figures.disk_free_bytes ? json::value(*figures.disk_free_bytes) : json::value(nullptr)}}},
      {"assignments", {{"open", figures.open}, {"overdue", figures.overdue}, {"due_today", figures.due_today}}}};
}

}  // namespace fieldnode::office
