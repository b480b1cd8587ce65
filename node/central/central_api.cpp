#include "node/central/central_api.h"

#include <boost/json/array.hpp>
#include <charconv>

#include "node/central/case_views.h"
#include "node/central/decision_form.h"
#include "node/web/answers.h"
#include "node/web/views.h"
#include "node/web/words_json.h"
#include "sync/base/check.h"

namespace fieldnode::central {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

constexpr std::size_t kCaseMaxBytes = 512 * 1024;
constexpr std::size_t kTextMaxBytes = 64 * 1024;
constexpr std::size_t kLineMaxBytes = 512;
constexpr std::size_t kPageSize = 50;
constexpr std::size_t kPageMost = 200;
constexpr std::string_view kTopic = "centre";

std::optional<std::uint64_t> read_number(std::string_view text) {
  std::uint64_t number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number == 0) return std::nullopt;
  return number;
}

Refusal bad_parameter(std::string_view name, std::string_view what) {
  return refuse("bad_field", "Parameter '" + std::string(name) + "' " + std::string(what) + ".");
}

Result<std::size_t> read_limit(net::HttpRequest const& request) {
  auto const text = request.query_value("limit");
  if (!text) return kPageSize;
  auto const limit = read_number(*text);
  if (!limit || *limit > kPageMost) return bad_parameter("limit", "must be a whole number from 1 to 200");
  return static_cast<std::size_t>(*limit);
}

/// The place after which a page begins; 0 without the parameter.
Result<std::uint64_t> read_after(net::HttpRequest const& request) {
  auto const text = request.query_value("after");
  if (!text || text->empty()) return std::uint64_t{0};
  auto const after = read_number(*text);
  if (!after) return bad_parameter("after", "is no place in this list; leave it out to begin anew");
  return *after;
}

Result<std::optional<CaseState>> read_state(net::HttpRequest const& request) {
  auto const text = request.query_value("state");
  if (!text) return std::optional<CaseState>();
  if (*text == "new") return std::optional(CaseState::kNew);
  if (*text == "dispatched") return std::optional(CaseState::kDispatched);
  if (*text == "closed") return std::optional(CaseState::kClosed);
  return bad_parameter("state", "is one of new, dispatched, closed");
}

Refusal not_found(std::string_view what) { return refuse("not_found", "There is no such " + std::string(what) + "."); }

void read_contact(web::JsonForm& form, CaseContact& contact) {
  auto inner = form.inner("contact");
  if (!inner) return;
  using wire::ContactTag;
  for (auto const& [name, tag] : {std::pair("name", ContactTag::kName), std::pair("telephone", ContactTag::kTelephone),
                                  std::pair("address", ContactTag::kAddress)}) {
    if (auto text = inner->optional_text(name, kLineMaxBytes); !text.empty()) contact.push_back({tag, std::move(text)});
  }
  form.adopt(inner->finish());
}

struct NewCase {
  std::string request_id;
  CaseForm form;
};

Result<NewCase> read_case(std::string_view json) {
  auto form = web::JsonForm::parse(json);
  if (!form) return form.error();
  NewCase made;
  made.request_id = form->text("request_id", 64);
  made.form.title = form->text("title", kLineMaxBytes);
  made.form.text = form->optional_text("text", kTextMaxBytes);
  made.form.place = form->optional_text("place", kLineMaxBytes);
  made.form.category = form->word<rules::Category>("category", web::read_word<rules::Category>);
  made.form.kind = form->word<rules::CaseKind>("kind", web::read_word<rules::CaseKind>);
  made.form.urgent = form->truth("urgent", false);
  made.form.confidential = form->truth("confidential", false);
  made.form.limits = read_limits(*form, "limits");
  read_contact(*form, made.form.contact);
  if (auto const read = form->finish(); !read) return read.error();
  return made;
}

}  // namespace

void CentralApi::add_routes(net::Router& router) {
  auto& gate = gatekeeper_;
  web::Roles const operators{rules::StaffRole::kOperator, rules::StaffRole::kSupervisor};
  gate.add_routes(router, [this](object& answer) { answer["city"] = centre_.city().name; });
  router.get("/api/status", gate.guard([this](auto const&, auto const&) { return status(); }));
  router.get("/api/units", gate.guard([this](auto const&, auto const&) { return units(); }));
  router.get("/api/cases", gate.guard([this](auto const& request, auto const&) { return cases(request); }));
  router.get("/api/cases/{id}", gate.guard([this](auto const& request, auto const&) { return one_case(request); }));
  router.get("/api/assignments", gate.guard([this](auto const& request, auto const&) { return assignments(request); }));
  router.get("/api/assignments/{id}",
             gate.guard([this](auto const& request, auto const&) { return one_assignment(request); }));
  router.post("/api/cases",
              gate.guard([this](auto const& request, auto const& who) { return create_case(request, who); }, operators),
              {.body_max_bytes = kCaseMaxBytes});
  router.post("/api/cases/{id}/dispatch",
              gate.guard([this](auto const& request, auto const& who) { return dispatch(request, who); }, operators));
  router.post("/api/assignments/{id}/decisions",
              gate.guard([this](auto const& request, auto const& who) { return decide(request, who); }, operators));
  router.add_late(net::Method::kGet, "/api/events",
                  gate.guard_late([this](auto const&, auto const&, net::Responder responder) {
                    hub_.subscribe(std::string(kTopic), responder.start_event_stream());
                  }));
}

void CentralApi::announce(UnitId unit) {
  hub_.publish(kTopic, {"unit", {}, "{\"id\":\"" + std::to_string(unit.value) + "\"}"});
}

net::HttpResponse CentralApi::status() {
  auto const counts = centre_.store().counts();
  auto const failure = centre_.writer().failure();
  return web::json_answer(
      200, object{{"city", centre_.city().name},
                  {"version", FIELDNODE_VERSION},
                  {"now", web::time_view(rules::central_time(now()))},
                  {"units", counts.units},
                  {"cases", object{{"new", counts.cases_new},
                                   {"dispatched", counts.cases_dispatched},
                                   {"closed", counts.cases_closed}}},
                  {"assignments", object{{"open", counts.assignments_open}, {"awaiting", counts.awaiting}}},
                  {"storage", object{{"safe_mode", failure.has_value()},
                                     {"reason", failure ? value(web::sentence_of(*failure)) : value(nullptr)}}}});
}

net::HttpResponse CentralApi::units() {
  array views;
  for (auto const& unit : centre_.store().units()) views.push_back(unit_overview_view(unit));
  return web::json_answer(200, object{{"units", std::move(views)}});
}

net::HttpResponse CentralApi::cases(Request const& request) {
  auto const limit = read_limit(request);
  if (!limit) return web::refusal_answer(limit.error());
  auto const after = read_after(request);
  if (!after) return web::refusal_answer(after.error());
  auto const state = read_state(request);
  if (!state) return web::refusal_answer(state.error());
  auto const page = centre_.store().cases({.state = *state, .limit = *limit, .before = CaseId{*after}});
  array items;
  for (auto const& record : page.cases) items.push_back(case_view(record, nullptr));
  return web::json_answer(200, object{{"items", std::move(items)},
                                      {"next", page.next ? value(std::to_string(page.next.value)) : value(nullptr)},
                                      {"total", page.total}});
}

net::HttpResponse CentralApi::one_case(Request const& request) {
  auto const id = read_number(request.path_variable("id"));
  auto const record = id ? centre_.store().find_case(CaseId{*id}) : std::nullopt;
  if (!record) return web::refusal_answer(not_found("case"));
  auto const contact = centre_.store().contact_of(record->id);
  auto view = case_view(*record, &contact);
  array assignments;
  for (auto const& row : centre_.store().assignments_of(record->id)) assignments.push_back(assignment_row_view(row));
  view["assignments"] = std::move(assignments);
  return web::json_answer(200, object{{"case", std::move(view)}});
}

net::HttpResponse CentralApi::create_case(Request const& request, web::Visitor const& who) {
  auto const made = read_case(request.body);
  if (!made) return web::refusal_answer(made.error());
  auto const record = centre_.dispatches().create_case(who.id, made->request_id, made->form, now());
  if (!record) return web::refusal_answer(record.error());
  return web::json_answer(201, object{{"case", case_view(*record, &made->form.contact)}});
}

net::HttpResponse CentralApi::dispatch(Request const& request, web::Visitor const& who) {
  auto const id = read_number(request.path_variable("id"));
  if (!id) return web::refusal_answer(not_found("case"));
  auto form = web::JsonForm::parse(request.body);
  if (!form) return web::refusal_answer(form.error());
  auto const request_id = form->text("request_id", 64);
  auto const unit = form->text("unit", kLineMaxBytes);
  auto const limits = read_limits(*form, "limits");
  if (auto const read = form->finish(); !read) return web::refusal_answer(read.error());
  auto const done = centre_.dispatches().dispatch(who.id, request_id, CaseId{*id}, unit, limits, now());
  if (!done) return web::refusal_answer(done.error());
  return answer_assignment(201, done->assignment);
}

net::HttpResponse CentralApi::assignments(Request const& request) {
  auto const limit = read_limit(request);
  if (!limit) return web::refusal_answer(limit.error());
  auto const after = read_after(request);
  if (!after) return web::refusal_answer(after.error());
  auto const unit = centre_.store().find_unit(request.query_value("unit").value_or(""));
  if (!unit) return web::refusal_answer(bad_parameter("unit", "must be the code of a unit"));
  auto const rows = centre_.store().assignments_of_unit(unit->id, AssignmentId{*after}, *limit);
  array items;
  for (auto const& row : rows) items.push_back(assignment_row_view(row));
  auto const next = rows.size() == *limit ? value(std::to_string(rows.back().id.value)) : value(nullptr);
  return web::json_answer(200, object{{"items", std::move(items)}, {"next", next}});
}

net::HttpResponse CentralApi::one_assignment(Request const& request) {
  auto const id = read_number(request.path_variable("id"));
  if (!id) return web::refusal_answer(not_found("assignment"));
  return answer_assignment(200, AssignmentId{*id});
}

net::HttpResponse CentralApi::answer_assignment(int status, AssignmentId id) {
  auto const dossier = centre_.store().dossier(id);
  if (!dossier) return web::refusal_answer(not_found("assignment"));
  return web::json_answer(status, object{{"assignment", dossier_view(*dossier, centre_.book(), now())}});
}

net::HttpResponse CentralApi::decide(Request const& request, web::Visitor const& who) {
  auto const id = read_number(request.path_variable("id"));
  if (!id) return web::refusal_answer(not_found("assignment"));
  auto const decision = read_decision(request.body);
  if (!decision) return web::refusal_answer(decision.error());
  auto const decided =
      centre_.decisions().decide(who.id, decision->request_id, AssignmentId{*id}, decision->form, now());
  if (!decided) return web::refusal_answer(decided.error());
  auto const dossier = centre_.store().dossier(AssignmentId{*id});
  check(dossier.has_value(), "a decision was appended to an assignment that is not held");
  return web::json_answer(201, object{{"entry", web::position_view(decided->entry)},
                                      {"assignment", dossier_view(*dossier, centre_.book(), now())}});
}

}  // namespace fieldnode::central
