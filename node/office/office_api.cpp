#include "node/office/office_api.h"

#include <charconv>
#include <map>

#include "node/office/status_view.h"
#include "node/web/answers.h"
#include "node/web/unit_log_view.h"
#include "node/web/views.h"

namespace fieldnode::office {
namespace {

/// What the page shows of the unit as a whole: the last weeks.
constexpr std::size_t kUnitLogMost = 100;

namespace json = boost::json;
using rules::StaffRole;

constexpr std::size_t kListMost = 200;
constexpr std::size_t kWordsMaxBytes = 256;

Refusal bad_parameter(std::string_view name, std::string_view what) {
  return refuse("bad_field", "Parameter '" + std::string(name) + "' " + std::string(what) + ".");
}

std::optional<View> read_view(std::string_view word) {
  if (word == "open") return View::kOpen;
  if (word == "waiting") return View::kWaiting;
  if (word == "closed") return View::kEnded;
  if (word == "all") return View::kAll;
  return std::nullopt;
}

template <class Number>
std::optional<Number> read_number(std::string_view text) {
  Number number{};
  auto const read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

Result<ListQuery> read_list_query(net::HttpRequest const& request, Clearance clearance) {
  ListQuery query{.clearance = clearance};
  if (auto const word = request.query_value("view")) {
    auto const view = read_view(*word);
    if (!view) return bad_parameter("view", "is none of open, waiting, closed, all");
    query.view = *view;
  }
  if (auto const text = request.query_value("limit")) {
    auto const limit = read_number<std::size_t>(*text);
    if (!limit || *limit == 0 || *limit > kListMost) return bad_parameter("limit", "must be 1 to 200");
    query.limit = *limit;
  }
  query.words = request.query_value("q").value_or("");
  if (query.words.size() > kWordsMaxBytes) return bad_parameter("q", "is longer than 256 bytes");
  query.after = request.query_value("after").value_or("");
  return query;
}

std::optional<AssignmentId> read_assignment_id(net::HttpRequest const& request) {
  auto const id = read_number<std::uint64_t>(request.path_variable("id"));
  if (!id) return std::nullopt;
  return AssignmentId{*id};
}

net::HttpResponse no_such_assignment(net::HttpRequest const& request) {
  return web::refusal_answer(refuse("not_found", "This unit holds no assignment " + request.path_variable("id") +
                                                     "; it may have been dispatched to another unit."));
}

}  // namespace

void OfficeApi::add_routes(net::Router& router, web::Gatekeeper& gatekeeper) {
  router.get("/api/status", gatekeeper.guard([this](auto const&, web::Visitor const& visitor) {
    return web::json_answer(200, status(clearance_of(visitor.role)));
  }));
  router.get("/api/assignments", gatekeeper.guard([this](net::HttpRequest const& request, web::Visitor const& visitor) {
    return list(request, visitor);
  }));
  router.get("/api/assignments/{id}",
             gatekeeper.guard([this](net::HttpRequest const& request, web::Visitor const& visitor) {
               return assignment(request, visitor);
             }));
  router.get("/api/unit-log", gatekeeper.guard([this](auto const&, auto const&) { return unit_log(); }));
  router.post("/api/assignments/{id}/acts",
              gatekeeper.guard([this](net::HttpRequest const& request,
                                      web::Visitor const& visitor) { return post_act(request, visitor); },
                               {StaffRole::kClerk, StaffRole::kSupervisor}),
              {.body_max_bytes = 256 * 1024});
  router.add_late(
      net::Method::kGet, "/api/events",
      gatekeeper.guard_late([this](auto const&, web::Visitor const& visitor, net::Responder const& responder) {
        world_.events.listen(responder.start_event_stream(), clearance_of(visitor.role));
      }));
}

void OfficeApi::describe(json::object& session) const {
  auto const& identity = world_.store.identity();
  session["unit"] = json::object{{"code", identity.unit_code}, {"name", identity.unit_name}};
}

json::object OfficeApi::status(Clearance clearance) {
  auto const now = world_.time.now();
  return status_view(world_.store.identity(), now, world_.store.figures(now, clearance), world_.sync.view(),
                     world_.writer.failure(), world_.bundles.news());
}

net::HttpResponse OfficeApi::list(net::HttpRequest const& request, web::Visitor const& visitor) {
  auto const query = read_list_query(request, clearance_of(visitor.role));
  if (!query) return web::refusal_answer(query.error());
  auto const found = world_.store.list(*query);
  if (!found) return web::refusal_answer(found.error());
  auto const now = world_.time.now();
  auto const name_of = names();
  json::array items;
  for (auto const& row : found->page.rows) {
    items.push_back(summary_view(row, found->progress, now.interval, name_of));
  }
  return web::json_answer(200,
                          {{"now", web::time_view(now)},
                           {"items", std::move(items)},
                           {"next", found->page.next.empty() ? json::value(nullptr) : json::value(found->page.next)},
                           {"total", found->total.count},
                           {"total_is_least", found->total.is_least}});
}

std::optional<AssignmentFile> OfficeApi::file_for(web::Visitor const& visitor, AssignmentId id) {
  auto file = world_.store.file_of(id);
  if (file && !may_see(clearance_of(visitor.role), file->row.confidential)) return std::nullopt;
  return file;
}

net::HttpResponse OfficeApi::assignment(net::HttpRequest const& request, web::Visitor const& visitor) {
  auto const id = read_assignment_id(request);
  auto const file = id ? file_for(visitor, *id) : std::nullopt;
  if (!file) return no_such_assignment(request);
  auto const now = world_.time.now();
  return web::json_answer(200, {{"now", web::time_view(now)},
                                {"assignment", file_view(*file, world_.desk.permissions(*file),
                                                         *file->rules->book_for(file->state), now.interval, names())}});
}

net::HttpResponse OfficeApi::post_act(net::HttpRequest const& request, web::Visitor const& visitor) {
  auto const id = read_assignment_id(request);
  if (!id) return no_such_assignment(request);
  auto const form = web::read_act_form(request.body);
  if (!form) return web::refusal_answer(form.error());
  auto const recorded = world_.desk.perform(*id, *form, {visitor.id, clearance_of(visitor.role)});
  if (!recorded) return web::refusal_answer(recorded.error());
  auto const file = file_for(visitor, *id);
  if (!file) return no_such_assignment(request);
  return web::json_answer(recorded->repeated ? 200 : 201, recorded_view(*file, *recorded));
}

json::object OfficeApi::recorded_view(AssignmentFile const& file, RecordedAct const& recorded) {
  auto const& act = recorded.entry;
  json::object view{{"act", act_view(file, act.at, world_.desk.permissions(file), names())},
                    {"notice", notice_view(file, act)}};
  if (act.skeleton.kind == rules::EntryKind::kUnmasking) view["contact"] = unmasked_view(file);
  return view;
}

net::HttpResponse OfficeApi::unit_log() {
  auto const name_of = names();
  json::array items;
  for (auto const& entry : world_.store.unit_log(kUnitLogMost)) {
    items.push_back(web::unit_log_item(entry, name_of(entry.skeleton.staff)));
  }
  return web::json_answer(200, {{"items", std::move(items)}});
}

StaffNames OfficeApi::names() const {
  return [&accounts = world_.accounts, known = std::map<StaffId, std::string>()](StaffId id) mutable -> std::string {
    if (!id) return {};
    if (auto const found = known.find(id); found != known.end()) return found->second;
    auto const account = accounts.find(id);
    return known.emplace(id, account ? account->name : std::string()).first->second;
  };
}

}  // namespace fieldnode::office
